import { Redirect, useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useSession } from '../../app/use-snug.ts';
import type { Place } from './place.ts';
import { Rooms } from './Rooms.tsx';
import { Splash } from './Splash.tsx';

/** The app, for who is signed in; the way to sign in for everybody else. */
export function Shell({ place }: { place: Place }) {
  const session = useSession();
  const [here] = useLocation();
  if (session.status === 'restoring') return <Splash isUnreachable={session.error !== null} />;
  if (session.status === 'signed_out') {
    const next = here === paths.app ? '' : `?next=${encodeURIComponent(here)}`;
    return <Redirect to={`${paths.signIn}${next}`} replace />;
  }
  return <Rooms place={place} />;
}
