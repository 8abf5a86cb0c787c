import { select } from '@snug/client';
import { can, type Id, type Invite, Permission } from '@snug/protocol';
import { useCallback, useState } from 'react';
import { Paged } from '../../app/Paged.tsx';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { type PageStart, usePages } from '../../app/use-pages.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { ListRow } from '../../ui/ListRow.tsx';
import { useToast } from '../../ui/Toasts.tsx';
import styles from './GroupLinks.module.css';

/** Seconds; 0 never expires. */
const AGES = [3600, 86_400, 604_800, 0] as const;
const USUAL_AGE = 604_800;

/** Links into a group: one may make them; those who run the group see and revoke all of them. */
export function GroupLinks({ channelId }: { channelId: Id }) {
  const mayManage = useSelect((state) => can(select.channelPermissions(state, channelId), Permission.MANAGE_CHANNELS));
  const [made, setMade] = useState<readonly Invite[]>([]);
  return (
    <>
      <p className={styles.note}>{t('group.link.note')}</p>
      <MakeLink channelId={channelId} onMade={(invite) => setMade((before) => [invite, ...before])} />
      {mayManage ? (
        <LiveLinks key={made.length} channelId={channelId} />
      ) : (
        <ul aria-label={t('group.tab.links')}>
          {made.map((invite) => (
            <LinkRow
              key={invite.code}
              invite={invite}
              onGone={() => setMade((before) => before.filter(({ code }) => code !== invite.code))}
            />
          ))}
        </ul>
      )}
    </>
  );
}

function MakeLink({ channelId, onMade }: { channelId: Id; onMade: (invite: Invite) => void }) {
  const client = useClient();
  const attempt = useAttempt();
  const [age, setAge] = useState<number>(USUAL_AGE);
  const make = (): void =>
    attempt(async () => onMade(await client.request('group.create_invite', { channel_id: channelId, max_age: age })));
  return (
    <div className={styles.make}>
      <Choice
        label={t('invite.age')}
        value={String(age)}
        options={AGES.map((one) => ({ value: String(one), label: t('invite.age.of', one) }))}
        onChoose={(value) => setAge(Number(value))}
      />
      <Button kind="primary" onClick={make}>
        {t('group.link.create')}
      </Button>
    </div>
  );
}

function LiveLinks({ channelId }: { channelId: Id }) {
  const client = useClient();
  const load = useCallback(
    ({ last }: PageStart<Invite>) =>
      client.call('group.invites', { channel_id: channelId, ...(last !== null && { after: last.code }) }),
    [client, channelId],
  );
  const pages = usePages(load);
  return (
    <Paged pages={pages} label={t('group.tab.links')} empty={t('group.links.none')}>
      {(invite) => (
        <LinkRow
          key={invite.code}
          invite={invite}
          onGone={() => pages.patch((items) => items.filter(({ code }) => code !== invite.code))}
        />
      )}
    </Paged>
  );
}

function LinkRow({ invite, onGone }: { invite: Invite; onGone: () => void }) {
  const { code, uses, max_uses: most, expires_at: end } = invite;
  const client = useClient();
  const attempt = useAttempt();
  const say = useToast();
  const link = new URL(paths.invite(code), location.origin).href;
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => say(t('copied')),
      () => say(t('copy.failed')),
    );
  };
  const until = end === null ? t('invite.forever') : t('invite.until', new Date(end));
  return (
    <ListRow title={<span className={styles.code}>{link}</span>} note={`${t('invite.used', uses, most)} · ${until}`}>
      <Button onClick={copy}>{t('copy')}</Button>
      <Button
        kind="plain"
        aria-label={t('invite.revoke', code)}
        onClick={() =>
          attempt(async () => {
            await client.request('invite.delete', { code });
            onGone();
          })
        }
      >
        {t('group.link.revoke')}
      </Button>
    </ListRow>
  );
}
