import { Link, Redirect, useSearch } from 'wouter';
import { nextPath, paths } from '../../app/paths.ts';
import { useDiscovery, waitsForOwner } from '../../app/use-discovery.ts';
import { useSession } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { Notice } from '../../ui/Notice.tsx';
import { AccountPage } from './AccountPage.tsx';
import { RegisterForm } from './RegisterForm.tsx';

export function Register() {
  const session = useSession();
  const search = useSearch();
  const discovery = useDiscovery();
  const given = new URLSearchParams(search).get('invite');
  if (session.status === 'signed_in') return <Redirect to={nextPath(search)} replace />;
  const isWaiting = waitsForOwner(discovery);
  const isClosed = given === null && (discovery?.registration === 'closed' || isWaiting);
  return (
    <AccountPage
      title={t('register.title')}
      note={t('register.note')}
      after={
        <>
          {t('register.have')} <Link href={`${paths.signIn}${search === '' ? '' : `?${search}`}`}>{t('signIn')}</Link>
        </>
      }
    >
      {isClosed ? (
        <Notice kind="news">{isWaiting ? t('landing.needsOwner') : t('error.REGISTRATION_CLOSED')}</Notice>
      ) : (
        <RegisterForm
          invite={given ?? undefined}
          asksInvite={given === null && discovery?.registration === 'invite'}
          action={t('register')}
        />
      )}
    </AccountPage>
  );
}
