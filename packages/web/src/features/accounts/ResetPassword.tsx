import { LIMITS } from '@snug/protocol';
import { type FormEvent, useState } from 'react';
import { Link, useSearch } from 'wouter';
import { paths } from '../../app/paths.ts';
import { issueOf, sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AccountPage } from './AccountPage.tsx';
import styles from './form.module.css';
import { NewPassword } from './NewPassword.tsx';

/** Where the link leads that an administrator makes for who forgot the password. It works once. */
export function ResetPassword() {
  const client = useClient();
  const submit = useSubmit();
  const token = new URLSearchParams(useSearch()).get('token');
  const [password, setPassword] = useState('');
  const [isDone, setIsDone] = useState(false);
  if (token === null || token === '' || isDone) {
    return (
      <AccountPage title={t('reset.title')}>
        <Notice kind="news">{isDone ? t('reset.done') : t('reset.noToken')}</Notice>
        <Link href={paths.signIn}>{t('signIn')}</Link>
      </AccountPage>
    );
  }
  const set = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const worked = await submit.run(async () => {
      await client.call('auth.reset_password', { token, new_password: password });
    });
    setIsDone(worked);
  };
  const passwordError = issueOf(submit.error, 'new_password');
  return (
    <AccountPage title={t('reset.title')} note={t('reset.note')}>
      <form className={styles.form} onSubmit={(event) => void set(event)}>
        {submit.error === undefined || passwordError !== undefined ? null : (
          <Notice kind="problem">{sayError(submit.error)}</Notice>
        )}
        <NewPassword
          label={t('account.new')}
          hint={t('reset.hint', LIMITS.PASSWORD_MIN)}
          error={passwordError}
          autoFocus
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" kind="primary" isWide isLarge isBusy={submit.isBusy}>
          {t('reset.action')}
        </Button>
      </form>
    </AccountPage>
  );
}
