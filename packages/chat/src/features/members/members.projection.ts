import { id, insert, integer, patchGiven, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const membersTable = table(
  'members',
  {
    server_id: id,
    user_id: id,
    nickname: text,
    role_ids: text,
    joined_at: integer,
    /** Everything before it counts as read (E22). */
    joined_position: integer,
    is_muted: integer,
    is_deafened: integer,
  },
  { key: ['server_id', 'user_id'], indexes: [{ columns: ['user_id'] }] },
);

const insertMember = insert(membersTable);
const removeMember = remove(membersTable, ['server_id', 'user_id']);

export const membersProjection: Projection = {
  name: 'members',
  version: 1,
  tables: [membersTable],
  on: {
    MEMBER_ADD: ({ body, position }) => [
      insertMember({
        server_id: body.server_id,
        user_id: body.user_id,
        nickname: body.nickname,
        role_ids: JSON.stringify(body.role_ids),
        joined_at: Date.parse(body.joined_at),
        joined_position: position,
        is_muted: Number(body.is_muted),
        is_deafened: Number(body.is_deafened),
      }),
    ],
    MEMBER_UPDATE: ({ body }) =>
      body.server_id === undefined
        ? []
        : patchGiven(membersTable, { server_id: body.server_id, user_id: body.user_id }, { nickname: body.nickname }),
    MEMBER_REMOVE: ({ body }) => [removeMember({ server_id: body.server_id, user_id: body.user_id })],
  },
};
