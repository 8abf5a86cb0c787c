import type { SignedOutReason } from '@snug/client';
import { type FormEvent, useState } from 'react';
import { Link, Redirect, useSearch } from 'wouter';
import { nextPath, paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { useClient, useSession } from '../../app/use-snug.ts';
import { useSubmit } from '../../app/use-submit.ts';
import { t } from '../../strings/t.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { AccountPage } from './AccountPage.tsx';
import styles from './form.module.css';

export function SignIn() {
  const client = useClient();
  const session = useSession();
  const search = useSearch();
  const submit = useSubmit();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  if (session.status === 'signed_in') return <Redirect to={nextPath(search)} replace />;

  const signIn = (event: FormEvent): void => {
    event.preventDefault();
    void submit.run(async () => {
      await client.session.login({ login: login.trim(), password });
    });
  };
  const why = session.status === 'signed_out' ? explain(session.reason) : null;
  return (
    <AccountPage
      title={t('signIn.title')}
      note={t('signIn.note')}
      after={
        <>
          {t('signIn.new')} <Link href={`${paths.register}${search === '' ? '' : `?${search}`}`}>{t('register')}</Link>
        </>
      }
    >
      <form className={styles.form} onSubmit={signIn}>
        {why === null || submit.error !== undefined ? null : <Notice kind="news">{why}</Notice>}
        {submit.error === undefined ? null : <Notice kind="problem">{sayError(submit.error)}</Notice>}
        <Field
          label={t('field.login')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          autoFocus
          value={login}
          onChange={(event) => setLogin(event.target.value)}
        />
        <Field
          label={t('field.password')}
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" kind="primary" isWide isLarge isBusy={submit.isBusy}>
          {t('signIn')}
        </Button>
      </form>
    </AccountPage>
  );
}

/** Why somebody who was signed in is asked again; nothing for those who come by themselves. */
function explain(reason: SignedOutReason): string | null {
  if (reason === 'expired') return t('signedOut.expired');
  if (reason === 'revoked') return t('signedOut.revoked');
  if (reason === 'closed') return t('signedOut.closed');
  return null;
}
