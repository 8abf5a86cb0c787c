import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Field, TextField } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { SaveBar } from './SaveBar.tsx';
import styles from './Settings.module.css';

/** How others see you. */
export function ProfileSettings() {
  const client = useClient();
  const submit = useSubmit();
  const me = useSelect((state) => state.me);
  const [form, setForm] = useState({
    display_name: me?.display_name ?? '',
    custom_status: me?.custom_status ?? '',
    bio: me?.bio ?? '',
  });
  const [isSaved, setIsSaved] = useState(false);
  const set = (field: keyof typeof form) => (event: { target: { value: string } }) => {
    setIsSaved(false);
    setForm((before) => ({ ...before, [field]: event.target.value }));
  };
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsSaved(
      await submit.run(async () => {
        await client.perform('user.update', form);
      }),
    );
  };
  return (
    <form className={styles.form} onSubmit={(event) => void save(event)}>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      <Field
        label={t('field.displayName')}
        required
        maxLength={LIMITS.DISPLAY_NAME_MAX}
        value={form.display_name}
        onChange={set('display_name')}
      />
      <Field
        label={t('profile.status')}
        placeholder={t('profile.status.example')}
        maxLength={LIMITS.CUSTOM_STATUS_MAX}
        value={form.custom_status}
        onChange={set('custom_status')}
      />
      <TextField label={t('profile.bio')} rows={4} maxLength={LIMITS.BIO_MAX} value={form.bio} onChange={set('bio')} />
      <SaveBar action={t('save')} isBusy={submit.isBusy} said={isSaved ? t('saved') : ''} />
    </form>
  );
}
