import type { ReadState } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { requireChannel } from '../access.ts';
import { readBaseline, readState, readStatesOf } from './reads.queries.ts';

/** One channel as READY counts it: what a client asks where its own count can no longer tell (READ1). */
export const getRead: HandlerOf<'read.get'> = {
  limit: 'read',
  query: async ({ channel_id }, { actor: { userId } }, { world, log }) => {
    const channel = requireChannel(world, userId, channel_id);
    const baseline = readBaseline(userId, channel);
    const { states, position } = await readStatesOf(log, world, userId, [{ channel, baseline }]);
    // It may have gone out of sight while it was read.
    requireChannel(world, userId, channel_id);
    const nothing = { last_read_id: null, read_position: baseline };
    const state: ReadState = states[0] ?? readState(userId, channel, nothing, 0, 0);
    if (channel.followers === null) return { result: state, position };
    const is_followed = channel.followers.has(userId);
    return { result: { ...state, ...(is_followed ? {} : { unread_count: 0 }), is_followed }, position };
  },
};
