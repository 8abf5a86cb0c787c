import type { Ban, Id } from '@snug/protocol';
import { serverScope } from '../../log/envelope.ts';
import type { Query, SqlRow } from '../../log/log.ts';
import { PERSONAL_TYPES } from '../../log/sqlite/schema.ts';

/** As in the index of events about people, so that it is used. */
const ABOUT_PEOPLE = PERSONAL_TYPES.map((type) => `'${type}'`).join(', ');

function banEntity(row: SqlRow): Ban {
  return {
    server_id: row.server_id as Id,
    user_id: row.user_id as Id,
    reason: row.reason as string,
    banned_by: row.banned_by as Id,
    created_at: new Date(row.created_at as number).toISOString(),
  };
}

export const banQueries = {
  /** Those after `after`, by user id. */
  page: (serverId: Id, after: Id, limit: number): Query<Ban[]> => ({
    sql: 'SELECT * FROM bans WHERE server_id = ? AND user_id > ? ORDER BY user_id LIMIT ?',
    params: [serverId, after, limit],
    map: (rows) => rows.map(banEntity),
  }),

  /** Whether somebody ever was a member. */
  everJoined: (serverId: Id, userId: Id): Query<boolean> => ({
    sql: `SELECT 1 FROM events WHERE subject = ? AND type IN (${ABOUT_PEOPLE}) AND type = 'MEMBER_ADD' AND scope = ? LIMIT 1`,
    params: [userId, serverScope(serverId)],
    map: (rows) => rows.length > 0,
  }),
};
