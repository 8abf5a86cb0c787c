import { LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, type Guard } from '../../log/envelope.ts';
import { authorityInChannel, requireChannel } from '../access.ts';
import { messageQueries } from '../messages/messages.queries.ts';
import { requireWritable } from '../writable.ts';
import { utcDay } from './reactions.projection.ts';
import { type ReactionFacts, reactionQueries } from './reactions.queries.ts';

interface Loaded extends ReactionFacts {
  readonly isThere: boolean;
}

/** Reacting twice with one emoji is one reaction, plain or super as it was first (REACT1). */
export const addReaction: HandlerOf<'reaction.add'> = {
  limit: 'react',
  load: async ({ channel_id, message_id, emoji }, { actor }, { world, log }): Promise<Loaded> => {
    requireChannel(world, actor.userId, channel_id);
    const { value } = await log.read({
      isThere: messageQueries.isThere(channel_id, message_id),
      facts: reactionQueries.facts(channel_id, message_id, emoji, actor.userId),
    });
    return { isThere: value.isThere, ...value.facts };
  },
  decide: ({ world, params, actor, now, loaded }) => {
    const state = requireWritable(world, actor.userId, params.channel_id, Permission.ADD_REACTIONS);
    const { isThere, own, isKnown } = loaded as Loaded;
    if (!isThere) throw new Refusal('UNKNOWN_MESSAGE');
    if (own !== null) return { answer: null };
    const { channel_id, message_id, emoji, is_super = false } = params;
    const body = {
      channel_id,
      message_id,
      user_id: actor.userId,
      emoji,
      is_super,
      created_at: new Date(now).toISOString(),
    };
    const guards: Guard[] = [
      authorityInChannel(world, actor.userId, state),
      { kind: 'exists', key: 'message', args: [channel_id, message_id], refusal: 'UNKNOWN_MESSAGE' },
      { kind: 'unchanged', key: 'reaction', args: [channel_id, message_id, emoji, actor.userId], value: null },
      ...placeFor(channel_id, message_id, emoji, isKnown),
    ];
    if (is_super) guards.push(superLeft(actor.userId, now));
    return {
      events: [{ type: 'MESSAGE_REACTION_ADD', scope: channelScope(channel_id), subject: message_id, body }],
      guards,
      result: () => null,
    };
  },
};

/** Another emoji needs room. If it came or went meanwhile, it is decided again. */
function placeFor(channelId: string, messageId: string, emoji: string, isKnown: boolean): Guard[] {
  const key = 'reaction_emoji';
  const args = [channelId, messageId, emoji];
  if (isKnown) return [{ kind: 'exists', key, args, refusal: 'STALE' }];
  return [
    { kind: 'unique', key, args, refusal: 'STALE' },
    {
      kind: 'count_below',
      key: 'emoji_of_message',
      args: [channelId, messageId],
      below: LIMITS.REACTIONS_PER_MESSAGE,
      refusal: 'LIMIT_REACHED',
    },
  ];
}

function superLeft(userId: string, now: number): Guard {
  return {
    kind: 'count_below',
    key: 'super_reactions_of_day',
    args: [userId, utcDay(now)],
    below: LIMITS.SUPER_REACTIONS_PER_DAY,
    refusal: 'LIMIT_REACHED',
  };
}
