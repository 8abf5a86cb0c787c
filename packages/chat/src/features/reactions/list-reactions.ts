import { LIMITS, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { reactionQueries } from './reactions.queries.ts';

/** Who reacted with one emoji. Nobody did: an empty page. */
export const listReactions: HandlerOf<'reaction.list'> = {
  limit: 'read',
  query: async ({ channel_id, message_id, emoji, after = '', limit = LIMITS.PAGE_DEFAULT }, { actor }, services) => {
    const { world, log } = services;
    requireChannel(world, actor.userId, channel_id);
    const { value, position } = await log.read({
      isThere: messageQueries.isThere(channel_id, message_id),
      reacted: reactionQueries.users(channel_id, message_id, emoji, after, limit + 1),
    });
    // It may have gone out of sight while it was read.
    requireChannel(world, actor.userId, channel_id);
    if (!value.isThere) throw new Refusal('UNKNOWN_MESSAGE');
    const items = value.reacted.slice(0, limit).flatMap(({ user_id, is_super, created_at }) => {
      const user = world.users.get(user_id)?.user;
      return user === undefined ? [] : [{ user, is_super, created_at }];
    });
    return { result: { items, has_more: value.reacted.length > limit }, position };
  },
};
