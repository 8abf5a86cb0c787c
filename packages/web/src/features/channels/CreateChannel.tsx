import { type Id, LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

export function CreateChannel({ serverId, onClose }: { serverId: Id; onClose: () => void }) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [name, setName] = useState('');
  const [topic, setTopic] = useState('');
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const channel = await client.perform('channel.create', { server_id: serverId, name: slug(name), topic, nonce });
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
      <Field
        label={t('channel.name.label')}
        placeholder={t('channel.name.example')}
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

/** "Garden plans" becomes "garden-plans": names of channels are written in one piece. */
export function slug(name: string): string {
  return name.trim().toLocaleLowerCase().replace(/\s+/g, '-');
}
