import { id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
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
    type: text,
    name: text,
    topic: text,
    position: integer,
    is_private: integer,
    slow_mode_delay: integer,
    /** Both people of a DM, smaller id first: there is one DM a pair. */
    dm_key: nullable(text),
    created_at: integer,
    updated_at: integer,
    deleted_at: nullable(integer),
  },
  { key: ['id'], unique: [['dm_key']], indexes: [{ columns: ['server_id'] }] },
);

export const recipientsTable = table(
  'recipients',
  { user_id: id, channel_id: id },
  { key: ['user_id', 'channel_id'], indexes: [{ columns: ['channel_id'] }] },
);

const insertChannel = insert(channelsTable);
const insertRecipient = insert(recipientsTable);
const markDeleted = patch(channelsTable, ['deleted_at'], ['id']);
export function dmKey(a: string, b: string): string {
  return a < b ? `${a}:${b}` : `${b}:${a}`;
}

export const channelsProjection: Projection = {
  name: 'channels',
  version: 1,
  tables: [channelsTable, recipientsTable],
  on: {
    CHANNEL_CREATE: ({ body, at }) => {
      const [one, other] = body.recipient_ids ?? [];
      return [
        insertChannel({
          id: body.id,
          server_id: body.server_id ?? null,
          category_id: body.category_id ?? null,
          type: body.type,
          name: body.name,
          topic: body.topic,
          position: body.position,
          is_private: Number(body.is_private),
          slow_mode_delay: body.slow_mode_delay,
          dm_key: body.type === 'dm' && one !== undefined ? dmKey(one, other ?? one) : null,
          created_at: at,
          updated_at: at,
          deleted_at: null,
        }),
        ...(body.recipient_ids ?? []).map((user_id) => insertRecipient({ user_id, channel_id: body.id })),
      ];
    },
    CHANNEL_UPDATE: ({ body, at }) =>
      patchGiven(
        channelsTable,
        { id: body.id },
        {
          name: body.name,
          topic: body.topic,
          position: body.position,
          slow_mode_delay: body.slow_mode_delay,
          updated_at: at,
        },
      ),
    CHANNEL_DELETE: ({ body, at }) => [markDeleted({ id: body.id, deleted_at: at })],
  },
};
