import { SnugError } from '@snug/client';
import type { User } from '@snug/protocol';
import { UserRoundX } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import page from '../../app/page.module.css';
import { paths } from '../../app/paths.ts';
import { sayError } from '../../app/say-error.ts';
import { sayDay } from '../../app/say-time.ts';
import { useClient, useSession } from '../../app/use-snug.ts';
import { useTitle } from '../../app/use-title.ts';
import { t } from '../../strings/t.ts';
import { Avatar } from '../../ui/Avatar.tsx';
import { Blank } from '../../ui/Blank.tsx';
import { Bones } from '../../ui/Bones.tsx';
import { buttonClass } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './ProfilePage.module.css';

type Asked =
  | { readonly status: 'loading' }
  | { readonly status: 'known'; readonly user: User }
  | { readonly status: 'absent' }
  | { readonly status: 'failed'; readonly error: unknown };

/** Somebody's page: for who is signed in, and for the whole world where its owner allows it. */
export function ProfilePage({ username }: { username: string }) {
  const asked = useProfile(username);
  const session = useSession();
  useTitle(t('title.page', asked.status === 'known' ? asked.user.display_name : t('person.profile')));
  if (asked.status === 'absent') {
    return (
      <main className={page.page}>
        <Blank icon={<UserRoundX size={36} />} title={t('profile.none.title')} note={t('profile.none.note')}>
          <Way isSignedIn={session.status === 'signed_in'} />
        </Blank>
      </main>
    );
  }
  return (
    <main className={page.page}>
      <div className={styles.card}>
        {asked.status === 'loading' ? <Bones kind="people" count={2} label={t('loading')} /> : null}
        {asked.status === 'failed' ? <Notice kind="problem">{sayError(asked.error)}</Notice> : null}
        {asked.status === 'known' ? <Profile user={asked.user} /> : null}
        <Way isSignedIn={session.status === 'signed_in'} />
      </div>
    </main>
  );
}

function useProfile(username: string): Asked {
  const client = useClient();
  const [asked, setAsked] = useState<Asked>({ status: 'loading' });
  useEffect(() => {
    let isCurrent = true;
    const settle = (next: Asked): void => {
      if (isCurrent) setAsked(next);
    };
    client.call('user.get', { user_id: username }).then(
      (user) => settle({ status: 'known', user }),
      (error: unknown) => settle(isAbsent(error) ? { status: 'absent' } : { status: 'failed', error }),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, username]);
  return asked;
}

/** Who is not there, who is hidden, and what can be nobody's name all answer the same. */
function isAbsent(error: unknown): boolean {
  return error instanceof SnugError && (error.code === 'UNKNOWN_USER' || error.code === 'INVALID_PARAMS');
}

function Profile({ user }: { user: User }) {
  return (
    <>
      <Avatar id={user.id} name={user.display_name} size={64} />
      <div>
        <h1 className={styles.name}>{user.display_name}</h1>
        <p className={styles.handle}>
          {t('mention.user', user.username)}
          {user.is_bot ? ` · ${t('member.bot')}` : null}
        </p>
      </div>
      {user.custom_status === '' ? null : <p>{user.custom_status}</p>}
      {user.bio === '' ? null : <p className={styles.bio}>{user.bio}</p>}
      <p className={styles.handle}>{t('profile.since', sayDay(new Date(user.created_at)))}</p>
    </>
  );
}

function Way({ isSignedIn }: { isSignedIn: boolean }) {
  return isSignedIn ? (
    <Link href={paths.app} className={buttonClass({ kind: 'primary' })}>
      {t('landing.open')}
    </Link>
  ) : (
    <Link href={paths.signIn} className={buttonClass({ kind: 'quiet' })}>
      {t('signIn')}
    </Link>
  );
}
