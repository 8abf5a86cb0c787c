import { type Id, LIMITS, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { cursorPosition } from '../cursor.ts';
import { partsOf, withParts } from '../messages/message-parts.queries.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { behindOf, readBaseline, unreadQueries } from '../reads/reads.queries.ts';
import { type CallsIn, mentionQueries, targetsOf } from './mentions.queries.ts';

/** The inbox: what calls somebody in the channels they see now, threads included; the latest first, by position. */
export const listMentions: HandlerOf<'mention.list'> = {
  limit: 'read',
  query: async ({ all = false, cursor, limit = LIMITS.PAGE_DEFAULT }, { actor: { userId } }, { world, log }) => {
    const below = cursorPosition(cursor);
    const { value, position } = await log.read(
      { known: unreadQueries.statesOf(userId) },
      ({ known }) => {
        const places = all ? callsOfAll(world, userId) : behindOf(world, userId, placesOf(world, userId), known);
        return { calls: mentionQueries.latest(userId, places, below, limit + 1) };
      },
      ({ calls }) => {
        const page = calls.slice(0, limit);
        return { messages: messageQueries.atPositions(page.map((call) => call.position)), ...partsOf(userId, page) };
      },
    );
    const has_more = value.calls.length > limit;
    // The answer is stamped with the position of the read: what went out of sight before it is left out.
    const seen = new Set(channelsOf(world, userId).map(({ channel }) => channel.id));
    const items = withParts(userId, value.messages, value).filter(({ channel_id }) => seen.has(channel_id));
    const authors = new Set(items.map(({ author_id }) => author_id));
    const users: User[] = [...authors].flatMap((id) => world.users.get(id)?.user ?? []);
    return {
      result: { items, has_more, next: has_more ? String(value.calls[limit - 1]?.position) : null, users },
      position,
    };
  },
};

/** Archived threads are in no snapshot, but what was said in them may be unread all the same. */
function channelsOf(world: World, userId: Id): ChannelState[] {
  const user = world.users.get(userId);
  const scopes = world.scopesOf(userId).filter((scope) => scope.startsWith('channel:'));
  if (user === undefined) return [];
  return scopes.flatMap((scope) => world.channel(scope.slice('channel:'.length)) ?? []);
}

function placesOf(world: World, userId: Id) {
  return channelsOf(world, userId).map((channel) => ({ channel, baseline: readBaseline(userId, channel) }));
}

/** Since one came: what was said before called somebody else by the same name. */
function callsOfAll(world: World, userId: Id): CallsIn[] {
  return channelsOf(world, userId).map((channel) => ({
    channel_id: channel.channel.id,
    after: readBaseline(userId, channel),
    targets: targetsOf(userId, channel),
  }));
}
