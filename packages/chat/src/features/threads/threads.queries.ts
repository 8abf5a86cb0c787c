/** What other features may use of threads. */
import { type Id, LIMITS, type ThreadMember } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { type Effect, follow } from './follow-effect.ts';
import { wake } from './wake-thread.ts';

export { deleteThread, updateThread } from './change-thread.ts';

const NOTHING: Effect = { events: [], guards: [] };

/**
 * What sending into a channel does before the message, in the same append: an archived thread wakes, and its author and
 * those it mentions follow it, so that it is unread for them. Give as `mentioned` only people who see it. It costs
 * nothing but a look where the channel is no thread, and where the thread is awake and followed by all concerned.
 */
export function sendEffects(
  world: World,
  state: ChannelState,
  userId: Id,
  now: number,
  mentioned: readonly Id[],
): Effect {
  const { followers, parent, channel } = state;
  if (parent === null || followers === null) return NOTHING;
  const concerned = followers.has(userId) ? mentioned : [userId, ...mentioned.filter((id) => id !== userId)];
  const room = Math.max(0, LIMITS.THREAD_FOLLOWERS - followers.size);
  const joining = concerned.filter((id) => !followers.has(id)).slice(0, room);
  if (joining.length === 0 && !channel.is_archived) return NOTHING;
  const following = joining.length === 0 ? NOTHING : follow(channel.id, joining, now, 'STALE');
  if (!channel.is_archived) return following;
  const { event, guards } = wake(world, state, now);
  return { events: [event, ...following.events], guards: [...guards, ...following.guards] };
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
};

function memberEntity(row: SqlRow): ThreadMember {
  return {
    channel_id: row.channel_id as Id,
    user_id: row.user_id as Id,
    joined_at: new Date(row.joined_at as number).toISOString(),
  };
}
