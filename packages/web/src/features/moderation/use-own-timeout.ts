import type { Channel } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';
import { isTimedOut } from '../members/is-timed-out.ts';

/** Until when the signed-in user only reads in a channel's server; null where they are not timed out. */
export function useOwnTimeout(channel: Channel): Date | null {
  const until = useSelect((state) => {
    const member = state.members.get(channel.server_id ?? '')?.get(state.me?.id ?? '');
    return member !== undefined && isTimedOut(member, Date.now()) ? member.timed_out_until : null;
  });
  return until === null ? null : new Date(until);
}
