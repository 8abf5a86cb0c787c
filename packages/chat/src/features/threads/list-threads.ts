import { LIMITS, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { threadQueries } from './threads.queries.ts';

/** From memory, in one turn: what a thread counts is true at the position of the answer. */
export const listThreads: HandlerOf<'thread.list'> = {
  limit: 'read',
  query: async ({ channel_id, archived, before, limit }, { actor }, { world }) => {
    const { threads } = requireChannel(world, actor.userId, channel_id);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const items: ChannelState['channel'][] = [];
    for (let index = threads.length - 1; index >= 0 && items.length <= size; index--) {
      const { channel, deletedAt } = threads[index] as ChannelState;
      if (deletedAt !== null || (before !== undefined && channel.id >= before)) continue;
      if (archived === undefined || channel.is_archived === archived) items.push(channel);
    }
    return { result: { items: items.slice(0, size), has_more: items.length > size }, position: world.tail };
  },
};

/** Ordered by user id, so that paging is exact whoever comes and goes. */
export const listFollowers: HandlerOf<'thread.members'> = {
  limit: 'read',
  query: async ({ channel_id, after, limit }, { actor }, { world, log }) => {
    requireThread(world, actor.userId, channel_id);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({
      members: threadQueries.members(channel_id, after ?? '', size + 1),
    });
    requireThread(world, actor.userId, channel_id);
    const items = value.members.slice(0, size).flatMap((member) => {
      const user = world.users.get(member.user_id)?.user;
      return user === undefined ? [] : [{ ...member, user }];
    });
    // The profiles are of now: what is true of all of it is the earlier position.
    return { result: { items, has_more: value.members.length > size }, position: Math.min(position, world.tail) };
  },
};

/** A thread one can see. */
export function requireThread(world: World, userId: string, channelId: string): ChannelState {
  const state = requireChannel(world, userId, channelId);
  if (state.channel.type !== 'thread') throw new Refusal('WRONG_CHANNEL_TYPE');
  return state;
}
