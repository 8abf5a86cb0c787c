import { type CommandParams, type Id, type ReadState, type Receipt, Refusal } from '@snug/protocol';
import type { CommandContext, Decide, HandlerOf } from '../../commands/handler.ts';
import { type Guard, type LogEvent, type NewEvent, userScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import type { ChannelState } from '../../world/state.ts';
import { requireChannel } from '../access.ts';
import { mentionQueries, targetsOf } from '../mentions/mentions.queries.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { readReceipt, receiptQueries } from '../receipts/receipts.queries.ts';
import { readBaseline, readState, readTo, type StoredReadState, unreadQueries } from './reads.queries.ts';
import { UNREAD_MAX } from './unread-max.ts';

interface Loaded {
  /** Position of the message; null if there is none. */
  readonly place: number | null;
  readonly state: StoredReadState | null;
  /** The message just below it, where the line is drawn when it is marked unread. */
  readonly below: Id | null;
  /** Where reading will stand, and how many messages above it call this user. */
  readonly readTo: number;
  readonly mentions: number;
  /** What is recorded of how far they got, in a DM or group. */
  readonly receipt: Receipt | undefined;
}

type OneParams = CommandParams<'read.ack'>;
type ReadingMoves = (place: number, before: number, baseline: number) => number;

const forward: ReadingMoves = (place, before) => Math.max(place, before);
const justBelow: ReadingMoves = (place, _before, baseline) => Math.max(place - 1, baseline);

async function loadRead(
  { channel_id, message_id }: OneParams,
  { actor: { userId } }: CommandContext,
  { world, log }: Services,
  moves: ReadingMoves,
): Promise<Loaded> {
  const channel = requireChannel(world, userId, channel_id);
  const baseline = readBaseline(userId, channel);
  const after = (place: number | null, state: StoredReadState | null): number => {
    const before = readTo(state, baseline);
    return place === null ? before : moves(place, before, baseline);
  };
  const { value } = await log.read(
    {
      place: messageQueries.placeOf(channel_id, message_id),
      state: unreadQueries.state(userId, channel_id),
      below: messageQueries.idBelow(channel_id, message_id),
      receipts: receiptQueries.ofUser(userId, channel.server === null ? [channel_id] : []),
    },
    ({ place, state }) => ({ counts: callsAbove(userId, channel, after(place, state)) }),
  );
  const { counts, receipts, ...found } = value;
  return {
    ...found,
    readTo: after(value.place, value.state),
    mentions: counts.get(channel_id) ?? 0,
    receipt: receipts.get(channel_id),
  };
}

function callsAbove(userId: Id, channel: ChannelState, after: number) {
  const place = { channel_id: channel.channel.id, after, targets: targetsOf(userId, channel) };
  return mentionQueries.counts(userId, [place], Number.MAX_SAFE_INTEGER, UNREAD_MAX);
}

export function updateEvent(state: ReadState): NewEvent {
  return { type: 'READ_STATE_UPDATE', scope: userScope(state.user_id), subject: state.channel_id, body: state };
}

/** What was recorded; of several acks that waited together it is the furthest. */
export function recorded(events: readonly LogEvent[]): ReadState[] {
  return events.flatMap((event) => (event.type === 'READ_STATE_UPDATE' ? [event.body] : []));
}

/** Two acks at once, or an ack and a send: the one that comes second looks again, so that reading never goes back. */
export function sinceRead(userId: Id, channelId: Id, state: StoredReadState | null): Guard {
  return { kind: 'unchanged', key: 'read_position', args: [userId, channelId], value: state?.read_position ?? null };
}

/** The count that travels with a read state is exact at its own position: every device has the same (READ12). */
export function sinceCalled(userId: Id, channel: ChannelState, after: number, value: number): Guard {
  const { id } = channel.channel;
  return { kind: 'mentions', channel_id: id, user_id: userId, targets: targetsOf(userId, channel), after, value };
}

/** Acknowledging only ever moves forward; the newest of a batch is kept (E22, E23). */
export const ackMessage: HandlerOf<'read.ack'> = {
  limit: 'read',
  load: (params, context, services) => loadRead(params, context, services, forward),
  decide: ({ world, params, actor: { userId }, now, loaded }: Decide<OneParams, Loaded>) => {
    const channel = requireChannel(world, userId, params.channel_id);
    if (loaded.place === null) throw new Refusal('UNKNOWN_MESSAGE');
    const { place, mentions } = loaded;
    const last_read_id = loaded.state?.last_read_id ?? null;
    const read_position = readTo(loaded.state, readBaseline(userId, channel));
    if (place <= read_position) {
      return { answer: readState(userId, channel, { last_read_id, read_position }, 0, mentions) };
    }
    const read = { last_read_id: params.message_id, read_position: place };
    const state = readState(userId, channel, read, 0, mentions);
    const told = readReceipt(world, channel, userId, loaded.receipt, { id: params.message_id, position: place, now });
    return {
      events: [updateEvent(state), ...told.events],
      guards: [
        sinceRead(userId, params.channel_id, loaded.state),
        sinceCalled(userId, channel, place, mentions),
        ...told.guards,
      ],
      result: (events) => recorded(events)[0] as ReadState,
      replaces: { key: `ack:${params.channel_id}`, rank: place },
    };
  },
};

/** Reading stands just before this message, whatever was acked (E22). */
export const markUnread: HandlerOf<'read.mark_unread'> = {
  limit: 'write',
  load: (params, context, services) => loadRead(params, context, services, justBelow),
  decide: ({ world, params, actor: { userId }, loaded }: Decide<OneParams, Loaded>) => {
    const channel = requireChannel(world, userId, params.channel_id);
    if (loaded.place === null) throw new Refusal('UNKNOWN_MESSAGE');
    const { readTo: read_position, below: last_read_id, mentions } = loaded;
    const state = readState(userId, channel, { last_read_id, read_position }, 0, mentions);
    const guards = [sinceCalled(userId, channel, read_position, mentions)];
    return { events: [updateEvent(state)], guards, result: () => state };
  },
};

type AllParams = CommandParams<'read.ack_all'>;

/** Several channels in one commit: what a client sends when it comes back or scrolls fast. */
export const ackAll: HandlerOf<'read.ack_all'> = {
  limit: 'write',
  load: ({ acks }: AllParams, context, services) =>
    Promise.all(acks.map((ack) => loadRead(ack, context, services, forward))),
  decide: ({ world, params, actor: { userId }, now, loaded }: Decide<AllParams, Loaded[]>) => {
    const states = new Map<Id, ReadState>();
    const guards: Guard[] = [];
    const told = new Map<Id, NewEvent[]>();
    for (const [index, { channel_id, message_id }] of params.acks.entries()) {
      const channel = requireChannel(world, userId, channel_id);
      const { place, state, mentions, receipt } = loaded[index] as Loaded;
      if (place === null) throw new Refusal('UNKNOWN_MESSAGE');
      const before = states.get(channel_id)?.read_position ?? readTo(state, readBaseline(userId, channel));
      if (place <= before) continue;
      if (!states.has(channel_id)) guards.push(sinceRead(userId, channel_id, state));
      guards.push(sinceCalled(userId, channel, place, mentions));
      const read = { last_read_id: message_id, read_position: place };
      states.set(channel_id, readState(userId, channel, read, 0, mentions));
      const tells = readReceipt(world, channel, userId, receipt, { id: message_id, position: place, now });
      guards.push(...tells.guards);
      told.set(channel_id, [...tells.events]);
    }
    const items = [...states.values()];
    if (items.length === 0) return { answer: { items } };
    return {
      events: [...items.map(updateEvent), ...[...told.values()].flat()],
      guards,
      result: (events) => ({ items: recorded(events) }),
    };
  },
};
