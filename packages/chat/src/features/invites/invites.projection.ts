import type { Invite } from '@snug/protocol';
import { add, id, insert, integer, nullable, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const invitesTable = table(
  'invites',
  {
    code: text,
    server_id: nullable(id),
    /** Of a link into a group. */
    channel_id: nullable(id),
    role_id: nullable(id),
    created_by: id,
    max_uses: integer,
    uses: integer,
    expires_at: nullable(integer),
    note: text,
    created_at: integer,
  },
  {
    key: ['code'],
    indexes: [{ columns: ['server_id'] }, { columns: ['channel_id'], where: 'channel_id IS NOT NULL' }],
  },
);

const insertInvite = insert(invitesTable);
const countUse = add(invitesTable, 'uses', ['code']);
const removeInvite = remove(invitesTable, ['code']);
const removeLinks = remove(invitesTable, ['channel_id']);

export const invitesProjection: Projection = {
  name: 'invites',
  version: 4,
  tables: [invitesTable],
  on: {
    INVITE_CREATE: ({ body, at }) => [insertInvite(rowOf(body, at))],
    INVITE_USE: ({ body }) => [countUse({ code: body.code, uses: 1 })],
    INVITE_DELETE: ({ body }) => [removeInvite({ code: body.code })],
    GROUP_INVITE_CREATE: ({ body, at }) => [insertInvite(rowOf(body, at))],
    GROUP_INVITE_USE: ({ body }) => [countUse({ code: body.code, uses: 1 })],
    GROUP_INVITE_DELETE: ({ body }) => [removeInvite({ code: body.code })],
    // The links of a group end with it; a server's are of no use without it.
    CHANNEL_DELETE: ({ body }) => [removeLinks({ channel_id: body.id })],
  },
};

function rowOf(body: Invite, at: number) {
  return {
    code: body.code,
    server_id: body.server_id ?? null,
    channel_id: body.channel_id ?? null,
    role_id: body.role_id ?? null,
    created_by: body.created_by,
    max_uses: body.max_uses,
    uses: 0,
    expires_at: body.expires_at === null ? null : Date.parse(body.expires_at),
    note: body.note,
    created_at: at,
  };
}
