import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function EditServer({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const server = useSelect((state) => state.servers.get(serverId));
  const [name, setName] = useState(server?.name ?? '');
  const [description, setDescription] = useState(server?.description ?? '');
  const save = async (): Promise<void> => {
    await client.perform('server.update', { server_id: serverId, name, description });
    onClose();
  };
  return (
    <FormDialog title={t('server.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <Field
        label={t('server.name')}
        required
        maxLength={LIMITS.SERVER_NAME_MAX}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('server.description')}
        maxLength={LIMITS.SERVER_DESCRIPTION_MAX}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
    </FormDialog>
  );
}
