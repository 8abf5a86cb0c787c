import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { issueOf, sayError } from '../../app/say-error.ts';
import { useClient, useSession } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './Settings.module.css';

/** The name one signs in with, and the password. */
export function AccountSettings() {
  const client = useClient();
  const session = useSession();
  const submit = useSubmit();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isSaved, setIsSaved] = useState(false);
  const account = session.status === 'signed_in' ? session.account : null;
  const change = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const worked = await submit.run(async () => {
      await client.call('auth.change_password', { current_password: current, new_password: next });
    });
    setIsSaved(worked);
    if (worked) {
      setCurrent('');
      setNext('');
    }
  };
  return (
    <form className={styles.form} onSubmit={(event) => void change(event)}>
      <p>
        {t('account.as')} <strong>@{account?.username}</strong>
        {account?.email == null ? null : <span className={styles.muted}> · {account.email}</span>}
      </p>
      {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
      {/* Lets a password manager know whose password changes. */}
      <input type="hidden" name="username" autoComplete="username" value={account?.username ?? ''} readOnly />
      <Field
        label={t('account.current')}
        type="password"
        autoComplete="current-password"
        required
        value={current}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <Field
        label={t('account.new')}
        hint={t('account.new.hint', LIMITS.PASSWORD_MIN)}
        error={issueOf(submit.error, 'new_password')}
        type="password"
        autoComplete="new-password"
        required
        minLength={LIMITS.PASSWORD_MIN}
        maxLength={LIMITS.PASSWORD_MAX}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <div className={styles.actions}>
        <Button type="submit" kind="primary" isBusy={submit.isBusy}>
          {t('account.change')}
        </Button>
        <span role="status" className={styles.said}>
          {isSaved ? t('account.changed') : ''}
        </span>
      </div>
    </form>
  );
}
