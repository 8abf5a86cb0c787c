import type { Id, Invite } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';

const time = (ms: unknown): string => new Date(ms as number).toISOString();

export function inviteEntity(row: SqlRow): Invite {
  return {
    code: row.code as string,
    ...(row.server_id === null ? {} : { server_id: row.server_id as Id }),
    ...(row.channel_id === null ? {} : { channel_id: row.channel_id as Id }),
    ...(row.role_id === null ? {} : { role_id: row.role_id as Id }),
    created_by: row.created_by as Id,
    max_uses: row.max_uses as number,
    uses: row.uses as number,
    expires_at: row.expires_at === null ? null : time(row.expires_at),
    note: row.note as string,
    created_at: time(row.created_at),
  };
}

export const inviteQueries = {
  one: (code: string): Query<Invite | null> => ({
    sql: 'SELECT * FROM invites WHERE code = ?',
    params: [code],
    map: ([row]) => (row === undefined ? null : inviteEntity(row)),
  }),

  /** Those of a server that still work, newest first; behind the invite `after`, if that is still there. */
  live: (serverId: Id, now: number, limit: number, after = ''): Query<Invite[]> => ({
    sql: `SELECT invites.* FROM invites LEFT JOIN invites AS last ON last.code = ? AND last.server_id = invites.server_id
          WHERE invites.server_id = ? AND (invites.expires_at IS NULL OR invites.expires_at > ?)
            AND (invites.max_uses = 0 OR invites.uses < invites.max_uses)
            AND (last.code IS NULL OR invites.created_at < last.created_at
              OR (invites.created_at = last.created_at AND invites.code > last.code))
          ORDER BY invites.created_at DESC, invites.code LIMIT ?`,
    params: [after, serverId, now, limit],
    map: (rows) => rows.map(inviteEntity),
  }),
};

export function isLive(invite: Invite, now: number): boolean {
  return (
    (invite.expires_at === null || Date.parse(invite.expires_at) > now) &&
    (invite.max_uses === 0 || invite.uses < invite.max_uses)
  );
}
