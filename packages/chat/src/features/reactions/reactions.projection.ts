import { add, ensure, id, insert, integer, type RowOperation, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** A row per reaction: found by message, and in the order in which people reacted. */
export const reactionsTable = table(
  'reactions',
  {
    channel_id: id,
    message_id: id,
    emoji: text,
    user_id: id,
    position: integer,
    is_super: integer,
    created_at: integer,
  },
  {
    key: ['channel_id', 'message_id', 'emoji', 'user_id'],
    indexes: [{ columns: ['channel_id', 'message_id', 'emoji', 'position'] }],
  },
);

/**
 * A row per emoji of a message that somebody reacted with, so that a page of messages costs the same however many did.
 * The row goes with the last reaction: an emoji that comes back stands last again, as clients that heard it all show it.
 */
export const reactionCountsTable = table(
  'reaction_counts',
  { channel_id: id, message_id: id, emoji: text, first_position: integer, count: integer, super_count: integer },
  { key: ['channel_id', 'message_id', 'emoji'] },
);

/** The super reactions of a user and UTC day. Taking one back does not give another (REACT5). */
export const superReactionsTable = table(
  'super_reactions',
  { user_id: id, day: text, position: integer },
  { key: ['user_id', 'day', 'position'] },
);

const insertReaction = insert(reactionsTable);
const ensureCount = ensure(reactionCountsTable);
const countOne = add(reactionCountsTable, 'count', ['channel_id', 'message_id', 'emoji']);
const countSuper = add(reactionCountsTable, 'super_count', ['channel_id', 'message_id', 'emoji']);
const removeReaction = remove(reactionsTable, ['channel_id', 'message_id', 'emoji', 'user_id']);
/** Only where nothing is left of it: `count` is given as 0. */
const removeCount = remove(reactionCountsTable, ['channel_id', 'message_id', 'emoji', 'count']);
const clearEmoji = remove(reactionsTable, ['channel_id', 'message_id', 'emoji']);
const clearEmojiCount = remove(reactionCountsTable, ['channel_id', 'message_id', 'emoji']);
const clearReactions = remove(reactionsTable, ['channel_id', 'message_id']);
const clearCounts = remove(reactionCountsTable, ['channel_id', 'message_id']);
const spendSuper = insert(superReactionsTable);

/** The UTC day of a time in ms, as `2026-11-20`. */
export function utcDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

export const reactionsProjection: Projection = {
  name: 'reactions',
  version: 4,
  tables: [reactionsTable, reactionCountsTable, superReactionsTable],
  on: {
    MESSAGE_REACTION_ADD: ({ body, position, at }) => {
      const { channel_id, message_id, emoji, user_id } = body;
      const of = { channel_id, message_id, emoji };
      const rows: RowOperation[] = [
        insertReaction({ ...of, user_id, position, is_super: Number(body.is_super), created_at: at }),
        ensureCount({ ...of, first_position: position, count: 0, super_count: 0 }),
        countOne({ ...of, count: 1 }),
      ];
      if (body.is_super)
        rows.push(countSuper({ ...of, super_count: 1 }), spendSuper({ user_id, day: utcDay(at), position }));
      return rows;
    },
    MESSAGE_REACTION_REMOVE: ({ body: { channel_id, message_id, emoji, user_id, is_super } }) => {
      const of = { channel_id, message_id, emoji };
      const rows: RowOperation[] = [removeReaction({ ...of, user_id }), countOne({ ...of, count: -1 })];
      if (is_super) rows.push(countSuper({ ...of, super_count: -1 }));
      return [...rows, removeCount({ ...of, count: 0 })];
    },
    MESSAGE_REACTION_CLEAR: ({ body: { channel_id, message_id, emoji } }) =>
      emoji === null
        ? [clearReactions({ channel_id, message_id }), clearCounts({ channel_id, message_id })]
        : [clearEmoji({ channel_id, message_id, emoji }), clearEmojiCount({ channel_id, message_id, emoji })],
    MESSAGE_DELETE: ({ body: { channel_id, id: message_id } }) => withMessage(channel_id, message_id),
    MESSAGE_DELETE_BULK: ({ body }) => body.ids.flatMap((message_id) => withMessage(body.channel_id, message_id)),
    PURGE: ({ body }) =>
      Object.entries(body.channels).flatMap(([channelId, ids]) => ids.flatMap((one) => withMessage(channelId, one))),
  },
};

function withMessage(channel_id: string, message_id: string): RowOperation[] {
  return [clearReactions({ channel_id, message_id }), clearCounts({ channel_id, message_id })];
}
