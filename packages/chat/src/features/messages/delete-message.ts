import { can, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { messageQueries, type StoredMessage } from './messages.queries.ts';

/** The log erases what the message said as it appends this event (E25). */
export const deleteMessage: HandlerOf<'message.delete'> = {
  limit: 'write',
  load: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    return (await log.read({ found: messageQueries.one(channel_id, message_id) })).value.found;
  },
  decide: ({ world, params, actor, loaded }) => {
    const channel = requireChannel(world, actor.userId, params.channel_id);
    const found = loaded as StoredMessage | null;
    if (found === null) throw new Refusal('UNKNOWN_MESSAGE');
    const isOwn = found.message.author_id === actor.userId;
    if (!isOwn && !can(channelPermissions(actor.userId, channel), Permission.MANAGE_MESSAGES))
      throw new Refusal('MISSING_PERMISSION');
    const { id, channel_id } = found.message;
    return {
      events: [{ type: 'MESSAGE_DELETE', scope: channelScope(channel_id), subject: id, body: { id, channel_id } }],
      guards: [
        authorityInChannel(world, actor.userId, channel),
        { kind: 'exists', key: 'message', args: [channel_id, id], refusal: 'UNKNOWN_MESSAGE' },
      ],
      result: () => null,
    };
  },
};
