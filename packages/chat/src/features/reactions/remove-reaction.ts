import { can, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { channelPermissions } from '../../world/permissions.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { type ReactionFacts, reactionQueries } from './reactions.queries.ts';

interface Loaded {
  readonly isThere: boolean;
  readonly facts: ReactionFacts;
}

/** One's own, for as long as one sees the message: nothing new is said by it. */
export const removeReaction: HandlerOf<'reaction.remove'> = {
  limit: 'react',
  load: async ({ channel_id, message_id, emoji }, { actor }, { world, log }): Promise<Loaded> => {
    requireChannel(world, actor.userId, channel_id);
    const { value } = await log.read({
      isThere: messageQueries.isThere(channel_id, message_id),
      facts: reactionQueries.facts(channel_id, message_id, emoji, actor.userId),
    });
    return value;
  },
  decide: ({ world, params, actor, loaded }) => {
    const { channel_id, message_id, emoji } = params;
    const state = requireChannel(world, actor.userId, channel_id);
    const { isThere, facts } = loaded as Loaded;
    if (!isThere) throw new Refusal('UNKNOWN_MESSAGE');
    if (facts.own === null) return { answer: null };
    const { position, isSuper } = facts.own;
    const body = { channel_id, message_id, user_id: actor.userId, emoji, is_super: isSuper };
    return {
      events: [{ type: 'MESSAGE_REACTION_REMOVE', scope: channelScope(channel_id), subject: message_id, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'unchanged', key: 'reaction', args: [channel_id, message_id, emoji, actor.userId], value: position },
      ],
      result: () => null,
    };
  },
};

interface Found {
  readonly isThere: boolean;
  readonly isAny: boolean;
}

/** All of them, or all of one emoji, by who looks after the channel. */
export const clearReactions: HandlerOf<'reaction.clear'> = {
  limit: 'write',
  load: async ({ channel_id, message_id, emoji }, { actor }, { world, log }): Promise<Found> => {
    requireChannel(world, actor.userId, channel_id);
    const { value } = await log.read({
      isThere: messageQueries.isThere(channel_id, message_id),
      isAny: reactionQueries.isAny(channel_id, message_id, emoji),
    });
    return value;
  },
  decide: ({ world, params, actor, loaded }) => {
    const { channel_id, message_id, emoji = null } = params;
    const state = requireChannel(world, actor.userId, channel_id);
    const { isThere, isAny } = loaded as Found;
    if (!isThere) throw new Refusal('UNKNOWN_MESSAGE');
    if (!can(channelPermissions(actor.userId, state), Permission.MANAGE_MESSAGES))
      throw new Refusal('MISSING_PERMISSION');
    if (!isAny) return { answer: null };
    const { server_id } = state.channel;
    const body = { channel_id, message_id, emoji, ...(server_id === undefined ? {} : { server_id }) };
    return {
      events: [{ type: 'MESSAGE_REACTION_CLEAR', scope: channelScope(channel_id), subject: message_id, body }],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'message', args: [channel_id, message_id], refusal: 'UNKNOWN_MESSAGE' },
      ],
      result: () => null,
    };
  },
};
