import type { Id, Status } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';

/** How somebody shows themselves. Who was never heard of is offline; invisible looks the same (E30). */
export function useStatus(userId: Id): Exclude<Status, 'invisible'> {
  return useSelect((state) => {
    const status = state.presences.get(userId)?.status ?? 'offline';
    return status === 'invisible' ? 'offline' : status;
  });
}
