import type { Channel } from '@snug/protocol';
import { add, id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/**
 * The newest message is not kept here: it would make every send write another row, and the messages' own index finds
 * it at once.
 */
export const channelsTable = table(
  'channels',
  {
    id,
    server_id: nullable(id),
    category_id: nullable(id),
    parent_id: nullable(id),
    /** The message a thread began from. */
    message_id: nullable(id),
    owner_id: nullable(id),
    type: text,
    name: text,
    topic: text,
    position: integer,
    is_private: integer,
    is_nsfw: integer,
    is_archived: integer,
    slow_mode_delay: integer,
    permission_overrides: text,
    visibility: nullable(text),
    auto_archive_after: nullable(integer),
    /** Of threads. */
    message_count: nullable(integer),
    last_pin_at: nullable(integer),
    /** Both people of a DM, smaller id first: there is one DM a pair. */
    dm_key: nullable(text),
    /** `<parent>:<message>`: a message begins one thread. */
    thread_key: nullable(text),
    created_at: integer,
    updated_at: integer,
    deleted_at: nullable(integer),
  },
  {
    key: ['id'],
    unique: [['dm_key'], ['thread_key']],
    indexes: [
      { columns: ['server_id', 'type', 'is_archived'] },
      { columns: ['parent_id', 'id'], where: 'parent_id IS NOT NULL' },
    ],
  },
);

const insertChannel = insert(channelsTable);
/** Its message may begin another thread. */
/** What has an owner is a thread or a group: it is called what they called it (E25). */
const unname = patch(channelsTable, ['name', 'topic'], ['owner_id']);
const markDeleted = patch(channelsTable, ['deleted_at', 'thread_key'], ['id']);
const countMessages = add(channelsTable, 'message_count', ['id']);
const notePin = patch(channelsTable, ['last_pin_at'], ['id']);

export function dmKey(a: string, b: string): string {
  return a < b ? `${a}:${b}` : `${b}:${a}`;
}

export function threadKey(parentId: string, messageId: string): string {
  return `${parentId}:${messageId}`;
}

export const channelsProjection: Projection = {
  name: 'channels',
  version: 4,
  tables: [channelsTable],
  on: {
    CHANNEL_CREATE: ({ body, at }) => [insertChannel(rowOf(body, at))],
    CHANNEL_UPDATE: ({ body, at }) =>
      patchGiven(
        channelsTable,
        { id: body.id },
        {
          name: body.name,
          topic: body.topic,
          position: body.position,
          category_id: body.category_id,
          is_private: flag(body.is_private),
          is_nsfw: flag(body.is_nsfw),
          is_archived: flag(body.is_archived),
          slow_mode_delay: body.slow_mode_delay,
          permission_overrides:
            body.permission_overrides === undefined ? undefined : JSON.stringify(body.permission_overrides),
          visibility: body.visibility,
          auto_archive_after: body.auto_archive_after,
          updated_at: at,
        },
      ),
    CHANNEL_DELETE: ({ body, at }) => [markDeleted({ id: body.id, deleted_at: at, thread_key: null })],
    USER_DELETE: ({ body }) => (body.messages === 'erase' ? [unname({ owner_id: body.id, name: '', topic: '' })] : []),
    MESSAGE_CREATE: ({ body }) =>
      body.parent_id === undefined ? [] : [countMessages({ id: body.channel_id, message_count: 1 })],
    MESSAGE_DELETE: ({ body }) =>
      body.parent_id === undefined ? [] : [countMessages({ id: body.channel_id, message_count: -1 })],
    MESSAGE_DELETE_BULK: ({ body }) =>
      body.parent_id === undefined ? [] : [countMessages({ id: body.channel_id, message_count: -body.ids.length })],
    MESSAGE_PIN: ({ body }) => [notePin({ id: body.channel_id, last_pin_at: Date.parse(body.pinned_at) })],
  },
};

function flag(value: boolean | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}

function rowOf(body: Channel, at: number) {
  const [one, other] = body.recipient_ids ?? [];
  return {
    id: body.id,
    server_id: body.server_id ?? null,
    category_id: body.category_id ?? null,
    parent_id: body.parent_id ?? null,
    message_id: body.message_id ?? null,
    owner_id: body.owner_id ?? null,
    type: body.type,
    name: body.name,
    topic: body.topic,
    position: body.position,
    is_private: Number(body.is_private),
    is_nsfw: Number(body.is_nsfw),
    is_archived: Number(body.is_archived),
    slow_mode_delay: body.slow_mode_delay,
    permission_overrides: JSON.stringify(body.permission_overrides ?? []),
    visibility: body.visibility ?? null,
    auto_archive_after: body.auto_archive_after ?? null,
    message_count: body.message_count ?? null,
    last_pin_at: null,
    dm_key: body.type === 'dm' && one !== undefined ? dmKey(one, other ?? one) : null,
    thread_key:
      body.parent_id === undefined || body.message_id === undefined ? null : threadKey(body.parent_id, body.message_id),
    created_at: at,
    updated_at: at,
    deleted_at: null,
  };
}
