import type { CommandParams } from '@snug/protocol';
import { can, type Id, type Message, newMessage, Permission, Refusal } from '@snug/protocol';
import type { WriteHandler } from '../../commands/handler.ts';
import { channelScope, type Guard, type LogEventOf } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState } from '../../world/state.ts';
import { authorityInChannel } from '../access.ts';
import { calledBy, mayMention } from '../mentions/mentions.queries.ts';
import { sendEffects } from '../threads/threads.queries.ts';
import { requireOpen } from '../writable.ts';
import { isoTime } from './iso-time.ts';
import { messageQueries } from './messages.queries.ts';

type Params = CommandParams<'message.send'>;

/**
 * The hot path. Without a reply it reads nothing: the world decides, the log appends, the event's body is the answer.
 * Mentions, slow mode and threads cost only those messages that have to do with them.
 */
const decideSend: WriteHandler<Params, Message, boolean>['decide'] = ({
  world,
  params,
  actor,
  now,
  ids,
  loaded: repliesToNothing,
}) => {
  const state = requireOpen(world, actor.userId, params.channel_id, Permission.SEND_MESSAGES);
  if (params.content.trim() === '') throw new Refusal('MESSAGE_EMPTY');
  if (repliesToNothing) throw new Refusal('UNKNOWN_MESSAGE');
  const delay = delayOf(state, actor.userId);
  const message = newMessage({
    id: ids.next(),
    channel_id: params.channel_id,
    author_id: actor.userId,
    content: params.content,
    type: params.reply_to_id === undefined ? 'default' : 'reply',
    created_at: isoTime(now),
    ...(params.reply_to_id === undefined ? {} : { reply_to_id: params.reply_to_id }),
    ...(state.parent === null ? {} : { parent_id: state.parent.channel.id }),
    ...(delay === 0 ? {} : { slow_mode_delay: delay }),
    ...(mayMention(params.content) ? calledBy(world, state, actor.userId, params.content) : {}),
    ...(params.nonce === undefined ? {} : { nonce: params.nonce }),
  });
  const guards: Guard[] = [authorityInChannel(world, actor.userId, state)];
  if (delay > 0) guards.push(slowly(params.channel_id, actor.userId, now, delay));
  const effects = sendEffects(world, state, actor.userId, now);
  guards.push(...effects.guards);
  const nonceAt = effects.before.length;
  return {
    events: [
      ...effects.before,
      { type: 'MESSAGE_CREATE', scope: channelScope(params.channel_id), subject: message.id, body: message },
      ...effects.after,
    ],
    guards,
    nonceAt,
    result: (events) => ({ raw: (events[nonceAt] as LogEventOf<'MESSAGE_CREATE'>).json }),
  };
};

/** Seconds between two messages of this author here; 0 for those who look after the channel. */
function delayOf(state: ChannelState, userId: Id): number {
  const delay = state.channel.slow_mode_delay;
  if (delay === 0) return 0;
  const bits = channelPermissions(userId, state);
  return can(bits, Permission.MANAGE_MESSAGES) || can(bits, Permission.MANAGE_CHANNELS) ? 0 : delay;
}

function slowly(channel_id: Id, user_id: Id, now: number, delay: number): Guard {
  return { kind: 'slow_mode', channel_id, user_id, now, delay: delay * 1000 };
}

const replaySend: NonNullable<WriteHandler<Params, Message, boolean>['replay']> = (event, params) => {
  if (event.type !== 'MESSAGE_CREATE' || event.body.channel_id !== params.channel_id) return null;
  const isErased = event.body.content === '';
  if (!isErased && event.body.content !== params.content) return null;
  return event.body.reply_to_id === params.reply_to_id ? { raw: event.json } : null;
};

/** Sends that reply look up what they reply to first; the others are decided in the turn they arrive. */
export const sendMessage: WriteHandler<Params, Message, boolean> = {
  limit: 'send',
  decide: decideSend,
  replay: replaySend,
  needsLoad: ({ reply_to_id }) => reply_to_id !== undefined,
  load: async ({ channel_id, reply_to_id }, _context, { log }) => {
    if (reply_to_id === undefined) return false;
    const { value } = await log.read({ target: messageQueries.one(channel_id, reply_to_id) });
    return value.target === null;
  },
};
