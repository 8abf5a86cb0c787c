import { Permission, Refusal, renderHtml } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { authorityInChannel, requireChannel, requireChannelPermission } from '../access.ts';
import { messageQueries, type StoredMessage } from './messages.queries.ts';

export const editMessage: HandlerOf<'message.edit'> = {
  limit: 'write',
  load: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    return (await log.read({ found: messageQueries.one(channel_id, message_id) })).value.found;
  },
  decide: ({ world, params, actor, now, loaded }) => {
    const channel = requireChannelPermission(world, actor.userId, params.channel_id, Permission.SEND_MESSAGES);
    const found = loaded as StoredMessage | null;
    if (found === null) throw new Refusal('UNKNOWN_MESSAGE');
    const { message } = found;
    if (message.author_id !== actor.userId || message.type.startsWith('system') || message.type === 'channel_pinned') {
      throw new Refusal('NOT_THE_AUTHOR');
    }
    if (params.content.trim() === '') throw new Refusal('MESSAGE_EMPTY');
    if (params.content === message.content) return { answer: message };
    const body = {
      id: message.id,
      channel_id: message.channel_id,
      content: params.content,
      content_html: renderHtml(params.content),
      mentions: [],
      mention_roles: [],
      mention_everyone: false,
      is_edited: true,
      edited_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'MESSAGE_UPDATE', scope: channelScope(message.channel_id), subject: message.id, body }],
      guards: [
        authorityInChannel(world, actor.userId, channel),
        // An edit after a delete would bring erased words back.
        { kind: 'exists', key: 'message', args: [message.channel_id, message.id], refusal: 'UNKNOWN_MESSAGE' },
      ],
      result: () => ({ ...message, ...body }),
    };
  },
};
