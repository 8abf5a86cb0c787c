import { type Conversation, type Id, LIMITS, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { mentionQueries, targetsOf } from '../mentions/mentions.queries.ts';
import { UNREAD_MAX } from '../reads/reads.queries.ts';
import { conversationQueries, type Reading } from './conversation-rows.ts';

/** People shown of a conversation. */
const MAX_USERS = 10;

/** Where a conversation stands in the list: by its newest message, or its beginning. */
const orderOf = ({ channel }: ChannelState): Id => channel.last_message_id ?? channel.id;

/** The order is known by heart; one read brings words and counts, whatever its length. */
export const listConversations: HandlerOf<'conversation.list'> = {
  limit: 'read',
  query: async ({ limit, cursor }, { actor }, { world, log }) => {
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const all = [...(world.users.get(actor.userId)?.dms ?? [])].filter(
      (one) => one.deletedAt === null && (cursor === undefined || orderOf(one) < cursor),
    );
    all.sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
    const page = all.slice(0, size);
    // The channels are as of now: words and counts are bounded to that, too.
    const position = world.tail;
    const channels = page.map((one) => ({ ...one.channel }));
    const users = page.map((one) => peopleOf(world, one, actor.userId));
    const targets = page.map((one) => targetsOf(actor.userId, one));
    const ids = channels.map(({ id }) => id);
    const { value: read } = await log.read(
      {
        newest: conversationQueries.newest(ids, position),
        reading: conversationQueries.reading(actor.userId, ids, position),
      },
      ({ reading }) => {
        const calls = ids.map((channel_id, index) => ({
          channel_id,
          targets: targets[index] ?? [],
          after: readingOf(reading, channel_id).read_position,
        }));
        return { calls: mentionQueries.counts(actor.userId, calls, position, UNREAD_MAX) };
      },
    );
    const items = channels.map(
      (channel, index): Conversation => ({
        channel,
        last_message: read.newest.get(channel.id) ?? null,
        unread_count: readingOf(read.reading, channel.id).unread,
        mention_count: read.calls.get(channel.id) ?? 0,
        users: users[index] ?? [],
      }),
    );
    const has_more = all.length > size;
    const last = page.at(-1);
    return { result: { items, has_more, next: has_more && last !== undefined ? orderOf(last) : null }, position };
  },
};

function readingOf(readings: ReadonlyMap<Id, Reading>, channelId: Id): Reading {
  return readings.get(channelId) ?? { read_position: 0, unread: 0 };
}

/** The others first: it is they who name a conversation. */
function peopleOf(world: World, { recipients }: ChannelState, userId: Id): User[] {
  const others = recipients.filter((id) => id !== userId);
  return [...others, ...(recipients.length > others.length ? [userId] : [])]
    .slice(0, MAX_USERS)
    .flatMap((id) => world.users.get(id)?.user ?? []);
}
