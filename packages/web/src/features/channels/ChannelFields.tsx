import { LIMITS } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';

export interface ChannelWords {
  readonly name: string;
  readonly topic: string;
}

export interface ChannelFieldsProps {
  words: ChannelWords;
  onChange: (words: ChannelWords) => void;
  /** Shown in the empty field of its name. */
  example?: string;
}

/** What a channel is called and what it is about. */
export function ChannelFields({ words, onChange, example }: ChannelFieldsProps) {
  return (
    <>
      <Field
        label={t('channel.name.label')}
        placeholder={example}
        required
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        value={words.name}
        onChange={(event) => onChange({ ...words, name: event.target.value })}
      />
      <Field
        label={t('channel.topic')}
        hint={t('channel.topic.hint')}
        maxLength={LIMITS.CHANNEL_TOPIC_MAX}
        value={words.topic}
        onChange={(event) => onChange({ ...words, topic: event.target.value })}
      />
    </>
  );
}
