import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ServerFields } from './ServerFields.tsx';

export function EditServer({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const server = useSelect((state) => state.servers.get(serverId));
  const [words, setWords] = useState({ name: server?.name ?? '', description: server?.description ?? '' });
  const save = async (): Promise<void> => {
    await client.perform('server.update', { server_id: serverId, ...words });
    onClose();
  };
  return (
    <FormDialog title={t('server.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <ServerFields words={words} onChange={setWords} />
    </FormDialog>
  );
}
