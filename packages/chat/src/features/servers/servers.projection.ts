import { add, id, insert, integer, nullable, patch, patchGiven, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';
import { changesView } from '../channels/channels.queries.ts';

export const serversTable = table(
  'servers',
  {
    id,
    name: text,
    description: text,
    icon_url: text,
    owner_id: id,
    is_public: integer,
    system_channel_id: nullable(id),
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
  version: 2,
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
        system_channel_id: body.system_channel_id,
        member_count: 0,
        created_at: at,
        updated_at: at,
        deleted_at: null,
        visible_since: 0,
      }),
    ],
    SERVER_UPDATE: ({ body, at, position }) =>
      patchGiven(
        serversTable,
        { id: body.id },
        {
          name: body.name,
          description: body.description,
          icon_url: body.icon_url,
          is_public: body.is_public === undefined ? undefined : Number(body.is_public),
          system_channel_id: body.system_channel_id,
          owner_id: body.owner_id,
          visible_since: body.owner_id === undefined ? undefined : position,
          updated_at: at,
        },
      ),
    SERVER_DELETE: ({ body, at }) => [markDeleted({ id: body.id, deleted_at: at })],
    MEMBER_ADD: ({ body }) => [countMembers({ id: body.server_id, member_count: 1 })],
    MEMBER_REMOVE: ({ body }) => [countMembers({ id: body.server_id, member_count: -1 })],
    ROLE_UPDATE: ({ body, position }) =>
      body.permissions === undefined ? [] : [stamp({ id: body.server_id, visible_since: position })],
    ROLE_DELETE: ({ body, position }) => [stamp({ id: body.server_id, visible_since: position })],
    CATEGORY_UPDATE: ({ body, position }) =>
      body.permission_overrides === undefined ? [] : [stamp({ id: body.server_id, visible_since: position })],
    CATEGORY_DELETE: ({ body, position }) => [stamp({ id: body.server_id, visible_since: position })],
    CHANNEL_UPDATE: ({ body, position }) =>
      body.server_id === undefined || !changesView(body)
        ? []
        : [stamp({ id: body.server_id, visible_since: position })],
  },
};
