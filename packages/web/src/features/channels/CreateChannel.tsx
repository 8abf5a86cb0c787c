import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ChannelFields } from './ChannelFields.tsx';

export function CreateChannel({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [words, setWords] = useState({ name: '', topic: '' });
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const channel = await client.perform('channel.create', {
      server_id: serverId,
      name: slug(words.name),
      topic: words.topic,
      nonce,
    });
    onClose();
    navigate(paths.channel(serverId, channel.id));
  };
  return (
    <FormDialog
      title={t('channel.create')}
      action={t('channel.create.action')}
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <ChannelFields words={words} onChange={setWords} example={t('channel.name.example')} />
    </FormDialog>
  );
}

/** "Garden plans" becomes "garden-plans": names of channels are written in one piece. */
function slug(name: string): string {
  return name.trim().toLocaleLowerCase().replace(/\s+/g, '-');
}
