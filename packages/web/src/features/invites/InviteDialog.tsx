import { select } from '@snug/client';
import { can, type Id, type Invite, Permission } from '@snug/protocol';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { FIRST_WISHES, InviteChoices } from './InviteChoices.tsx';
import styles from './InviteDialog.module.css';

/** Makes a link that lets somebody in, and shows the links that still do. */
export function InviteDialog({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const submit = useSubmit();
  const name = useSelect((state) => state.servers.get(serverId)?.name ?? '');
  const mayManage = useSelect((state) => can(select.permissions(state, serverId), Permission.MANAGE_SERVER));
  const [wishes, setWishes] = useState(FIRST_WISHES);
  const [invite, setInvite] = useState<Invite | null>(null);
  const create = (): void => {
    void submit.run(async () => {
      const { age, uses, note, roleId } = wishes;
      const terms = { max_age: age, max_uses: uses, note, ...(roleId !== null && { role_id: roleId }) };
      setInvite(await client.call('invite.create', { server_id: serverId, ...terms }));
    });
  };
  return (
    <Dialog title={t('invite.create.title', name)} note={t('invite.create.note')} size="medium" onClose={onClose}>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {invite === null ? null : <InviteLink key={invite.code} code={invite.code} />}
      <InviteChoices serverId={serverId} wishes={wishes} onChange={setWishes} />
      <Button kind={invite === null ? 'primary' : 'quiet'} isWide isBusy={submit.isBusy} onClick={create}>
        {invite === null ? t('invite.create') : t('invite.another')}
      </Button>
      {mayManage ? (
        <Link href={paths.serverSettings(serverId, 'invites')} onClick={onClose}>
          {t('invite.all')}
        </Link>
      ) : null}
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
