import { LIMITS } from '@snug/protocol';
import { t } from '../../strings/t.ts';
import { Choice, Field } from '../../ui/Field.tsx';

export interface GroupForm {
  readonly name: string;
  readonly topic: string;
  readonly visibility: 'hidden' | 'discoverable';
}

/** What a group is called, what it is about, and who finds it. */
export function GroupFields({ form, onChange }: { form: GroupForm; onChange: (form: GroupForm) => void }) {
  return (
    <>
      <Field
        label={t('group.name')}
        placeholder={t('group.name.example')}
        maxLength={LIMITS.CHANNEL_NAME_MAX}
        autoComplete="off"
        value={form.name}
        onChange={(event) => onChange({ ...form, name: event.target.value })}
      />
      <Field
        label={t('group.topic')}
        maxLength={LIMITS.CHANNEL_TOPIC_MAX}
        autoComplete="off"
        value={form.topic}
        onChange={(event) => onChange({ ...form, topic: event.target.value })}
      />
      <Choice
        label={t('group.visibility')}
        value={form.visibility}
        options={(['hidden', 'discoverable'] as const).map((value) => ({
          value,
          label: t(`group.visibility.${value}`),
        }))}
        onChoose={(value) => onChange({ ...form, visibility: value === 'discoverable' ? value : 'hidden' })}
      />
    </>
  );
}
