import { LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function CreateServer({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  // One name for the command: pressing twice, or again after a lost answer, makes one server (E13).
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const server = await client.perform('server.create', { name, description, nonce });
    const first = server.channels[0];
    onClose();
    navigate(first === undefined ? paths.server(server.id) : paths.channel(server.id, first.id));
  };
  return (
    <FormDialog
      title={t('server.create')}
      note={t('server.create.note')}
      action={t('server.create.action')}
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <Field
        label={t('server.name')}
        placeholder={t('server.name.example')}
        required
        maxLength={LIMITS.SERVER_NAME_MAX}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label={t('server.description')}
        rows={2}
        maxLength={LIMITS.SERVER_DESCRIPTION_MAX}
        value={description}
        onChange={(event) => setDescription(event.target.value)}
      />
    </FormDialog>
  );
}
