import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ServerFields } from './ServerFields.tsx';

export function CreateServer({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [words, setWords] = useState({ name: '', description: '' });
  // One name for the command: pressing twice, or again after a lost answer, makes one server (E13).
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const server = await client.perform('server.create', { ...words, nonce });
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
      <ServerFields
        words={words}
        onChange={(change) => setWords((before) => ({ ...before, ...change }))}
        example={t('server.name.example')}
      />
    </FormDialog>
  );
}
