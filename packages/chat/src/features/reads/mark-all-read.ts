import { type CommandParams, type Id, LIMITS, type Receipt } from '@snug/protocol';
import type { CommandContext, Decide, HandlerOf } from '../../commands/handler.ts';
import type { Services } from '../../services.ts';
import type { World } from '../../world/world.ts';
import { requireServer } from '../access.ts';
import { mentionQueries } from '../mentions/mentions.queries.ts';
import { readReceipt, receiptQueries } from '../receipts/receipts.queries.ts';
import { recorded, sinceCalled, sinceRead, updateEvent } from './reads.commands.ts';
import {
  behindOf,
  type ReadPlace,
  readBaseline,
  readState,
  type StoredReadState,
  unreadQueries,
} from './reads.queries.ts';

type Params = CommandParams<'read.mark_all'>;

interface Loaded {
  readonly known: ReadonlyMap<Id, StoredReadState>;
  /** Channels with anything unread, and the head of the log as they were counted. */
  readonly unread: readonly Id[];
  readonly head: number;
  /** Of the conversations among them, how far they are known to have got. */
  readonly receipts: ReadonlyMap<Id, Receipt>;
}

/** Everything up to now, in every place where anything is unread; what is read already writes nothing. */
export const markAllRead: HandlerOf<'read.mark_all'> = {
  limit: 'write',
  load: async (params: Params, context: CommandContext, { world, log }: Services): Promise<Loaded> => {
    const { userId } = context.actor;
    const places = placesOf(world, userId, params.server_id);
    const { value, position } = await log.read({ known: unreadQueries.statesOf(userId) }, ({ known }) => {
      const behind = behindOf(world, userId, places, known);
      return {
        counts: unreadQueries.counts(userId, behind, Number.MAX_SAFE_INTEGER),
        mentions: mentionQueries.counts(userId, behind, Number.MAX_SAFE_INTEGER, 1),
        receipts: receiptQueries.ofUser(userId, conversationsOf(world, behind)),
      };
    });
    const unread = [...value.counts].flatMap(([id, count]) => (count + (value.mentions.get(id) ?? 0) > 0 ? [id] : []));
    return { known: value.known, receipts: value.receipts, unread, head: position };
  },
  decide: ({ world, params, actor: { userId }, now, loaded }: Decide<Params, Loaded>) => {
    const seen = new Map(
      placesOf(world, userId, params.server_id).map(({ channel }) => [channel.channel.id, channel] as const),
    );
    const channels = loaded.unread.map((id) => seen.get(id)).filter((channel) => channel !== undefined);
    if (channels.length === 0) return { answer: { items: [], has_more: false } };
    const chosen = channels.slice(0, LIMITS.MARK_ALL);
    const read_position = loaded.head;
    const told = chosen.map((channel) => {
      const { id, last_message_id } = channel.channel;
      const read = { id: last_message_id ?? '', position: read_position, now };
      return last_message_id === null ? null : readReceipt(world, channel, userId, loaded.receipts.get(id), read);
    });
    return {
      events: [
        ...chosen.map((channel) => {
          const last_read_id = channel.channel.last_message_id;
          return updateEvent(readState(userId, channel, { last_read_id, read_position }, 0, 0));
        }),
        ...told.flatMap((one) => one?.events ?? []),
      ],
      guards: [
        ...chosen.flatMap((channel) => [
          sinceRead(userId, channel.channel.id, loaded.known.get(channel.channel.id) ?? null),
          sinceCalled(userId, channel, read_position, 0),
        ]),
        ...told.flatMap((one) => one?.guards ?? []),
      ],
      result: (events) => ({ items: recorded(events), has_more: channels.length > chosen.length }),
    };
  },
};

function conversationsOf(world: World, places: readonly { channel_id: Id }[]): Id[] {
  return places.flatMap(({ channel_id }) => (world.channels.get(channel_id)?.server === null ? [channel_id] : []));
}

/** The channels one sees and the threads one follows: in one server, or everywhere, DMs and groups included. */
function placesOf(world: World, userId: Id, serverId: Id | undefined): ReadPlace[] {
  const user = world.users.get(userId);
  const servers = serverId === undefined ? [...(user?.servers ?? [])] : [requireServer(world, userId, serverId)];
  const channels = servers
    .flatMap((server) => world.visibleChannels(userId, server))
    .filter(({ followers }) => followers === null || followers.has(userId));
  const conversations = serverId === undefined ? [...(user?.dms ?? [])].filter((dm) => dm.deletedAt === null) : [];
  return [...channels, ...conversations].map((channel) => ({ channel, baseline: readBaseline(userId, channel) }));
}
