import type { Id, Status } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';
import { useChosenStatus } from './use-own-status.ts';

/**
 * How somebody shows themselves. Who was never heard of is offline; invisible looks the same to others (E30), and to
 * oneself too, so that one sees what they see. One's own is known without being told.
 */
export function useStatus(userId: Id): Exclude<Status, 'invisible'> {
  const chosen = useChosenStatus();
  const heard = useSelect((state) => {
    if (state.me?.id === userId) return state.connection.status === 'online' ? chosen : 'offline';
    return state.presences.get(userId)?.status ?? 'offline';
  });
  return heard === 'invisible' ? 'offline' : heard;
}
