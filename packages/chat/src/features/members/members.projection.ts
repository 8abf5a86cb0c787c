import { id, insert, integer, nullable, patch, patchGiven, remove, table, text, upsert } from '../../log/rows.ts';
import type { Projection } from '../../projections/projection.ts';

export const membersTable = table(
  'members',
  {
    server_id: id,
    user_id: id,
    nickname: text,
    /** May name roles that are gone. */
    role_ids: text,
    joined_at: integer,
    /** Everything before it counts as read (E22). */
    joined_position: integer,
    is_muted: integer,
    is_deafened: integer,
  },
  { key: ['server_id', 'user_id'], indexes: [{ columns: ['user_id'] }] },
);

/** Apart from the membership, for leaving and coming back does not end a timeout. */
export const timeoutsTable = table(
  'timeouts',
  { server_id: id, user_id: id, until: integer },
  { key: ['server_id', 'user_id'] },
);

const insertMember = insert(membersTable);
const removeMember = remove(membersTable, ['server_id', 'user_id']);
const unname = patch(membersTable, ['nickname'], ['user_id']);
const setTimedOut = upsert(timeoutsTable);
const endTimeout = remove(timeoutsTable, ['server_id', 'user_id']);

export const membersProjection: Projection = {
  name: 'members',
  version: 3,
  tables: [membersTable, timeoutsTable],
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
    MEMBER_UPDATE: ({ body }) => {
      const { server_id, user_id, timed_out_until } = body;
      if (server_id === undefined) return [];
      const operations = patchGiven(
        membersTable,
        { server_id, user_id },
        {
          nickname: body.nickname,
          role_ids: body.role_ids === undefined ? undefined : JSON.stringify(body.role_ids),
          is_muted: body.is_muted === undefined ? undefined : Number(body.is_muted),
          is_deafened: body.is_deafened === undefined ? undefined : Number(body.is_deafened),
        },
      );
      if (timed_out_until === null) operations.push(endTimeout({ server_id, user_id }));
      else if (timed_out_until !== undefined)
        operations.push(setTimedOut({ server_id, user_id, until: Date.parse(timed_out_until) }));
      return operations;
    },
    // The log blanks it with the account, before the membership ends (E25).
    USER_DELETE: ({ body }) => [unname({ user_id: body.id, nickname: '' })],
    MEMBER_REMOVE: ({ body }) => [removeMember({ server_id: body.server_id, user_id: body.user_id })],
  },
};

export const bansTable = table(
  'bans',
  { server_id: id, user_id: id, reason: text, banned_by: nullable(id), created_at: integer },
  { key: ['server_id', 'user_id'] },
);

const setBan = upsert(bansTable);
const removeBan = remove(bansTable, ['server_id', 'user_id']);

export const bansProjection: Projection = {
  name: 'bans',
  version: 1,
  tables: [bansTable],
  on: {
    BAN_ADD: ({ body, at }) => [
      setBan({
        server_id: body.server_id,
        user_id: body.user_id,
        reason: body.reason,
        banned_by: body.banned_by,
        created_at: at,
      }),
    ],
    BAN_REMOVE: ({ body }) => [removeBan({ server_id: body.server_id, user_id: body.user_id })],
  },
};
