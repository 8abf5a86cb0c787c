import { type Message, Permission, Refusal, renderHtml } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { calledBy, mayMention } from '../mentions/mentions.queries.ts';
import { requireWritable } from '../writable.ts';
import { partsIn, whole } from './message-parts.queries.ts';
import { messageQueries } from './messages.queries.ts';

const CALLS_NOBODY = { mentions: [], mention_roles: [], mention_everyone: false };

export const editMessage: HandlerOf<'message.edit'> = {
  limit: 'write',
  load: async ({ channel_id, message_id }, { actor }, { world, log }): Promise<Message | null> => {
    requireChannel(world, actor.userId, channel_id);
    const { value } = await log.read({
      found: messageQueries.one(channel_id, message_id),
      ...partsIn(actor.userId, channel_id, [message_id]),
    });
    return value.found === null ? null : whole(actor.userId, value.found.message, value);
  },
  decide: ({ world, params, actor, now, loaded }) => {
    const channel = requireWritable(world, actor.userId, params.channel_id, Permission.SEND_MESSAGES);
    const message = loaded as Message | null;
    if (message === null) throw new Refusal('UNKNOWN_MESSAGE');
    const isSpoken = message.type === 'default' || message.type === 'reply';
    if (message.author_id !== actor.userId || !isSpoken) throw new Refusal('NOT_THE_AUTHOR');
    if (params.content.trim() === '') throw new Refusal('MESSAGE_EMPTY');
    if (params.content === message.content) return { answer: message };
    const { id, channel_id } = message;
    // What it shows; whom it called when it was sent stays as it is (MENTION5).
    const called = mayMention(params.content) ? calledBy(world, channel, actor.userId, params.content) : CALLS_NOBODY;
    const body = {
      id,
      channel_id,
      content: params.content,
      content_html: renderHtml(params.content),
      ...called,
      is_edited: true,
      edited_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'MESSAGE_UPDATE', scope: channelScope(channel_id), subject: id, body }],
      guards: [
        authorityInChannel(world, actor.userId, channel),
        // An edit after a delete would bring erased words back.
        { kind: 'exists', key: 'message', args: [channel_id, id], refusal: 'UNKNOWN_MESSAGE' },
      ],
      result: () => ({ ...message, ...body }),
    };
  },
};
