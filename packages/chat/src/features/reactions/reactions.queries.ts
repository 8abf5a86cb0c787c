/** What is known of one reaction, and who reacted. */
import type { Id } from '@snug/protocol';
import type { Query } from '../../log/log.ts';

/** What is known before somebody reacts, or takes it back. */
export interface ReactionFacts {
  /** Theirs with this emoji. */
  readonly own: { readonly position: number; readonly isSuper: boolean } | null;
  /** Whether anybody has used this emoji there. */
  readonly isKnown: boolean;
}

interface Reacted {
  readonly user_id: Id;
  readonly is_super: boolean;
  readonly created_at: string;
}

export const reactionQueries = {
  facts: (channelId: Id, messageId: Id, emoji: string, userId: Id): Query<ReactionFacts> => ({
    sql: `SELECT own.position, own.is_super,
            EXISTS (SELECT 1 FROM reaction_counts WHERE channel_id = ? AND message_id = ? AND emoji = ?) AS known
          FROM (SELECT 1) LEFT JOIN reactions AS own
            ON own.channel_id = ? AND own.message_id = ? AND own.emoji = ? AND own.user_id = ?`,
    params: [channelId, messageId, emoji, channelId, messageId, emoji, userId],
    map: ([row]) => ({
      own: row?.position == null ? null : { position: row.position as number, isSuper: row.is_super === 1 },
      isKnown: row?.known === 1,
    }),
  }),

  /** Whether there is anything to clear: of all emoji where none is given. */
  isAny: (channelId: Id, messageId: Id, emoji: string | undefined): Query<boolean> => ({
    sql: `SELECT 1 FROM reaction_counts WHERE channel_id = ? AND message_id = ?${emoji === undefined ? '' : ' AND emoji = ?'} LIMIT 1`,
    params: [channelId, messageId, ...(emoji === undefined ? [] : [emoji])],
    map: (rows) => rows.length > 0,
  }),

  /** Who reacted with one emoji, by user id. */
  users: (channelId: Id, messageId: Id, emoji: string, after: Id, limit: number): Query<Reacted[]> => ({
    sql: `SELECT user_id, is_super, created_at FROM reactions
          WHERE channel_id = ? AND message_id = ? AND emoji = ? AND user_id > ? ORDER BY user_id LIMIT ?`,
    params: [channelId, messageId, emoji, after, limit],
    map: (rows) =>
      rows.map((row) => ({
        user_id: row.user_id as Id,
        is_super: row.is_super === 1,
        created_at: new Date(row.created_at as number).toISOString(),
      })),
  }),
};
