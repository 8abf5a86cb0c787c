import {
  id,
  insert,
  integer,
  nullable,
  patch,
  type RowOperation,
  remove,
  table,
  text,
  upsert,
} from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** `content_html` is not stored: it is made from the content as a page is read. */
export const messagesTable = table(
  'messages',
  {
    position: integer,
    id,
    channel_id: id,
    author_id: id,
    type: text,
    content: text,
    reply_to_id: nullable(id),
    /** Of a message in a thread: the channel it hangs under. */
    parent_id: nullable(id),
    mentions: text,
    mention_roles: text,
    mention_everyone: integer,
    is_pinned: integer,
    nonce: nullable(text),
    origin: nullable(text),
    /** 1 if it can be unread at all: said by a person, here, now (E22). */
    countable: integer,
    slow_mode_delay: nullable(integer),
    edited_at: nullable(integer),
    created_at: integer,
    deleted_at: nullable(integer),
  },
  {
    key: ['position'],
    unique: [['channel_id', 'id']],
  },
);

/** When somebody last wrote in a channel in slow mode: what the next message waits for (E12). */
export const lastSentTable = table(
  'last_sent',
  { channel_id: id, user_id: id, at: integer },
  { key: ['channel_id', 'user_id'] },
);

const insertMessage = insert(messagesTable);
const noteSent = upsert(lastSentTable);
const pinMessage = patch(messagesTable, ['is_pinned'], ['channel_id', 'id']);
const forgetSent = remove(lastSentTable, ['channel_id']);
const editMessage = patch(
  messagesTable,
  ['content', 'mentions', 'mention_roles', 'mention_everyone', 'edited_at'],
  ['channel_id', 'id'],
);
const deleteMessage = patch(
  messagesTable,
  ['content', 'mentions', 'mention_roles', 'nonce', 'is_pinned', 'countable', 'deleted_at'],
  ['channel_id', 'id'],
);
const removeMessage = remove(messagesTable, ['channel_id', 'id']);

export const messagesProjection: Projection = {
  name: 'messages',
  version: 2,
  tables: [messagesTable, lastSentTable],
  on: {
    MESSAGE_CREATE: ({ body, position, at }) => {
      const row = insertMessage({
        position,
        id: body.id,
        channel_id: body.channel_id,
        author_id: body.author_id,
        type: body.type,
        content: body.content,
        reply_to_id: body.reply_to_id ?? null,
        parent_id: body.parent_id ?? null,
        mentions: body.mentions.length === 0 ? '[]' : JSON.stringify(body.mentions),
        mention_roles: body.mention_roles.length === 0 ? '[]' : JSON.stringify(body.mention_roles),
        mention_everyone: Number(body.mention_everyone),
        is_pinned: Number(body.is_pinned),
        nonce: body.nonce ?? null,
        origin: body.origin ?? null,
        countable: Number(body.origin === undefined && (body.type === 'default' || body.type === 'reply')),
        slow_mode_delay: body.slow_mode_delay ?? null,
        edited_at: null,
        created_at: Date.parse(body.created_at),
        deleted_at: null,
      });
      if (body.slow_mode_delay === undefined) return [row];
      const { channel_id, author_id: user_id } = body;
      return [row, noteSent({ channel_id, user_id, at })];
    },
    MESSAGE_UPDATE: ({ body }) => [
      editMessage({
        channel_id: body.channel_id,
        id: body.id,
        content: body.content,
        mentions: JSON.stringify(body.mentions),
        mention_roles: JSON.stringify(body.mention_roles),
        mention_everyone: Number(body.mention_everyone),
        edited_at: body.edited_at === null ? null : Date.parse(body.edited_at),
      }),
    ],
    MESSAGE_DELETE: ({ body, at }) => [deleteMessage(deletedRow(body.channel_id, body.id, at))],
    MESSAGE_DELETE_BULK: ({ body, at }) => body.ids.map((id) => deleteMessage(deletedRow(body.channel_id, id, at))),
    MESSAGE_PIN: ({ body }) => [pinMessage({ channel_id: body.channel_id, id: body.message_id, is_pinned: 1 })],
    MESSAGE_UNPIN: ({ body }) => [pinMessage({ channel_id: body.channel_id, id: body.message_id, is_pinned: 0 })],
    PURGE: ({ body }) =>
      Object.entries(body.channels).flatMap(([channel_id, ids]): RowOperation[] => [
        forgetSent({ channel_id }),
        ...ids.map((id) => removeMessage({ channel_id, id })),
      ]),
  },
};

/** What is left of a message: where it stood, whose it was, and that it is gone. */
function deletedRow(channel_id: string, messageId: string, at: number) {
  return {
    channel_id,
    id: messageId,
    content: '',
    mentions: '[]',
    mention_roles: '[]',
    nonce: null,
    is_pinned: 0,
    countable: 0,
    deleted_at: at,
  };
}
