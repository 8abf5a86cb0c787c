import { LIMITS } from '@snug/protocol';
import { useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { sayWhen } from '../../app/say-time.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Choice, Field } from '../../ui/Field.tsx';
import { FormDialog } from '../../ui/FormDialog.tsx';

/** ms; a day ends at midnight here. */
const LENGTHS = ['1800000', '3600000', '14400000', 'today', '604800000'] as const;
const NEVER = 'never';
const KEEP = 'keep';

/** A few words about what one is up to, and when they clear themselves. */
export function StatusDialog({ onClose }: { onClose: () => void }) {
  const client = useClient();
  const me = useSelect((state) => state.me);
  const before = me?.custom_status_expires_at ?? null;
  const [words, setWords] = useState(me?.custom_status ?? '');
  const [expires, setExpires] = useState<string>(before === null ? NEVER : KEEP);
  const save = async (): Promise<void> => {
    const text = words.trim();
    await client.perform('user.update', {
      custom_status: text,
      ...(expires !== KEEP && { custom_status_expires_at: text === '' ? null : endOf(expires, new Date()) }),
    });
    onClose();
  };
  return (
    <FormDialog title={t('status.edit')} action={t('save')} explain={sayError} onSubmit={save} onClose={onClose}>
      <Field
        label={t('status.words')}
        placeholder={t('profile.status.example')}
        hint={t('status.words.hint')}
        maxLength={LIMITS.CUSTOM_STATUS_MAX}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <Choice
        label={t('status.expires')}
        value={expires}
        options={[
          ...(before === null
            ? []
            : [{ value: KEEP, label: t('status.expires.keep', sayWhen(new Date(before), new Date())) }]),
          { value: NEVER, label: t('status.expires.never') },
          ...LENGTHS.map((value) => ({ value, label: t(`status.expires.${value}`) })),
        ]}
        onChoose={setExpires}
      />
    </FormDialog>
  );
}

function endOf(length: string, now: Date): string | null {
  if (length === NEVER) return null;
  if (length !== 'today') return new Date(now.getTime() + Number(length)).toISOString();
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1).toISOString();
}
