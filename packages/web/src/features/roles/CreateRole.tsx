import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function CreateRole({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const role = await client.perform('role.create', { server_id: serverId, name, nonce });
    onClose();
    navigate(paths.serverSettings(serverId, 'roles', role.id));
  };
  return (
    <FormDialog
      title={t('role.create')}
      action={t('channel.create.action')}
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <Field
        label={t('role.name')}
        placeholder={t('role.name.example')}
        required
        maxLength={LIMITS.ROLE_NAME_MAX}
        autoComplete="off"
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
    </FormDialog>
  );
}
