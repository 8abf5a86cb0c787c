import { DoorOpen, FolderLock, History, Keyboard, Moon, ScrollText } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useDiscovery, waitsForOwner } from '../../app/use-discovery.ts';
import { useSession } from '../../app/use-snug.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { buttonClass } from '../../ui/Button.tsx';
import { Logo } from '../../ui/Logo.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './Landing.module.css';
import { RoomPicture } from './RoomPicture.tsx';

const FEATURES = [
  { icon: FolderLock, title: 'landing.yours.title', note: 'landing.yours.note' },
  { icon: History, title: 'landing.sure.title', note: 'landing.sure.note' },
  { icon: DoorOpen, title: 'landing.door.title', note: 'landing.door.note' },
  { icon: Keyboard, title: 'landing.familiar.title', note: 'landing.familiar.note' },
  { icon: ScrollText, title: 'landing.history.title', note: 'landing.history.note' },
  { icon: Moon, title: 'landing.quiet.title', note: 'landing.quiet.note' },
] as const;

export function Landing() {
  useTitle(t('title.landing'));
  return (
    <div className={styles.page}>
      <header className={styles.header}>
        <Link href="/" className={styles.brand}>
          <Logo size={34} />
          {t('snug')}
        </Link>
        <nav className={styles.nav} aria-label={t('landing.nav')}>
          <Doors />
        </nav>
      </header>
      <main>
        <section className={styles.hero}>
          <div className={styles.words}>
            <h1 className={styles.headline}>{t('landing.headline')}</h1>
            <p className={styles.lead}>{t('landing.lead')}</p>
            <FirstOwner />
            <div className={styles.actions}>
              <Doors isLarge />
            </div>
            <p className={styles.small}>{t('landing.small')}</p>
          </div>
          <RoomPicture />
        </section>
        <section className={styles.features} aria-labelledby="features">
          <h2 id="features" className={styles.subhead}>
            {t('landing.features')}
          </h2>
          <ul className={styles.grid}>
            {FEATURES.map(({ icon: Icon, title, note }) => (
              <Feature key={title} icon={<Icon size={22} aria-hidden="true" />} title={t(title)} note={t(note)} />
            ))}
          </ul>
        </section>
      </main>
      <footer className={styles.footer}>
        <span>{t('landing.footer')}</span>
        <span className={styles.links}>
          <Link href={paths.discoverSignedOut}>{t('discover.link')}</Link>
          <a href="/docs">{t('landing.api')}</a>
        </span>
      </footer>
    </div>
  );
}

function Feature(props: { icon: ReactNode; title: string; note: string }) {
  return (
    <li className={styles.feature}>
      <span className={styles.featureIcon}>{props.icon}</span>
      <h3>{props.title}</h3>
      <p>{props.note}</p>
    </li>
  );
}

/** The ways in: to the app for who is signed in; otherwise to sign in, and to an account where one can be had. */
function Doors({ isLarge = false }: { isLarge?: boolean }) {
  const session = useSession();
  const discovery = useDiscovery();
  if (session.status !== 'signed_out') {
    return (
      <Link href={paths.app} className={buttonClass({ kind: 'primary', isLarge })}>
        {t('landing.open')}
      </Link>
    );
  }
  const canRegister = discovery?.registration !== 'closed' && !waitsForOwner(discovery);
  return (
    <>
      {isLarge ? null : (
        <Link href={paths.discoverSignedOut} className={buttonClass({ kind: 'plain', isLarge }, styles.roomy)}>
          {t('discover.link')}
        </Link>
      )}
      {isLarge ? null : (
        <Link href={paths.signIn} className={buttonClass({ kind: 'plain', isLarge })}>
          {t('signIn')}
        </Link>
      )}
      {canRegister ? (
        <Link href={paths.register} className={buttonClass({ kind: 'primary', isLarge })}>
          {discovery?.registration === 'invite' ? t('landing.withInvite') : t('register')}
        </Link>
      ) : null}
      {isLarge ? (
        <Link href={paths.signIn} className={buttonClass({ kind: 'quiet', isLarge })}>
          {t('signIn')}
        </Link>
      ) : null}
    </>
  );
}

function FirstOwner() {
  const discovery = useDiscovery();
  if (discovery?.needs_owner !== true) return null;
  return <Notice kind="news">{t('landing.needsOwner')}</Notice>;
}
