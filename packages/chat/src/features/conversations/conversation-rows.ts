/** Reads of conversations that the world does not hold. */
import type { Id, Invite, Message } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import { inviteEntity } from '../invites/invites.queries.ts';
import { messageEntity } from '../messages/messages.queries.ts';
import { COUNT_UNREAD } from '../reads/reads.queries.ts';

export interface GroupBanRow {
  readonly user_id: Id;
  readonly banned_by: Id;
  readonly created_at: string;
}

export const conversationQueries = {
  /** Those after `after`, by user id. */
  bans: (channelId: Id, after: Id, limit: number): Query<GroupBanRow[]> => ({
    sql: 'SELECT * FROM group_bans WHERE channel_id = ? AND user_id > ? ORDER BY user_id LIMIT ?',
    params: [channelId, after, limit],
    map: (rows) =>
      rows.map((row) => ({
        user_id: row.user_id as Id,
        banned_by: row.banned_by as Id,
        created_at: new Date(row.created_at as number).toISOString(),
      })),
  }),

  /** Links of a group that still work, newest first, from behind the code `after`. */
  liveInvites: (channelId: Id, now: number, after: string | null, limit: number): Query<Invite[]> => ({
    sql: `SELECT * FROM invites WHERE channel_id = ?1 AND (expires_at IS NULL OR expires_at > ?2)
            AND (max_uses = 0 OR uses < max_uses)
            AND (?3 IS NULL OR (created_at, code) < (SELECT created_at, code FROM invites WHERE code = ?3))
          ORDER BY created_at DESC, code DESC LIMIT ?4`,
    params: [channelId, now, after, limit],
    map: (rows) => rows.map(inviteEntity),
  }),

  /** The newest message of each channel that was not deleted. One seek a channel. */
  newest: (channelIds: readonly Id[], upTo: number): Query<Map<Id, Message>> => ({
    sql: `SELECT messages.* FROM json_each(?) AS place CROSS JOIN messages
          ON messages.channel_id = place.value AND messages.id =
            (SELECT id FROM messages AS one WHERE one.channel_id = place.value AND one.deleted_at IS NULL
               AND one.position <= ? ORDER BY one.id DESC LIMIT 1)`,
    params: [JSON.stringify(channelIds), upTo],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, messageEntity(row)])),
  }),

  /** How far somebody has read each channel, and how many messages of others lie above that, at most UNREAD_MAX. */
  reading: (userId: Id, channelIds: readonly Id[], upTo: number): Query<Map<Id, Reading>> => ({
    sql: `WITH place (channel_id, after) AS MATERIALIZED (
            SELECT asked.value, coalesce(read_states.read_position, 0) FROM json_each(?3) AS asked
            LEFT JOIN read_states ON read_states.user_id = ?2 AND read_states.channel_id = asked.value) ${COUNT_UNREAD}`,
    params: [upTo, userId, JSON.stringify(channelIds)],
    map: (rows) =>
      new Map(
        rows.map((row) => [row.channel_id as Id, { read_position: row.after as number, unread: row.unread as number }]),
      ),
  }),
};

export interface Reading {
  readonly read_position: number;
  readonly unread: number;
}
