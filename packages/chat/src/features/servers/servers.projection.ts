import { add, id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const serversTable = table(
  'servers',
  {
    id,
    name: text,
    description: text,
    icon_url: text,
    owner_id: id,
    is_public: integer,
    member_count: integer,
    created_at: integer,
    updated_at: integer,
    deleted_at: nullable(integer),
    /** The last position that changed who sees an existing channel of it (E4). */
    visible_since: integer,
  },
  { key: ['id'] },
);

const insertServer = insert(serversTable);
const countMembers = add(serversTable, 'member_count', ['id']);
const markDeleted = patch(serversTable, ['deleted_at'], ['id']);
const stamp = patch(serversTable, ['visible_since'], ['id']);

export const serversProjection: Projection = {
  name: 'servers',
  version: 1,
  tables: [serversTable],
  on: {
    SERVER_CREATE: ({ body, at }) => [
      insertServer({
        id: body.id,
        name: body.name,
        description: body.description,
        icon_url: body.icon_url,
        owner_id: body.owner_id,
        is_public: Number(body.is_public),
        member_count: 0,
        created_at: at,
        updated_at: at,
        deleted_at: null,
        visible_since: 0,
      }),
    ],
    SERVER_UPDATE: ({ body, at }) =>
      patchGiven(
        serversTable,
        { id: body.id },
        { name: body.name, description: body.description, icon_url: body.icon_url, updated_at: at },
      ),
    SERVER_DELETE: ({ body, at }) => [markDeleted({ id: body.id, deleted_at: at })],
    MEMBER_ADD: ({ body }) => [countMembers({ id: body.server_id, member_count: 1 })],
    MEMBER_REMOVE: ({ body }) => [countMembers({ id: body.server_id, member_count: -1 })],
    ROLE_UPDATE: ({ body, position }) =>
      body.permissions === undefined ? [] : [stamp({ id: body.server_id, visible_since: position })],
  },
};
