import { type Channel, type Id, LIMITS } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Check } from '../../ui/Check.tsx';
import { Choice, Field } from '../../ui/Field.tsx';
import { categoriesOf } from './find-category.ts';

export type ChannelFacts = Pick<Channel, 'name' | 'topic' | 'slow_mode_delay' | 'is_nsfw'> & {
  readonly category_id: Id | null;
};

/** Seconds. */
const DELAYS = [0, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, LIMITS.SLOW_MODE_MAX];

export interface ChannelFieldsProps {
  serverId: Id;
  facts: ChannelFacts;
  onChange: (change: Partial<ChannelFacts>) => void;
  /** Shown in the empty field of its name. */
  example?: string;
}

/** What a channel is called and what it is about, where it stands, and how people write in it. */
export function ChannelFields({ serverId, facts, onChange, example }: ChannelFieldsProps) {
  const categories = useSelect((state) => categoriesOf(state, serverId));
  const delays = DELAYS.includes(facts.slow_mode_delay) ? DELAYS : [...DELAYS, facts.slow_mode_delay];
  return (
    <>
      <Field
        label={t('channel.name.label')}
        placeholder={example}
        required
        autoComplete="off"
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        value={facts.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <Field
        label={t('channel.topic')}
        hint={t('channel.topic.hint')}
        maxLength={LIMITS.CHANNEL_TOPIC_MAX}
        value={facts.topic}
        onChange={(event) => onChange({ topic: event.target.value })}
      />
      {categories.length === 0 ? null : (
        <Choice
          label={t('channel.category')}
          value={facts.category_id ?? ''}
          options={[
            { value: '', label: t('channel.category.none') },
            ...categories.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChoose={(value) => onChange({ category_id: value === '' ? null : value })}
        />
      )}
      <Choice
        label={t('channel.slow')}
        hint={t('channel.slow.hint')}
        value={String(facts.slow_mode_delay)}
        options={delays.map((delay) => ({ value: String(delay), label: t('channel.slow.of', delay) }))}
        onChoose={(value) => onChange({ slow_mode_delay: Number(value) })}
      />
      <Check
        label={t('channel.nsfw')}
        hint={t('channel.nsfw.hint')}
        checked={facts.is_nsfw}
        onCheck={(isNsfw) => onChange({ is_nsfw: isNsfw })}
      />
    </>
  );
}
