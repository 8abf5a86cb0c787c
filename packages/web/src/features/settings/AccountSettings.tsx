import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { issueOf, sayError } from '../../app/say-error.ts';
import { useClient, useSession } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { NewPassword } from '../accounts/NewPassword.tsx';
import { LeaveInstance } from './LeaveInstance.tsx';
import { SaveBar } from './SaveBar.tsx';
import styles from './Settings.module.css';

/** The name one signs in with, the password, and the way out for good. */
export function AccountSettings() {
  return (
    <>
      <ChangePassword />
      <LeaveInstance />
    </>
  );
}

function ChangePassword() {
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
      <NewPassword
        label={t('account.new')}
        hint={t('account.new.hint', LIMITS.PASSWORD_MIN)}
        error={issueOf(submit.error, 'new_password')}
        value={next}
        onChange={(event) => setNext(event.target.value)}
      />
      <SaveBar action={t('account.change')} isBusy={submit.isBusy} said={isSaved ? t('account.changed') : ''} />
    </form>
  );
}
