import { useState } from 'react';
import { Link, Redirect, useSearch } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useDiscovery } from '../../app/use-discovery.ts';
import { useSession } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Notice } from '../../ui/Notice.tsx';
import { AccountPage } from './AccountPage.tsx';
import { RegisterForm } from './RegisterForm.tsx';

/** Where the link of a fresh instance leads: its first account, which owns it. */
export function SetUp() {
  const session = useSession();
  const discovery = useDiscovery();
  const token = new URLSearchParams(useSearch()).get('token');
  // Known at the start: the answer changes under the form the moment the account exists.
  const [asked] = useState(token);
  if (session.status === 'signed_in') return <Redirect to={paths.app} replace />;
  if (asked === null || discovery?.needs_owner === false) {
    return (
      <AccountPage title={t('setUp.title')}>
        <Notice kind="news">{discovery?.needs_owner === false ? t('setUp.done') : t('setUp.noToken')}</Notice>
        <Link href={paths.signIn}>{t('signIn')}</Link>
      </AccountPage>
    );
  }
  return (
    <AccountPage title={t('setUp.title')} note={t('setUp.note')}>
      <RegisterForm invite={asked} action={t('setUp.action')} staleInvite={t('setUp.stale')} />
    </AccountPage>
  );
}
