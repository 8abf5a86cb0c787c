import { Link, Redirect } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSession } from '../../app/use-snug.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Logo } from '../../ui/Logo.tsx';
import styles from './DiscoverPage.module.css';
import { PublicServers } from './PublicServers.tsx';

/** Public servers, for who is not signed in; everybody else sees them in the app. */
export function DiscoverPage() {
  const session = useSession();
  useTitle(t('title.page', t('discover.title')));
  if (session.status === 'signed_in') return <Redirect to={paths.discover} replace />;
  const signIn = `${paths.signIn}?next=${encodeURIComponent(paths.discover)}`;
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link href={paths.landing} className={styles.brand}>
          <Logo size={34} />
          {t('snug')}
        </Link>
        <Link href={signIn} className={buttonClass({ kind: 'plain' })}>
          {t('signIn')}
        </Link>
      </header>
      <main className={styles.main}>
        <h1 className={styles.title}>{t('discover.title')}</h1>
        <p className={styles.note}>{t('discover.note')}</p>
        <PublicServers
          way={(server) => (
            <Link
              href={signIn}
              className={buttonClass({ kind: 'quiet' })}
              aria-label={t('discover.signIn', server.name)}
            >
              {t('invite.signIn')}
            </Link>
          )}
        />
      </main>
    </div>
  );
}
