import type { Id } from '@snug/protocol';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { Choice } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';
import { type ChannelFacts, ChannelFields } from './ChannelFields.tsx';

export interface CreateChannelProps {
  serverId: Id;
  categoryId: Id | null;
  onClose: () => void;
}

const FIRST_FACTS = { name: '', topic: '', slow_mode_delay: 0, is_nsfw: false } as const;

export function CreateChannel({ serverId, categoryId, onClose }: CreateChannelProps) {
  const client = useClient();
  const [, navigate] = useLocation();
  const [type, setType] = useState<'text' | 'voice'>('text');
  const [isPrivate, setIsPrivate] = useState(false);
  const [facts, setFacts] = useState<ChannelFacts>({ ...FIRST_FACTS, category_id: categoryId });
  const [nonce] = useState(() => crypto.randomUUID());
  const create = async (): Promise<void> => {
    const channel = await client.perform('channel.create', {
      ...facts,
      server_id: serverId,
      name: type === 'text' ? slug(facts.name) : facts.name,
      type,
      is_private: isPrivate,
      nonce,
    });
    onClose();
    // Nobody else sees a private channel yet: the next thing to do is to say who does.
    if (isPrivate) navigate(paths.serverSettings(serverId, 'channels', channel.id));
    else navigate(paths.channel(serverId, channel.id));
  };
  return (
    <FormDialog
      title={t('channel.create')}
      action={t('channel.create.action')}
      size="medium"
      explain={sayError}
      onSubmit={create}
      onClose={onClose}
    >
      <ChannelFields
        serverId={serverId}
        facts={facts}
        onChange={(change) => setFacts((before) => ({ ...before, ...change }))}
        example={t('channel.name.example')}
      />
      <Choice
        label={t('channel.type')}
        value={type}
        options={(['text', 'voice'] as const).map((value) => ({ value, label: t(`channel.type.${value}`) }))}
        onChoose={(value) => setType(value === 'voice' ? 'voice' : 'text')}
      />
      <Check label={t('channel.private')} hint={t('channel.private.hint')} checked={isPrivate} onCheck={setIsPrivate} />
    </FormDialog>
  );
}

/** "Garden plans" becomes "garden-plans": names of channels are written in one piece. */
function slug(name: string): string {
  return name.trim().toLocaleLowerCase().replace(/\s+/g, '-');
}
