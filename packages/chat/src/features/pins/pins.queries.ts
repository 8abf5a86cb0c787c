/** What is pinned in a channel. */
import type { Id } from '@snug/protocol';
import type { Query } from '../../log/log.ts';

interface Pin {
  readonly message_id: Id;
  readonly position: number;
  readonly pinned_by: Id;
  readonly pinned_at: string;
}

export const pinQueries = {
  /** The latest pin first. `below`: a pin's position. */
  latest: (channelId: Id, below: number, limit: number): Query<Pin[]> => ({
    sql: `SELECT message_id, position, pinned_by, pinned_at FROM pins
          WHERE channel_id = ? AND position < ? ORDER BY position DESC LIMIT ?`,
    params: [channelId, below, limit],
    map: (rows) =>
      rows.map((row) => ({
        message_id: row.message_id as Id,
        position: row.position as number,
        pinned_by: row.pinned_by as Id,
        pinned_at: new Date(row.pinned_at as number).toISOString(),
      })),
  }),

  /** The position of a message's pin; null if it is not pinned. */
  place: (channelId: Id, messageId: Id): Query<number | null> => ({
    sql: 'SELECT position FROM pins WHERE channel_id = ? AND message_id = ?',
    params: [channelId, messageId],
    map: ([row]) => (row?.position as number | undefined) ?? null,
  }),
};
