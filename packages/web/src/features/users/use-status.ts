import type { Id, Status } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';

/**
 * How somebody shows themselves. Who was never heard of is offline; invisible looks the same to others (E30), and to
 * oneself too, so that one sees what they see. So does being away from the server.
 */
export function useStatus(userId: Id): Exclude<Status, 'invisible'> {
  const status = useSelect((state) => {
    if (state.me?.id === userId && state.connection.status !== 'online') return 'offline';
    return state.presences.get(userId)?.status ?? 'offline';
  });
  return status === 'invisible' ? 'offline' : status;
}
