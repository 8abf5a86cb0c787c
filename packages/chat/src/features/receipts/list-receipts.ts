import { LIMITS, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { ChannelState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { noReceipt, receiptQueries } from './receipts.queries.ts';

/** Everybody who is in it now, also those who got nowhere yet. */
export const listReceipts: HandlerOf<'receipt.list'> = {
  limit: 'read',
  query: async ({ channel_id }, { actor }, { world, log }) => {
    requireConversation(world, actor.userId, channel_id);
    const { value, position } = await log.read({ receipts: receiptQueries.ofChannel(channel_id) });
    const { recipients } = requireConversation(world, actor.userId, channel_id);
    const items = recipients.map((userId) => value.receipts.get(userId) ?? noReceipt(channel_id, userId));
    return { result: { items, has_more: false }, position };
  },
};

/** Of one message, from the watermarks: whom it did not reach yet is left out, as is its author. */
export const receiptsOfMessage: HandlerOf<'receipt.of_message'> = {
  limit: 'read',
  query: async ({ channel_id, message_id }, { actor }, { world, log }) => {
    requireConversation(world, actor.userId, channel_id);
    const { value, position } = await log.read({
      found: messageQueries.one(channel_id, message_id),
      receipts: receiptQueries.ofChannel(channel_id),
    });
    const { recipients } = requireConversation(world, actor.userId, channel_id);
    if (recipients.length > LIMITS.RECEIPTS_GROUP_SIZE) throw new Refusal('WRONG_CHANNEL_TYPE');
    const { found } = value;
    if (found === null) throw new Refusal('UNKNOWN_MESSAGE');
    const items = recipients.flatMap((user_id) => {
      const receipt = value.receipts.get(user_id);
      if (receipt === undefined || user_id === found.message.author_id) return [];
      const { delivered_position, delivered_at, read_position, read_at } = receipt;
      if (delivered_position < found.position || delivered_at === null) return [];
      return [{ message_id, user_id, delivered_at, read_at: read_position >= found.position ? read_at : null }];
    });
    return { result: { items, has_more: false }, position };
  },
};

function requireConversation(world: World, userId: string, channelId: string): ChannelState {
  const state = requireChannel(world, userId, channelId);
  if (state.server !== null) throw new Refusal('WRONG_CHANNEL_TYPE');
  return state;
}
