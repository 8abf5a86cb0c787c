import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function EditChannel({ channelId, onClose }: { channelId: Id; onClose: () => void }) {
  const client = useClient();
  const channel = useSelect((state) => state.channels.get(channelId));
  const [name, setName] = useState(channel?.name ?? '');
  const [topic, setTopic] = useState(channel?.topic ?? '');
  const save = async (): Promise<void> => {
    await client.perform('channel.update', { channel_id: channelId, name, topic });
    onClose();
  };
  return (
    <FormDialog title={t('channel.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <Field
        label={t('channel.name.label')}
        required
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Field
        label={t('channel.topic')}
        hint={t('channel.topic.hint')}
        maxLength={LIMITS.CHANNEL_TOPIC_MAX}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
      />
    </FormDialog>
  );
}
