import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { ChannelFields } from './ChannelFields.tsx';

export function EditChannel({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const client = useClient();
  const channel = useSelect((state) => state.channels.get(channelId));
  const [words, setWords] = useState({ name: channel?.name ?? '', topic: channel?.topic ?? '' });
  const save = async (): Promise<void> => {
    await client.perform('channel.update', { channel_id: channelId, ...words });
    onClose();
  };
  return (
    <FormDialog title={t('channel.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <ChannelFields words={words} onChange={setWords} />
    </FormDialog>
  );
}
