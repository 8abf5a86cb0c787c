import type { User } from '@snug/protocol';
import { usernameKey } from '@snug/protocol';
import { id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const usersTable = table(
  'users',
  {
    id,
    username: text,
    username_key: text,
    discriminator: text,
    display_name: text,
    avatar_url: text,
    bio: text,
    custom_status: text,
    is_bot: integer,
    origin: nullable(text),
    created_at: integer,
    /** The last position that changed who-sees-what for this user (E4). */
    visible_since: integer,
  },
  { key: ['id'], indexes: [{ columns: ['username_key'] }] },
);

const insertUser = insert(usersTable);
const stampUser = patch(usersTable, ['visible_since'], ['id']);

const columnsOf = (user: User) => ({
  username: user.username,
  username_key: usernameKey(user.username),
  discriminator: user.discriminator,
  display_name: user.display_name,
  avatar_url: user.avatar_url,
  bio: user.bio,
  custom_status: user.custom_status,
});

export const usersProjection: Projection = {
  name: 'users',
  version: 1,
  tables: [usersTable],
  on: {
    USER_CREATE: ({ body }) => [
      insertUser({
        id: body.id,
        ...columnsOf(body),
        is_bot: Number(body.is_bot),
        origin: body.origin ?? null,
        created_at: Date.parse(body.created_at),
        visible_since: 0,
      }),
    ],
    USER_UPDATE: ({ body }) => patchGiven(usersTable, { id: body.id }, columnsOf(body)),
    MEMBER_ADD: ({ body, position }) =>
      body.via === 'invite' ? [stampUser({ id: body.user_id, visible_since: position })] : [],
    MEMBER_REMOVE: ({ body, position }) => [stampUser({ id: body.user_id, visible_since: position })],
  },
};
