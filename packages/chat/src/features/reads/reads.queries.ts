/** Read states and unread counts (E22). */
import type { Id } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import { UNREAD_MAX } from './unread-max.ts';

/** A DM is unread from its beginning until it is read. */
export const dmReadBaseline = 0;

export interface StoredReadState {
  readonly channel_id: Id;
  readonly last_read_id: Id | null;
  readonly read_position: number;
  readonly mention_count: number;
}

export const unreadQueries = {
  statesOf: (userId: Id): Query<StoredReadState[]> => ({
    sql: 'SELECT channel_id, last_read_id, read_position, mention_count FROM read_states WHERE user_id = ?',
    params: [userId],
    map: (rows) => rows as unknown as StoredReadState[],
  }),

  /**
   * Messages of others in (after, upTo] of each channel, at most UNREAD_MAX each. The log's own index on scope and
   * position leads to them: one of their own would cost every send a page.
   */
  counts: (userId: Id, behind: readonly { channel_id: Id; after: number }[], upTo: number): Query<Map<Id, number>> => ({
    sql: `SELECT place.value ->> 'channel_id' AS channel_id,
            (SELECT count(*) FROM (
               SELECT 1 FROM events CROSS JOIN messages ON messages.position = events.position
               WHERE events.scope = 'channel:' || (place.value ->> 'channel_id')
                 AND events.position > place.value ->> 'after' AND events.position <= ?
                 AND messages.countable = 1 AND messages.author_id <> ?
               LIMIT ${UNREAD_MAX})) AS unread
          FROM json_each(?) AS place`,
    params: [upTo, userId, JSON.stringify(behind)],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, row.unread as number])),
  }),

  state: (userId: Id, channelId: Id): Query<StoredReadState | null> => ({
    sql: 'SELECT channel_id, last_read_id, read_position, mention_count FROM read_states WHERE user_id = ? AND channel_id = ?',
    params: [userId, channelId],
    map: (rows) => (rows[0] as unknown as StoredReadState | undefined) ?? null,
  }),
};
