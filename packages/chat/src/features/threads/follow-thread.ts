import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, type LogEventOf } from '../../log/envelope.ts';
import { authorityInChannel } from '../access.ts';
import { follow } from './follow-effect.ts';
import { requireThread } from './list-threads.ts';
import { threadQueries } from './threads.queries.ts';

/** Following is for everybody who sees the thread. Following twice is no error. */
export const followThread: HandlerOf<'thread.follow'> = {
  limit: 'write',
  load: async ({ channel_id }, { actor }, { log }) =>
    (await log.read({ member: threadQueries.member(channel_id, actor.userId) })).value.member,
  decide: ({ world, params: { channel_id }, actor, now, loaded }) => {
    const state = requireThread(world, actor.userId, channel_id);
    if (loaded !== null) return { answer: loaded };
    const { events, guards } = follow(channel_id, [actor.userId], now, 'LIMIT_REACHED');
    return {
      events,
      guards: [authorityInChannel(world, actor.userId, state), ...guards],
      result: ([event]) => (event as LogEventOf<'THREAD_MEMBER_ADD'>).body,
    };
  },
};

export const unfollowThread: HandlerOf<'thread.unfollow'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id }, actor }) => {
    const state = requireThread(world, actor.userId, channel_id);
    if (state.followers?.has(actor.userId) !== true) return { answer: null };
    const body = { channel_id, user_id: actor.userId };
    return {
      events: [{ type: 'THREAD_MEMBER_REMOVE', scope: channelScope(channel_id), subject: actor.userId, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        // Twice at once: the second looks again and has nothing to do.
        { kind: 'exists', key: 'thread_member', args: [channel_id, actor.userId], refusal: 'STALE' },
      ],
      result: () => null,
    };
  },
};
