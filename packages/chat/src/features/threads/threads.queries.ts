/** What other features may use of threads. */
import { type Id, LIMITS, type ThreadMember } from '@snug/protocol';
import type { Guard, NewEvent } from '../../log/envelope.ts';
import type { Query, SqlRow } from '../../log/log.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { type Effect, follow } from './follow-effect.ts';
import { wake } from './wake-thread.ts';

export { deleteThread, updateThread } from './change-thread.ts';

/** What sending into a channel does besides the message, in the same append. */
export interface SendEffects {
  /** Before the message: an archived thread wakes, and people it mentions follow. The append's nonce then belongs to a later event. */
  readonly before: readonly NewEvent[];
  /** After it: who writes in a thread follows it. */
  readonly after: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

const NO_EFFECTS: SendEffects = { before: [], after: [], guards: [] };
const NOTHING: Effect = { events: [], guards: [] };

/**
 * Costs nothing but a look where the channel is no thread, and where the thread is awake and followed by all concerned.
 * Whoever is `mentioned` follows from before the message, so that it is unread for them: give only people who see it.
 */
export function sendEffects(
  world: World,
  state: ChannelState,
  userId: Id,
  now: number,
  mentioned: readonly Id[] = [],
): SendEffects {
  const { followers, parent, channel } = state;
  if (parent === null || followers === null) return NO_EFFECTS;
  const called = mentioned.length === 0 ? mentioned : mentioned.filter((id) => id !== userId && !followers.has(id));
  if (followers.has(userId) && called.length === 0 && !channel.is_archived) return NO_EFFECTS;
  const room = LIMITS.THREAD_FOLLOWERS - followers.size;
  const author = !followers.has(userId) && room > 0 ? [userId] : [];
  const following = author.length + called.length === 0 ? [] : [...author, ...called].slice(0, room);
  const { events, guards } = following.length === 0 ? NOTHING : follow(channel.id, following, now, 'STALE');
  const waking = channel.is_archived ? wake(world, state, now) : null;
  const before = events.slice(author.length);
  return {
    before: waking === null ? before : [waking.event, ...before],
    after: events.slice(0, author.length),
    guards: waking === null ? guards : [...waking.guards, ...guards],
  };
}

export const threadQueries = {
  member: (channelId: Id, userId: Id): Query<ThreadMember | null> => ({
    sql: 'SELECT * FROM thread_members WHERE channel_id = ? AND user_id = ?',
    params: [channelId, userId],
    map: ([row]) => (row === undefined ? null : memberEntity(row)),
  }),

  /** Those after `after`, by user id. */
  members: (channelId: Id, after: Id, limit: number): Query<ThreadMember[]> => ({
    sql: 'SELECT * FROM thread_members WHERE channel_id = ? AND user_id > ? ORDER BY user_id LIMIT ?',
    params: [channelId, after, limit],
    map: (rows) => rows.map(memberEntity),
  }),

  /** The threads that began from these messages of a channel: message id to thread id. */
  begunFrom: (channelId: Id, messageIds: readonly Id[]): Query<Map<Id, Id>> => ({
    sql: `SELECT message_id, id FROM channels
          WHERE thread_key IN (SELECT ? || ':' || value FROM json_each(?)) AND deleted_at IS NULL`,
    params: [channelId, JSON.stringify(messageIds)],
    map: (rows) => new Map(rows.map((row) => [row.message_id as Id, row.id as Id])),
  }),
};

function memberEntity(row: SqlRow): ThreadMember {
  return {
    channel_id: row.channel_id as Id,
    user_id: row.user_id as Id,
    joined_at: new Date(row.joined_at as number).toISOString(),
  };
}
