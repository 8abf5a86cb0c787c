import type { Id } from '@snug/protocol';
import { useMemo } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../../app/paths.ts';
import { useAttempt } from '../../app/use-attempt.ts';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { useDialogs } from '../shell/dialogs.ts';

export interface PersonActs {
  readonly write: () => void;
  /** Asks to be friends, or accepts what they asked. */
  readonly befriend: () => void;
  /** Unfriends, declines, or takes a request back: `done` says which. */
  readonly unfriend: (done?: string) => void;
  readonly block: () => void;
  readonly unblock: () => void;
  readonly report: () => void;
}

/** What one does with a person. Each says for itself why it did not work. */
export function usePersonActs(userId: Id, name: string): PersonActs {
  const client = useClient();
  const attempt = useAttempt();
  const open = useDialogs();
  const [, navigate] = useLocation();
  return useMemo(() => {
    const drop = (done?: string): void =>
      attempt(() => client.perform('relationship.delete', { user_id: userId }), done);
    return {
      write: () =>
        attempt(async () => navigate(paths.dm((await client.perform('dm.open', { recipient_id: userId })).id))),
      befriend: () =>
        attempt(async () => {
          await client.perform('relationship.set', { user_id: userId, type: 'friend' });
        }),
      unfriend: drop,
      block: () => open({ kind: 'block', userId, name }),
      unblock: () => drop(t('block.removed', name)),
      report: () => open({ kind: 'report', target: { userId, name } }),
    };
  }, [client, attempt, open, navigate, userId, name]);
}
