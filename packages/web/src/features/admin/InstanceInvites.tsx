import type { InstanceInvite } from '@snug/protocol';
import { Trash2 } from 'lucide-react';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Bones } from '../../ui/Bones.tsx';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { InviteTerms } from '../invites/InviteTerms.tsx';
import styles from '../settings/Settings.module.css';

/** Invites to the instance itself, for its administrator: an account, and no server with it. */
export function InstanceInvites() {
  const client = useClient();
  const submit = useSubmit();
  const { run } = submit;
  const [invites, setInvites] = useState<readonly InstanceInvite[] | null>(null);
  const [note, setNote] = useState('');
  const [link, setLink] = useState<string | null>(null);
  const load = useCallback(async () => setInvites((await client.call('auth.list_invites', {})).items), [client]);
  useEffect(() => void run(load), [run, load]);
  const create = (event: FormEvent): void => {
    event.preventDefault();
    void run(async () => {
      const invite = await client.call('auth.create_invite', { note });
      setLink(new URL(paths.registerWith(invite.token ?? ''), location.origin).href);
      setNote('');
      await load();
    });
  };
  const revoke = (id: string): void => {
    void run(async () => {
      await client.call('auth.revoke_invite', { invite_id: id });
      await load();
    });
  };
  return (
    <div className={styles.form}>
      <p className={styles.muted}>{t('instance.note')}</p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <form className={styles.form} onSubmit={create}>
        <Field
          label={t('instance.for')}
          hint={t('instance.for.hint')}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <Button type="submit" kind="primary" isBusy={submit.isBusy}>
          {t('invite.create')}
        </Button>
      </form>
      {link === null ? null : (
        <div role="status">
          <p className={styles.muted}>{t('instance.once')}</p>
          <p className={styles.token}>{link}</p>
        </div>
      )}
      {invites === null && submit.error === undefined ? <Bones kind="lines" count={2} label={t('loading')} /> : null}
      {invites === null ? null : <LiveInstanceInvites invites={invites} onRevoke={revoke} />}
    </div>
  );
}

function LiveInstanceInvites(props: { invites: readonly InstanceInvite[]; onRevoke: (id: string) => void }) {
  const live = props.invites.filter((invite) => invite.revoked_at === null);
  return (
    <ul>
      {live.map((invite) => (
        <li key={invite.id} className={styles.session}>
          <div>
            <p>{invite.note === '' ? t('instance.unnamed') : invite.note}</p>
            <p className={styles.muted}>
              <InviteTerms invite={invite} />
            </p>
          </div>
          <IconButton
            label={t('invite.revoke', invite.note)}
            isSmall
            isDanger
            onClick={() => props.onRevoke(invite.id)}
          >
            <Trash2 size={16} aria-hidden="true" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
