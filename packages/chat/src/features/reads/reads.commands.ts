import { type CommandParams, type Id, type ReadState, Refusal } from '@snug/protocol';
import type { CommandContext, Decide, HandlerOf } from '../../commands/handler.ts';
import { type Guard, type LogEvent, type LogEventOf, type NewEvent, userScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { type StoredReadState, unreadQueries } from './reads.queries.ts';

interface Loaded {
  /** Position of the message; null if there is none. */
  readonly place: number | null;
  readonly state: StoredReadState | null;
  /** The message just below it, where the line is drawn when it is marked unread. */
  readonly below: Id | null;
}

type OneParams = CommandParams<'read.ack'>;

async function loadRead(
  { channel_id, message_id }: OneParams,
  { actor }: CommandContext,
  { world, log }: Services,
): Promise<Loaded> {
  requireChannel(world, actor.userId, channel_id);
  const { value } = await log.read({
    place: messageQueries.placeOf(channel_id, message_id),
    state: unreadQueries.state(actor.userId, channel_id),
    below: messageQueries.idBelow(channel_id, message_id),
  });
  return value;
}

function readState(userId: Id, channelId: Id, lastReadId: Id | null, position: number): ReadState {
  return {
    user_id: userId,
    channel_id: channelId,
    last_read_id: lastReadId,
    read_position: position,
    mention_count: 0,
    unread_count: 0,
    last_pin_timestamp: null,
  };
}

function updateEvent(state: ReadState): NewEvent {
  return { type: 'READ_STATE_UPDATE', scope: userScope(state.user_id), subject: state.channel_id, body: state };
}

/** What was recorded; of several acks that waited together it is the furthest. */
function recorded(events: readonly LogEvent[]): ReadState[] {
  return events.map((event) => (event as LogEventOf<'READ_STATE_UPDATE'>).body);
}

/** Two acks at once, or an ack and a send: the one that comes second looks again, so that reading never goes back. */
function sinceRead(userId: Id, channelId: Id, state: StoredReadState | null): Guard {
  return { kind: 'unchanged', key: 'read_position', args: [userId, channelId], value: state?.read_position ?? null };
}

/** Where reading stood before anything was acked: at one's joining, or the beginning of a DM (E22). */
function baseline(world: World, userId: Id, channelId: Id): number {
  return world.channel(channelId)?.server?.members.get(userId)?.joinedPosition ?? 0;
}

/** Acknowledging only ever moves forward; the newest of a batch is kept (E22, E23). */
export const ackMessage: HandlerOf<'read.ack'> = {
  limit: 'read',
  load: loadRead,
  decide: ({ world, params, actor, loaded }: Decide<OneParams, Loaded>) => {
    requireChannel(world, actor.userId, params.channel_id);
    if (loaded.place === null) throw new Refusal('UNKNOWN_MESSAGE');
    const before = loaded.state?.read_position ?? baseline(world, actor.userId, params.channel_id);
    if (loaded.place <= before) {
      return { answer: readState(actor.userId, params.channel_id, loaded.state?.last_read_id ?? null, before) };
    }
    const state = readState(actor.userId, params.channel_id, params.message_id, loaded.place);
    return {
      events: [updateEvent(state)],
      guards: [sinceRead(actor.userId, params.channel_id, loaded.state)],
      result: (events) => recorded(events)[0] as ReadState,
      replaces: { key: `ack:${params.channel_id}`, rank: loaded.place },
    };
  },
};

/** Reading stands just before this message, whatever was acked (E22). */
export const markUnread: HandlerOf<'read.mark_unread'> = {
  limit: 'write',
  load: loadRead,
  decide: ({ world, params, actor, loaded }: Decide<OneParams, Loaded>) => {
    requireChannel(world, actor.userId, params.channel_id);
    if (loaded.place === null) throw new Refusal('UNKNOWN_MESSAGE');
    const state = readState(actor.userId, params.channel_id, loaded.below, loaded.place - 1);
    return { events: [updateEvent(state)], guards: [], result: () => state };
  },
};

type AllParams = CommandParams<'read.ack_all'>;

/** Several channels in one commit: what a client sends when it comes back or scrolls fast. */
export const ackAll: HandlerOf<'read.ack_all'> = {
  limit: 'write',
  load: async ({ acks }: AllParams, context, services) =>
    Promise.all(acks.map((ack) => loadRead(ack, context, services))),
  decide: ({ world, params, actor, loaded }: Decide<AllParams, Loaded[]>) => {
    const states = new Map<Id, ReadState>();
    const guards: Guard[] = [];
    for (const [index, { channel_id, message_id }] of params.acks.entries()) {
      requireChannel(world, actor.userId, channel_id);
      const { place, state } = loaded[index] as Loaded;
      if (place === null) throw new Refusal('UNKNOWN_MESSAGE');
      const before =
        states.get(channel_id)?.read_position ?? state?.read_position ?? baseline(world, actor.userId, channel_id);
      if (place <= before) continue;
      if (!states.has(channel_id)) guards.push(sinceRead(actor.userId, channel_id, state));
      states.set(channel_id, readState(actor.userId, channel_id, message_id, place));
    }
    const items = [...states.values()];
    if (items.length === 0) return { answer: { items } };
    return { events: items.map(updateEvent), guards, result: (events) => ({ items: recorded(events) }) };
  },
};
