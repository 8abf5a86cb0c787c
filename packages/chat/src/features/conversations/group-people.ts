import { Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { relationsKey } from '../../log/envelope.ts';
import { requireChannel } from '../access.ts';
import { mayAdd } from '../relationships/relationships.queries.ts';
import { arrival } from './arrival.ts';
import { authorityToDepart, departure } from './departure.ts';
import { requireGroup, requireKnownUser, requireOutranks } from './group-access.ts';

export const listRecipients: HandlerOf<'group.recipients'> = {
  limit: 'read',
  query: async ({ channel_id }, { actor }, { world }) => {
    const { channel, server } = requireChannel(world, actor.userId, channel_id);
    if (server !== null) throw new Refusal('WRONG_CHANNEL_TYPE');
    const people =
      channel.recipients ??
      (channel.recipient_ids ?? []).map((user_id) => ({
        user_id,
        role: 'member' as const,
        joined_at: channel.created_at,
      }));
    const items = people.flatMap((one) => {
      const user = world.users.get(one.user_id)?.user;
      return user === undefined ? [] : [{ ...one, user }];
    });
    return { result: { items, has_more: false }, position: world.tail };
  },
};

/** Everybody in a group may bring somebody who lets themselves be added. Adding twice is no error. */
export const addRecipient: HandlerOf<'group.add'> = {
  limit: 'contact',
  decide: ({ world, params: { channel_id, user_id }, actor, now }) => {
    const state = requireGroup(world, actor.userId, channel_id, Permission.CREATE_INVITE);
    const target = requireKnownUser(world, actor.userId, state, user_id);
    const existing = state.channel.recipients?.find((one) => one.user_id === user_id);
    if (existing !== undefined) return { answer: existing };
    if (state.groupBans?.has(user_id) === true) throw new Refusal('BANNED');
    if (!mayAdd(world, actor.userId, user_id)) throw new Refusal('CANNOT_MESSAGE');
    const { recipient, event, guards } = arrival(world, state, target, actor.userId, now);
    const keys = [relationsKey(actor.userId), relationsKey(user_id)];
    return {
      events: [event],
      guards: [{ kind: 'authority', keys, position: world.tail }, ...guards],
      result: () => recipient,
    };
  },
};

/** A hidden group answers as if it were not there, also to those who are banned from it. */
export const joinGroup: HandlerOf<'group.join'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id }, actor, now }) => {
    const state = world.channel(channel_id);
    const isIn = state?.groupRoles?.has(actor.userId) === true;
    if (state === undefined || (!isIn && state.channel.visibility !== 'discoverable'))
      throw new Refusal('UNKNOWN_CHANNEL');
    if (isIn) return { answer: state.channel };
    if (state.groupBans?.has(actor.userId) === true) throw new Refusal('BANNED');
    const user = world.users.get(actor.userId);
    if (user === undefined) throw new Refusal('UNKNOWN_CHANNEL');
    const { event, guards } = arrival(world, state, user, actor.userId, now);
    return { events: [event], guards, result: () => state.channel };
  },
};

/** Leaving ends history too (E29). */
export const removeRecipient: HandlerOf<'group.remove'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id, user_id }, actor, now }) => {
    const isLeaving = user_id === actor.userId;
    const state = requireGroup(world, actor.userId, channel_id, isLeaving ? 0n : Permission.KICK_MEMBERS);
    if (!state.recipients.includes(user_id)) throw new Refusal('UNKNOWN_MEMBER');
    if (!isLeaving) requireOutranks(state, actor.userId, user_id);
    return {
      events: departure(state, user_id, { removedBy: actor.userId, isBanned: false, now }),
      guards: [
        ...authorityToDepart(world, actor.userId, state),
        { kind: 'exists', key: 'recipient', args: [user_id, channel_id], refusal: 'UNKNOWN_MEMBER' },
      ],
      result: () => null,
    };
  },
};
