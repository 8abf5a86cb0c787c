import { Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { requireChannel } from '../access.ts';
import { partsIn, whole } from './message-parts.queries.ts';
import { messageQueries } from './messages.queries.ts';

export const getMessage: HandlerOf<'message.get'> = {
  limit: 'read',
  query: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireChannel(world, actor.userId, channel_id);
    const { value, position } = await log.read({
      found: messageQueries.one(channel_id, message_id),
      ...partsIn(actor.userId, channel_id, [message_id]),
    });
    // It may have gone out of sight while it was read.
    requireChannel(world, actor.userId, channel_id);
    if (value.found === null) throw new Refusal('UNKNOWN_MESSAGE');
    return { result: whole(actor.userId, value.found.message, value), position };
  },
};
