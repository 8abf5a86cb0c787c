/** Read states and unread counts (E22), for one's first screen and for single channels. */
import type { Id, ReadState } from '@snug/protocol';
import type { LogReader, Query } from '../../log/log.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { type CallsIn, mentionQueries, targetsOf } from '../mentions/mentions.queries.ts';
import { UNREAD_MAX } from './unread-max.ts';

export { UNREAD_MAX };

export interface StoredReadState {
  readonly channel_id: Id;
  readonly last_read_id: Id | null;
  readonly read_position: number;
}

/** A channel, and where reading it begins for somebody who never read there. */
export interface ReadPlace {
  readonly channel: ChannelState;
  readonly baseline: number;
}

/**
 * Messages of others in (after, ?1] of each `place (channel_id, after)`, at most UNREAD_MAX each; ?2 is who counts. The
 * log's own index on scope and position leads to them: one of their own would cost every send a page. What it does not
 * hold yet is looked through once for all places.
 */
export const COUNT_UNREAD = `
  SELECT channel_id, after, min(sum(unread), ${UNREAD_MAX}) AS unread FROM (
    SELECT place.channel_id, place.after,
      (SELECT count(*) FROM (
         SELECT 1 FROM scope_index CROSS JOIN messages ON messages.position = scope_index.position
         WHERE scope_index.scope = 'channel:' || place.channel_id
           AND scope_index.position > place.after AND scope_index.position <= ?1
           AND messages.countable = 1 AND messages.author_id <> ?2
         LIMIT ${UNREAD_MAX})) AS unread
    FROM place
    UNION ALL
    SELECT place.channel_id, place.after, 1 FROM messages
    CROSS JOIN place ON place.channel_id = messages.channel_id AND messages.position > place.after
    WHERE messages.position > max((SELECT position FROM indexed), (SELECT min(after) FROM place))
      AND messages.position <= ?1
      AND messages.countable = 1 AND messages.author_id <> ?2)
  GROUP BY channel_id`;

export const unreadQueries = {
  statesOf: (userId: Id): Query<Map<Id, StoredReadState>> => ({
    sql: 'SELECT channel_id, last_read_id, read_position FROM read_states WHERE user_id = ?',
    params: [userId],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, row as unknown as StoredReadState])),
  }),

  /** Messages of others in (after, upTo] of each channel, at most UNREAD_MAX each. */
  counts: (userId: Id, behind: readonly { channel_id: Id; after: number }[], upTo: number): Query<Map<Id, number>> => ({
    sql: `WITH place (channel_id, after) AS MATERIALIZED (
            SELECT CAST(value ->> 'channel_id' AS TEXT), value ->> 'after' FROM json_each(?3)) ${COUNT_UNREAD}`,
    params: [upTo, userId, JSON.stringify(behind.map(({ channel_id, after }) => ({ channel_id, after })))],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, row.unread as number])),
  }),

  state: (userId: Id, channelId: Id): Query<StoredReadState | null> => ({
    sql: 'SELECT channel_id, last_read_id, read_position FROM read_states WHERE user_id = ? AND channel_id = ?',
    params: [userId, channelId],
    map: (rows) => (rows[0] as unknown as StoredReadState | undefined) ?? null,
  }),
};

/** Where reading stood before anything was acked: at one's joining, or the beginning of a DM, a group (E22). */
export function readBaseline(userId: Id, { server }: ChannelState): number {
  return server?.members.get(userId)?.joinedPosition ?? 0;
}

/** How far somebody has read. Whoever comes back has read what was said before, whatever they had read then (READ10). */
export function readTo(state: Pick<StoredReadState, 'read_position'> | null | undefined, baseline: number): number {
  return Math.max(state?.read_position ?? baseline, baseline);
}

/**
 * Read states with exact counts as of `upTo`, which is the head where it is left out; those of channels in which there is
 * nothing to say are left out. Only channels where something happened since are counted.
 */
export async function readStatesOf(
  reader: Pick<LogReader, 'read'>,
  world: World,
  userId: Id,
  places: readonly ReadPlace[],
  upTo: number = Number.MAX_SAFE_INTEGER,
): Promise<{ states: ReadState[]; position: number }> {
  const { value, position } = await reader.read({ known: unreadQueries.statesOf(userId) }, ({ known }) => {
    const behind = behindOf(world, userId, places, known);
    return {
      unread: unreadQueries.counts(userId, behind, upTo),
      mentioned: mentionQueries.counts(userId, behind, upTo, UNREAD_MAX),
    };
  });
  const { known, unread, mentioned } = value;
  const states = places.flatMap(({ channel, baseline }): ReadState[] => {
    const { id } = channel.channel;
    const state = known.get(id);
    const [unreadCount, mentionCount] = [unread.get(id) ?? 0, mentioned.get(id) ?? 0];
    if (state === undefined && unreadCount + mentionCount + baseline === 0) return [];
    const read = { last_read_id: state?.last_read_id ?? null, read_position: readTo(state, baseline) };
    return [readState(userId, channel, read, unreadCount, mentionCount)];
  });
  return { states, position };
}

export function readState(
  userId: Id,
  { channel }: ChannelState,
  { last_read_id, read_position }: Pick<StoredReadState, 'last_read_id' | 'read_position'>,
  unread_count: number,
  mention_count: number,
): ReadState {
  return {
    user_id: userId,
    channel_id: channel.id,
    last_read_id,
    read_position,
    mention_count,
    unread_count,
    last_pin_timestamp: channel.last_pin_at ?? null,
  };
}

/** Channels in which something happened after what was read: the world knows where each ends. */
export function behindOf(
  world: World,
  userId: Id,
  places: readonly ReadPlace[],
  known: ReadonlyMap<Id, StoredReadState>,
): CallsIn[] {
  return places.flatMap(({ channel, baseline }) => {
    const { id } = channel.channel;
    const after = readTo(known.get(id), baseline);
    const tail = world.scopeTails.get(`channel:${id}`) ?? 0;
    return tail > after ? [{ channel_id: id, after, targets: targetsOf(userId, channel) }] : [];
  });
}
