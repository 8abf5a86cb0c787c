/** What was reacted to messages: for pages, for one reaction, and who it was. */
import { type Id, LIMITS, type Message, type Reaction } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';

/** Message to its reactions, in the order of first use. */
export type ReactionsOf = ReadonlyMap<Id, Reaction[]>;

/** What is known before somebody reacts, or takes it back. */
export interface ReactionFacts {
  /** Theirs with this emoji. */
  readonly own: { readonly position: number; readonly isSuper: boolean } | null;
  /** Whether anybody has used this emoji there. */
  readonly isKnown: boolean;
}

export interface Reacted {
  readonly user_id: Id;
  readonly is_super: boolean;
  readonly created_at: string;
}

/** Of each emoji: how many, the first ten, and whether the one who asks is among all of them. */
const shown = (source: string, where: string): string =>
  `SELECT counts.message_id, counts.emoji, counts.count, counts.super_count,
     (SELECT json_group_array(user_id) FROM (SELECT user_id FROM reactions
        WHERE channel_id = counts.channel_id AND message_id = counts.message_id AND emoji = counts.emoji
        ORDER BY position LIMIT ${LIMITS.REACTION_USERS})) AS users,
     EXISTS (SELECT 1 FROM reactions WHERE channel_id = counts.channel_id AND message_id = counts.message_id
        AND emoji = counts.emoji AND user_id = ?) AS me
   FROM ${source} WHERE ${where} ORDER BY counts.message_id, counts.first_position`;

const BETWEEN = shown(
  'reaction_counts AS counts',
  'counts.channel_id = ? AND counts.message_id >= ? AND counts.message_id <= ?',
);
const OF_MESSAGES = shown(
  'json_each(?) AS asked CROSS JOIN reaction_counts AS counts',
  "counts.channel_id = asked.value ->> 'channel_id' AND counts.message_id = asked.value ->> 'id'",
);

export const reactionQueries = {
  /** Of all messages of a channel from one id to another: a seek where nobody reacted. */
  between: (userId: Id, channelId: Id, from: Id, to: Id): Query<ReactionsOf> => ({
    sql: BETWEEN,
    params: [userId, channelId, from, to],
    map: byMessage,
  }),

  /** Of messages anywhere. */
  ofMessages: (userId: Id, messages: readonly Pick<Message, 'id' | 'channel_id'>[]): Query<ReactionsOf> => ({
    sql: OF_MESSAGES,
    params: [userId, JSON.stringify(messages.map(({ id, channel_id }) => ({ id, channel_id })))],
    map: byMessage,
  }),

  facts: (channelId: Id, messageId: Id, emoji: string, userId: Id): Query<ReactionFacts> => ({
    sql: `SELECT own.position, own.is_super,
            EXISTS (SELECT 1 FROM reaction_counts WHERE channel_id = ?1 AND message_id = ?2 AND emoji = ?3) AS known
          FROM (SELECT 1) LEFT JOIN reactions AS own
            ON own.channel_id = ?1 AND own.message_id = ?2 AND own.emoji = ?3 AND own.user_id = ?4`,
    params: [channelId, messageId, emoji, userId],
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

function byMessage(rows: SqlRow[]): ReactionsOf {
  const found = new Map<Id, Reaction[]>();
  for (const row of rows) {
    const reactions = found.get(row.message_id as Id) ?? [];
    found.set(row.message_id as Id, reactions);
    reactions.push({
      emoji: row.emoji as string,
      count: row.count as number,
      users: JSON.parse(row.users as string) as Id[],
      me: row.me === 1,
      ...(row.super_count === 0 ? {} : { super_count: row.super_count as number }),
    });
  }
  return found;
}
