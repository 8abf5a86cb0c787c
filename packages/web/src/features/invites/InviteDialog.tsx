import { select } from '@snug/client';
import { can, type Id, type Invite, Permission } from '@snug/protocol';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Choice } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './InviteDialog.module.css';
import { LiveInvites } from './LiveInvites.tsx';

const HOUR = 3600;
const AGES = [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR, 0];
const USES = [1, 5, 10, 25, 100, 0];

/** Makes a link that lets somebody in, and shows the links that still do. */
export function InviteDialog({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const name = useSelect((state) => state.servers.get(serverId)?.name ?? '');
  const mayManage = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_SERVER));
  const [age, setAge] = useState(7 * 24 * HOUR);
  const [uses, setUses] = useState(0);
  const [invite, setInvite] = useState<Invite | null>(null);
  const create = (): void => {
    void submit.run(async () => {
      setInvite(await client.call('invite.create', { server_id: serverId, max_age: age, max_uses: uses }));
    });
  };
  return (
    <Dialog title={t('invite.create.title', name)} note={t('invite.create.note')} size="medium" onClose={onClose}>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {invite === null ? null : <InviteLink key={invite.code} code={invite.code} />}
      <div className={styles.choices}>
        <Choice
          label={t('invite.age')}
          value={String(age)}
          options={AGES.map((value) => ({ value: String(value), label: t('invite.age.of', value) }))}
          onChoose={(value) => setAge(Number(value))}
        />
        <Choice
          label={t('invite.uses')}
          value={String(uses)}
          options={USES.map((value) => ({ value: String(value), label: t('invite.uses.of', value) }))}
          onChoose={(value) => setUses(Number(value))}
        />
      </div>
      <Button kind={invite === null ? 'primary' : 'quiet'} isWide isBusy={submit.isBusy} onClick={create}>
        {invite === null ? t('invite.create') : t('invite.another')}
      </Button>
      {mayManage ? <LiveInvites serverId={serverId} newest={invite?.code ?? null} /> : null}
    </Dialog>
  );
}

function InviteLink({ code }: { code: string }) {
  const link = new URL(paths.invite(code), location.origin).href;
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(link);
      setCopied('yes');
    } catch {
      setCopied('failed'); // The browser allows no clipboard here: the link stands beside the button to be selected.
    }
  };
  return (
    <div className={styles.link}>
      <input
        className={styles.address}
        readOnly
        value={link}
        aria-label={t('invite.link')}
        onFocus={(event) => event.target.select()}
      />
      <Button kind="primary" onClick={() => void copy()}>
        {copied === 'yes' ? <Check size={16} aria-hidden="true" /> : <Copy size={16} aria-hidden="true" />}
        <span aria-live="polite">
          {copied === 'yes' ? t('copied') : copied === 'failed' ? t('copy.failed') : t('copy')}
        </span>
      </Button>
    </div>
  );
}
