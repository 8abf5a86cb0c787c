import { type Id, LIMITS, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { cursorPosition } from '../cursor.ts';
import { partsOf, withParts } from '../messages/message-parts.queries.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { behindOf, type ReadPlace, readBaseline, unreadQueries } from '../reads/reads.queries.ts';
import { type CallsIn, mentionQueries, targetsOf } from './mentions.queries.ts';

/** The inbox: what calls somebody in the channels they see now, threads included; the latest first, by position. */
export const listMentions: HandlerOf<'mention.list'> = {
  limit: 'read',
  query: async ({ all = false, cursor, limit = LIMITS.PAGE_DEFAULT }, { actor: { userId } }, { world, log }) => {
    const below = cursorPosition(cursor);
    const { value, position } = await log.read(
      { known: unreadQueries.statesOf(userId), calledIn: mentionQueries.calledIn(userId) },
      ({ known, calledIn }) => {
        const channels = channelsOf(world, userId, calledIn);
        const places = all ? callsOfAll(userId, channels) : behindOf(world, userId, placesOf(userId, channels), known);
        return { calls: mentionQueries.latest(userId, places, below, limit + 1) };
      },
      ({ calls }) => {
        const page = calls.slice(0, limit);
        return { messages: messageQueries.atPositions(page.map((call) => call.position)), ...partsOf(userId, page) };
      },
    );
    const has_more = value.calls.length > limit;
    // The answer is stamped with the position of the read: what went out of sight before it is left out.
    const items = withParts(userId, value.messages, value).filter(({ channel_id }) =>
      isSeen(world, userId, channel_id),
    );
    const authors = new Set(items.map(({ author_id }) => author_id));
    const users: User[] = [...authors].flatMap((id) => world.users.get(id)?.user ?? []);
    return {
      result: { items, has_more, next: has_more ? String(value.calls[limit - 1]?.position) : null, users },
      position,
    };
  },
};

/**
 * Archived threads are in no snapshot, but what was said in them may be unread all the same. There may be very many:
 * looked at are those one follows, and those where one was called by name, for nothing else calls in the others.
 */
function channelsOf(world: World, userId: Id, calledIn: readonly Id[]): ChannelState[] {
  const user = world.users.get(userId);
  const shown = [...(user?.servers ?? [])].flatMap((server) => world.visibleChannels(userId, server));
  const followed = [...(world.followed.get(userId) ?? [])].map(({ channel }) => channel.id);
  const archived = [...new Set([...followed, ...calledIn])]
    .flatMap((id) => world.channel(id) ?? [])
    .filter((state) => state.parent !== null && state.channel.is_archived && world.can(userId, state, 0n));
  const conversations = [...(user?.dms ?? [])].filter((dm) => dm.deletedAt === null);
  return [...shown, ...archived, ...conversations];
}

function isSeen(world: World, userId: Id, channelId: Id): boolean {
  const state = world.channel(channelId);
  return state !== undefined && world.can(userId, state, 0n);
}

function placesOf(userId: Id, channels: readonly ChannelState[]): ReadPlace[] {
  return channels.map((channel) => ({ channel, baseline: readBaseline(userId, channel) }));
}

/** Since one came: what was said before called somebody else by the same name. */
function callsOfAll(userId: Id, channels: readonly ChannelState[]): CallsIn[] {
  return channels.map((channel) => ({
    channel_id: channel.channel.id,
    after: readBaseline(userId, channel),
    targets: targetsOf(userId, channel),
  }));
}
