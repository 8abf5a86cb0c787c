import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason, type OnMember } from './on-member.ts';
import { ReasonField } from './ReasonField.tsx';

export function LiftBan({ serverId, userId, name, onClose }: OnMember) {
  const client = useClient();
  const [reason, setReason] = useState('');
  const lift = async (): Promise<void> => {
    await client.perform('ban.delete', { server_id: serverId, user_id: userId, ...givenReason(reason) });
    onClose();
  };
  return (
    <FormDialog
      title={t('ban.lift.title', name)}
      note={t('ban.lift.note')}
      action={t('ban.lift')}
      explain={sayError}
      onSubmit={lift}
      onClose={onClose}
    >
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
