import type { SnugClient } from '@snug/client';
import type { AdminAccount, MessageFate } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { FateOfMessages } from '../accounts/FateOfMessages.tsx';
import { ReasonField } from '../moderation/ReasonField.tsx';
import { PasswordLink } from './PasswordLink.tsx';

export type AccountAct = 'suspend' | 'restore' | 'promote' | 'demote' | 'reset' | 'delete';

export interface OpenAct {
  readonly act: AccountAct;
  readonly account: AdminAccount;
}

export interface AccountDialogProps {
  open: OpenAct;
  onChanged: (account: AdminAccount) => void;
  onClose: () => void;
}

/** Asks before something is done to an account, and for the reason that the audit log will show. */
export function AccountDialog(props: AccountDialogProps) {
  return props.open.act === 'reset' ? <PasswordLink {...props} /> : <ActDialog {...props} act={props.open.act} />;
}

type Act = Exclude<AccountAct, 'reset'>;

function ActDialog({ act, open: { account }, onChanged, onClose }: AccountDialogProps & { act: Act }) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const [messages, setMessages] = useState<MessageFate>('keep');
  const submit = async (): Promise<void> => {
    const given = reason.trim() === '' ? {} : { reason: reason.trim() };
    onChanged(await perform(client, act, account, messages, given));
    onClose();
  };
  return (
    <FormDialog
      title={t(`accounts.${act}.title`, `@${account.username}`)}
      note={t(`accounts.${act}.note`)}
      size={act === 'delete' ? 'medium' : 'small'}
      action={t(`accounts.${act}`)}
      isDanger={act === 'delete' || act === 'suspend'}
      explain={sayError}
      onSubmit={submit}
      onClose={onClose}
    >
      {act === 'delete' ? <FateOfMessages fate={messages} onChoose={setMessages} /> : null}
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}

/** The account as it is after. */
async function perform(
  client: SnugClient,
  act: Act,
  { id: user_id }: AdminAccount,
  messages: MessageFate,
  given: { reason?: string },
): Promise<AdminAccount> {
  switch (act) {
    case 'suspend':
      return client.call('admin.suspend_user', { user_id, ...given });
    case 'restore':
      return client.call('admin.restore_user', { user_id, ...given });
    case 'promote':
    case 'demote':
      return client.call('admin.set_admin', { user_id, is_admin: act === 'promote', ...given });
    case 'delete':
      await client.call('admin.delete_user', { user_id, messages, ...given });
      return client.call('admin.get_user', { user_id });
  }
}
