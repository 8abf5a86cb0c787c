import type { ReactNode } from 'react';
import { useSession } from '../../app/use-snug.ts';
import { Splash } from './Splash.tsx';

/** What depends on who this is waits until that is known: a form for strangers must not flash up before members. */
export function Restored({ children }: { children: ReactNode }) {
  const session = useSession();
  if (session.status === 'restoring') return <Splash isUnreachable={session.error !== null} />;
  return children;
}
