import type { CommandParams } from '@snug/protocol';
import { type Message, newMessage, Permission, Refusal } from '@snug/protocol';
import type { WriteHandler } from '../../commands/handler.ts';
import { channelScope, type Guard, type LogEventOf } from '../../log/envelope.ts';
import { authorityInChannel } from '../access.ts';
import { calledBy, mayMention } from '../mentions/mentions.queries.ts';
import { sendEffects } from '../threads/threads.queries.ts';
import { requireOpen } from '../writable.ts';
import { isoTime } from './iso-time.ts';
import { messageQueries } from './messages.queries.ts';
import { slowMode } from './slow-mode.queries.ts';

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
  const slow = slowMode(state, actor.userId, now);
  const message = newMessage({
    id: ids.next(),
    channel_id: params.channel_id,
    author_id: actor.userId,
    content: params.content,
    type: params.reply_to_id === undefined ? 'default' : 'reply',
    created_at: isoTime(now),
    ...(params.reply_to_id === undefined ? {} : { reply_to_id: params.reply_to_id }),
    ...(state.parent === null ? {} : { parent_id: state.parent.channel.id }),
    ...slow.fields,
    ...(mayMention(params.content) ? calledBy(world, state, actor.userId, params.content) : {}),
    ...(params.nonce === undefined ? {} : { nonce: params.nonce }),
  });
  const guards: Guard[] = [authorityInChannel(world, actor.userId, state)];
  const effects = sendEffects(world, state, actor.userId, now, message.mentions);
  guards.push(...slow.guards, ...effects.guards);
  const nonceAt = effects.events.length;
  return {
    events: [
      ...effects.events,
      { type: 'MESSAGE_CREATE', scope: channelScope(params.channel_id), subject: message.id, body: message },
    ],
    guards,
    nonceAt,
    result: (events) => ({ raw: (events[nonceAt] as LogEventOf<'MESSAGE_CREATE'>).json }),
  };
};

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
