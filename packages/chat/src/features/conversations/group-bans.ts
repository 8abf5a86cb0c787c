import { LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope } from '../../log/envelope.ts';
import { authorityInChannel } from '../access.ts';
import { conversationQueries } from './conversation-rows.ts';
import { authorityToDepart, departure } from './departure.ts';
import { requireGroup, requireKnownUser, requireOutranks } from './group-access.ts';

/** Also of somebody who is not in it: they will not come. */
export const banRecipient: HandlerOf<'group.ban'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id, user_id }, actor, now }) => {
    const state = requireGroup(world, actor.userId, channel_id, Permission.BAN_MEMBERS);
    requireKnownUser(world, actor.userId, state, user_id);
    requireOutranks(state, actor.userId, user_id);
    if (state.groupBans?.has(user_id) === true) return { answer: null };
    return {
      events: departure(state, user_id, { removedBy: actor.userId, isBanned: true, now }),
      guards: [...authorityToDepart(world, actor.userId, state), bansBelow(channel_id)],
      result: () => null,
    };
  },
};

function bansBelow(channelId: string) {
  return {
    kind: 'count_below',
    key: 'bans_of_group',
    args: [channelId],
    below: LIMITS.BANS_PER_GROUP,
    refusal: 'LIMIT_REACHED',
  } as const;
}

export const unbanRecipient: HandlerOf<'group.unban'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id, user_id }, actor }) => {
    const state = requireGroup(world, actor.userId, channel_id, Permission.BAN_MEMBERS);
    if (state.groupBans?.has(user_id) !== true) throw new Refusal('UNKNOWN_BAN');
    const body = { channel_id, user_id };
    return {
      events: [{ type: 'RECIPIENT_UNBAN', scope: channelScope(channel_id), subject: user_id, body }],
      guards: [authorityInChannel(world, actor.userId, state)],
      result: () => null,
    };
  },
};

export const listGroupBans: HandlerOf<'group.bans'> = {
  limit: 'read',
  query: async ({ channel_id, after, limit }, { actor }, { world, log }) => {
    requireGroup(world, actor.userId, channel_id, Permission.BAN_MEMBERS);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({
      bans: conversationQueries.bans(channel_id, after ?? '', size + 1),
    });
    requireGroup(world, actor.userId, channel_id, Permission.BAN_MEMBERS);
    return { result: { items: value.bans.slice(0, size), has_more: value.bans.length > size }, position };
  },
};
