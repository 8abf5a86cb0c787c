/** What other features may use of receipts. */
import type { Id, Receipt } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent } from '../../log/envelope.ts';
import type { Query, SqlRow } from '../../log/log.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

const time = (ms: unknown): string | null => (ms === null ? null : new Date(ms as number).toISOString());

export const receiptQueries = {
  /** Of the people of a channel, by user; who has none got nowhere yet. */
  ofChannel: (channelId: Id): Query<Map<Id, Receipt>> => ({
    sql: 'SELECT * FROM receipts WHERE channel_id = ?',
    params: [channelId],
    map: (rows) => new Map(rows.map((row) => [row.user_id as Id, receiptEntity(row)])),
  }),

  /** Of one person in several channels, by channel. */
  ofUser: (userId: Id, channelIds: readonly Id[]): Query<Map<Id, Receipt>> => ({
    sql: `SELECT receipts.* FROM json_each(?) AS place
          CROSS JOIN receipts ON receipts.channel_id = place.value AND receipts.user_id = ?`,
    params: [JSON.stringify(channelIds), userId],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, receiptEntity(row)])),
  }),

  /** The newest message of others in each channel at or below a position. Without one a channel is left out. */
  newestOfOthers: (userId: Id, channelIds: readonly Id[], upTo: number): Query<Place[]> => ({
    sql: `SELECT place.value AS channel_id, messages.id AS id, messages.position AS position
          FROM json_each(?) AS place CROSS JOIN messages
          ON messages.channel_id = place.value AND messages.id =
            (SELECT id FROM messages AS one WHERE one.channel_id = place.value AND one.author_id <> ?
               AND one.position <= ? ORDER BY one.id DESC LIMIT 1)`,
    params: [JSON.stringify(channelIds), userId, upTo],
    map: (rows) => rows as unknown as Place[],
  }),
};

export interface Place {
  readonly channel_id: Id;
  /** Of the message. */
  readonly id: Id;
  readonly position: number;
}

function receiptEntity(row: SqlRow): Receipt {
  return {
    channel_id: row.channel_id as Id,
    user_id: row.user_id as Id,
    delivered_position: row.delivered_position as number,
    delivered_id: row.delivered_id as Id | null,
    delivered_at: time(row.delivered_at),
    read_position: row.read_position as number,
    read_id: row.read_id as Id | null,
    read_at: time(row.read_at),
  };
}

/** Of somebody who got nowhere yet. */
export function noReceipt(channelId: Id, userId: Id): Receipt {
  return {
    channel_id: channelId,
    user_id: userId,
    delivered_position: 0,
    delivered_id: null,
    delivered_at: null,
    read_position: 0,
    read_id: null,
    read_at: null,
  };
}

/** DMs and groups have receipts; what one writes to oneself has none. */
export function hasReceipts({ server, recipients }: ChannelState): boolean {
  return server === null && recipients.length > 1;
}

interface Effects {
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
}

const NOTHING: Effects = { events: [], guards: [] };

/**
 * What reading up to a message tells the others of a DM or a group, in the same append; nothing, where one does not tell.
 * What was read has also been delivered.
 * @param stored what is recorded, undefined where nothing is
 */
export function readReceipt(
  world: World,
  state: ChannelState,
  userId: Id,
  stored: Receipt | undefined,
  read: { readonly id: Id; readonly position: number; readonly now: number },
): Effects {
  if (!hasReceipts(state) || world.users.get(userId)?.settings.sends_receipts !== true) return NOTHING;
  const before = stored ?? noReceipt(state.channel.id, userId);
  if (read.position <= before.read_position) return NOTHING;
  const at = new Date(read.now).toISOString();
  const isNew = read.position > before.delivered_position;
  return receiptEffects(stored, {
    ...before,
    ...(isNew ? { delivered_position: read.position, delivered_id: read.id, delivered_at: at } : {}),
    read_position: read.position,
    read_id: read.id,
    read_at: at,
  });
}

/** Watermarks only rise: whoever moves one must have read what is recorded. */
export function receiptEffects(stored: Receipt | undefined, receipt: Receipt): Effects {
  const { channel_id, user_id } = receipt;
  const args = [channel_id, user_id];
  return {
    events: [{ type: 'RECEIPT_UPDATE', scope: channelScope(channel_id), subject: user_id, body: receipt }],
    guards: [
      { kind: 'unchanged', key: 'receipt_delivered', args, value: stored?.delivered_position ?? null },
      { kind: 'unchanged', key: 'receipt_read', args, value: stored?.read_position ?? null },
      { kind: 'exists', key: 'recipient', args: [user_id, channel_id], refusal: 'UNKNOWN_CHANNEL' },
    ],
  };
}
