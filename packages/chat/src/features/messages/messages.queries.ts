/** Pages of messages, and one message. `content_html` is made here, from the content. */
import { firstIdAt, type Id, isId, type Message, type MessageType, renderHtml } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';

export interface StoredMessage {
  readonly message: Message;
  readonly position: number;
}

const COLUMNS = `position, id, channel_id, author_id, type, content, reply_to_id, parent_id, mentions, mention_roles,
  mention_everyone, is_pinned, slow_mode_delay, nonce, origin, edited_at, created_at`;
const LIVING = 'deleted_at IS NULL';

const time = (ms: unknown): string => new Date(ms as number).toISOString();
const list = (json: unknown): Id[] => (json === '[]' ? [] : (JSON.parse(json as string) as Id[]));

export function messageEntity(row: SqlRow): Message {
  return {
    id: row.id as Id,
    channel_id: row.channel_id as Id,
    author_id: row.author_id as Id,
    content: row.content as string,
    content_html: renderHtml(row.content as string),
    ...(row.reply_to_id === null ? {} : { reply_to_id: row.reply_to_id as Id }),
    ...(row.parent_id === null ? {} : { parent_id: row.parent_id as Id }),
    type: row.type as MessageType,
    attachments: [],
    embeds: [],
    mentions: list(row.mentions),
    mention_roles: list(row.mention_roles),
    mention_everyone: row.mention_everyone === 1,
    reactions: [],
    is_pinned: row.is_pinned === 1,
    is_edited: row.edited_at !== null,
    edited_at: row.edited_at === null ? null : time(row.edited_at),
    ...(row.slow_mode_delay === null ? {} : { slow_mode_delay: row.slow_mode_delay as number }),
    ...(row.nonce === null ? {} : { nonce: row.nonce as string }),
    ...(row.origin === null ? {} : { origin: 'import' as const }),
    created_at: time(row.created_at),
  };
}

const many = (rows: SqlRow[]): Message[] => rows.map(messageEntity);

/** An id holds 48 bits of ms: until the year 10889. Times that JavaScript knows beyond it are after every id. */
const MAX_ID_TIME = 2 ** 48 - 1;

/** An id or a time as a bound among ids. */
export function idBound(cursor: string): Id {
  return isId(cursor) ? cursor : firstIdAt(Math.min(MAX_ID_TIME, Math.max(0, Date.parse(cursor))));
}

export const messageQueries = {
  one: (channelId: Id, id: Id): Query<StoredMessage | null> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE channel_id = ? AND id = ? AND ${LIVING}`,
    params: [channelId, id],
    map: ([row]) => (row === undefined ? null : { message: messageEntity(row), position: row.position as number }),
  }),

  /** The newest first. */
  newest: (channelId: Id, limit: number): Query<Message[]> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE channel_id = ? AND ${LIVING} ORDER BY id DESC LIMIT ?`,
    params: [channelId, limit],
    map: many,
  }),

  before: (channelId: Id, bound: Id, limit: number): Query<Message[]> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE channel_id = ? AND id < ? AND ${LIVING} ORDER BY id DESC LIMIT ?`,
    params: [channelId, bound, limit],
    map: many,
  }),

  /** Rising; the caller turns it round. `from` itself is included where `inclusive`. */
  after: (channelId: Id, bound: Id, limit: number, inclusive = false): Query<Message[]> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE channel_id = ? AND id ${inclusive ? '>=' : '>'} ? AND ${LIVING} ORDER BY id LIMIT ?`,
    params: [channelId, bound, limit],
    map: many,
  }),

  /** Those that are there, the latest first. */
  atPositions: (positions: readonly number[]): Query<Message[]> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE position IN (SELECT value FROM json_each(?)) AND ${LIVING}
          ORDER BY position DESC`,
    params: [JSON.stringify(positions)],
    map: many,
  }),

  byIds: (channelId: Id, ids: readonly Id[]): Query<Message[]> => ({
    sql: `SELECT ${COLUMNS} FROM messages WHERE channel_id = ? AND id IN (SELECT value FROM json_each(?)) AND ${LIVING}`,
    params: [channelId, JSON.stringify(ids)],
    map: many,
  }),

  isThere: (channelId: Id, id: Id): Query<boolean> => ({
    sql: `SELECT 1 FROM messages WHERE channel_id = ? AND id = ? AND ${LIVING}`,
    params: [channelId, id],
    map: (rows) => rows.length > 0,
  }),

  /** Which of these are there, oldest first. */
  idsThere: (channelId: Id, ids: readonly Id[]): Query<Id[]> => ({
    sql: `SELECT id FROM messages WHERE channel_id = ? AND id IN (SELECT value FROM json_each(?)) AND ${LIVING} ORDER BY id`,
    params: [channelId, JSON.stringify(ids)],
    map: (rows) => rows.map((row) => row.id as Id),
  }),

  /** The position of a message, deleted ones included, and of the one before it. */
  placeOf: (channelId: Id, id: Id): Query<number | null> => ({
    sql: 'SELECT position FROM messages WHERE channel_id = ? AND id = ?',
    params: [channelId, id],
    map: ([row]) => (row === undefined ? null : (row.position as number)),
  }),

  /** The id of the message just below, deleted ones left out. */
  idBelow: (channelId: Id, id: Id): Query<Id | null> => ({
    sql: `SELECT id FROM messages WHERE channel_id = ? AND id < ? AND ${LIVING} ORDER BY id DESC LIMIT 1`,
    params: [channelId, id],
    map: ([row]) => (row === undefined ? null : (row.id as Id)),
  }),
};
