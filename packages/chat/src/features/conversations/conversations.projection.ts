import { id, insert, integer, nullable, patch, remove, table, text, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

/** The people of DMs and groups. */
export const recipientsTable = table(
  'recipients',
  { user_id: id, channel_id: id, role: nullable(text), joined_at: integer },
  { key: ['user_id', 'channel_id'], indexes: [{ columns: ['channel_id'] }] },
);

export const groupBansTable = table(
  'group_bans',
  { channel_id: id, user_id: id, banned_by: id, created_at: integer },
  { key: ['channel_id', 'user_id'] },
);

const insertRecipient = insert(recipientsTable);
const setRecipient = upsert(recipientsTable);
const setRole = patch(recipientsTable, ['role'], ['user_id', 'channel_id']);
const removeRecipient = remove(recipientsTable, ['user_id', 'channel_id']);
const setBan = upsert(groupBansTable);
const removeBan = remove(groupBansTable, ['channel_id', 'user_id']);

export const conversationsProjection: Projection = {
  name: 'recipients',
  version: 1,
  tables: [recipientsTable, groupBansTable],
  on: {
    CHANNEL_CREATE: ({ body, at }) => {
      const roles = new Map((body.recipients ?? []).map(({ user_id, role }) => [user_id, role]));
      return (body.recipient_ids ?? []).map((user_id) =>
        insertRecipient({ user_id, channel_id: body.id, role: roles.get(user_id) ?? null, joined_at: at }),
      );
    },
    RECIPIENT_ADD: ({ body }) => [
      setRecipient({
        user_id: body.user_id,
        channel_id: body.channel_id,
        role: body.role,
        joined_at: Date.parse(body.joined_at),
      }),
    ],
    RECIPIENT_UPDATE: ({ body }) =>
      body.role === undefined ? [] : [setRole({ user_id: body.user_id, channel_id: body.channel_id, role: body.role })],
    RECIPIENT_REMOVE: ({ body, at }) => [
      removeRecipient({ user_id: body.user_id, channel_id: body.channel_id }),
      ...(body.is_banned
        ? [
            setBan({
              channel_id: body.channel_id,
              user_id: body.user_id,
              banned_by: body.removed_by,
              created_at: at,
            }),
          ]
        : []),
    ],
    RECIPIENT_UNBAN: ({ body }) => [removeBan({ channel_id: body.channel_id, user_id: body.user_id })],
  },
};
