import { add, id, insert, integer, nullable, remove, table, text } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const invitesTable = table(
  'invites',
  {
    code: text,
    server_id: nullable(id),
    created_by: id,
    max_uses: integer,
    uses: integer,
    expires_at: nullable(integer),
    note: text,
    created_at: integer,
  },
  { key: ['code'], indexes: [{ columns: ['server_id'] }] },
);

const insertInvite = insert(invitesTable);
const countUse = add(invitesTable, 'uses', ['code']);
const removeInvite = remove(invitesTable, ['code']);

export const invitesProjection: Projection = {
  name: 'invites',
  version: 2,
  tables: [invitesTable],
  on: {
    INVITE_CREATE: ({ body, at }) => [
      insertInvite({
        code: body.code,
        server_id: body.server_id ?? null,
        created_by: body.created_by,
        max_uses: body.max_uses,
        uses: 0,
        expires_at: body.expires_at === null ? null : Date.parse(body.expires_at),
        note: body.note,
        created_at: at,
      }),
    ],
    INVITE_USE: ({ body }) => [countUse({ code: body.code, uses: 1 })],
    INVITE_DELETE: ({ body }) => [removeInvite({ code: body.code })],
  },
};
