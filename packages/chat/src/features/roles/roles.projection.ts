import { id, insert, integer, patchGiven, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const rolesTable = table(
  'roles',
  {
    id,
    server_id: id,
    name: text,
    color: integer,
    position: integer,
    permissions: text,
    is_default: integer,
    is_mentionable: integer,
    created_at: integer,
  },
  { key: ['id'], indexes: [{ columns: ['server_id'] }] },
);

const insertRole = insert(rolesTable);
const removeRole = remove(rolesTable, ['id']);

export const rolesProjection: Projection = {
  name: 'roles',
  version: 2,
  tables: [rolesTable],
  on: {
    ROLE_CREATE: ({ body, at }) => [
      insertRole({
        id: body.id,
        server_id: body.server_id,
        name: body.name,
        color: body.color,
        position: body.position,
        permissions: body.permissions,
        is_default: Number(body.is_default),
        is_mentionable: Number(body.is_mentionable),
        created_at: at,
      }),
    ],
    ROLE_UPDATE: ({ body }) =>
      patchGiven(
        rolesTable,
        { id: body.id },
        {
          name: body.name,
          color: body.color,
          position: body.position,
          permissions: body.permissions,
          is_mentionable: body.is_mentionable === undefined ? undefined : Number(body.is_mentionable),
        },
      ),
    ROLE_DELETE: ({ body }) => [removeRole({ id: body.id })],
  },
};
