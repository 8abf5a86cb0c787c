import {
  can,
  type Id,
  type IdClock,
  LIMITS,
  newMessage,
  Permission,
  type PermissionBits,
  Refusal,
} from '@snug/protocol';
import type { CommandContext, HandlerOf } from '../../commands/handler.ts';
import { channelScope, type NewEvent } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { requireWritable } from '../writable.ts';
import { pinQueries } from './pins.queries.ts';

interface Loaded {
  readonly isThere: boolean;
  /** Where it was pinned; null if it is not. */
  readonly place: number | null;
}

const load = async (
  { channel_id, message_id }: { channel_id: Id; message_id: Id },
  { actor }: CommandContext,
  { world, log }: Services,
): Promise<Loaded> => {
  requireChannel(world, actor.userId, channel_id);
  const { value } = await log.read({
    isThere: messageQueries.isThere(channel_id, message_id),
    place: pinQueries.place(channel_id, message_id),
  });
  return value;
};

/** In a server who looks after messages; in a conversation everybody who may write in it. */
function neededIn({ server }: ChannelState): PermissionBits {
  return server === null ? Permission.SEND_MESSAGES : Permission.MANAGE_MESSAGES;
}

/** The channel says who pinned what, in the same append. Pinning twice is one pin. */
export const addPin: HandlerOf<'pin.add'> = {
  limit: 'write',
  load,
  decide: ({ world, params, actor, now, ids, loaded }) => {
    const { channel_id, message_id } = params;
    const needed = neededIn(requireChannel(world, actor.userId, channel_id));
    const state = requireWritable(world, actor.userId, channel_id, needed);
    const { isThere, place } = loaded as Loaded;
    if (!isThere) throw new Refusal('UNKNOWN_MESSAGE');
    if (place !== null) return { answer: null };
    return {
      events: pinned(state, { message_id, by: actor.userId, now, ids }),
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'message', args: [channel_id, message_id], refusal: 'UNKNOWN_MESSAGE' },
        { kind: 'unchanged', key: 'pin', args: [channel_id, message_id], value: null },
        {
          kind: 'count_below',
          key: 'pins_of_channel',
          args: [channel_id],
          below: LIMITS.PINS_PER_CHANNEL,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => null,
    };
  },
};

function pinned(
  { channel }: ChannelState,
  { message_id, by, now, ids }: { message_id: Id; by: Id; now: number; ids: IdClock },
): NewEvent[] {
  const { id: channel_id, server_id, parent_id } = channel;
  const at = new Date(now).toISOString();
  const scope = channelScope(channel_id);
  const pin = {
    channel_id,
    message_id,
    pinned_by: by,
    pinned_at: at,
    ...(server_id === undefined ? {} : { server_id }),
  };
  const said = newMessage({
    id: ids.next(),
    channel_id,
    author_id: by,
    content: '',
    type: 'channel_pinned',
    reply_to_id: message_id,
    ...(parent_id === undefined ? {} : { parent_id }),
    created_at: at,
  });
  return [
    { type: 'MESSAGE_PIN', scope, subject: message_id, body: pin },
    { type: 'MESSAGE_CREATE', scope, subject: said.id, body: said },
  ];
}

export const removePin: HandlerOf<'pin.remove'> = {
  limit: 'write',
  load,
  decide: ({ world, params, actor, loaded }) => {
    const { channel_id, message_id } = params;
    const state = requireChannel(world, actor.userId, channel_id);
    if (!can(channelPermissions(actor.userId, state), neededIn(state))) throw new Refusal('MISSING_PERMISSION');
    const { isThere, place } = loaded as Loaded;
    if (!isThere) throw new Refusal('UNKNOWN_MESSAGE');
    if (place === null) return { answer: null };
    const { server_id } = state.channel;
    const body = { channel_id, message_id, ...(server_id === undefined ? {} : { server_id }) };
    return {
      events: [{ type: 'MESSAGE_UNPIN', scope: channelScope(channel_id), subject: message_id, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'unchanged', key: 'pin', args: [channel_id, message_id], value: place },
      ],
      result: () => null,
    };
  },
};
