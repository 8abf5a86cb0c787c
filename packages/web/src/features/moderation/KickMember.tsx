import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason, type OnMember } from './on-member.ts';
import { ReasonField } from './ReasonField.tsx';

export function KickMember({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const kick = async (): Promise<void> => {
    await client.perform('member.remove', { server_id: serverId, user_id: userId, ...givenReason(reason) });
    onClose();
  };
  return (
    <FormDialog
      title={t('member.kick.title', name)}
      note={t('member.kick.note')}
      action={t('member.kick')}
      isDanger
      explain={sayError}
      onSubmit={kick}
      onClose={onClose}
    >
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
