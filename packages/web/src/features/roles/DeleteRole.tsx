import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { givenReason } from '../moderation/on-member.ts';
import { ReasonField } from '../moderation/ReasonField.tsx';

export function DeleteRole({ serverId, roleId, onClose }: { serverId: Id; roleId: Id; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [reason, setReason] = useState('');
  const name = useSelect((state) => state.roles.get(serverId)?.find((role) => role.id === roleId)?.name ?? '');
  const remove = async (): Promise<void> => {
    await client.perform('role.delete', { server_id: serverId, role_id: roleId, ...givenReason(reason) });
    onClose();
    navigate(paths.serverSettings(serverId, 'roles'));
  };
  return (
    <FormDialog
      title={t('role.delete.title', name)}
      note={t('role.delete.note')}
      action={t('role.delete')}
      isDanger
      explain={sayError}
      onSubmit={remove}
      onClose={onClose}
    >
      <ReasonField reason={reason} onChange={setReason} />
    </FormDialog>
  );
}
