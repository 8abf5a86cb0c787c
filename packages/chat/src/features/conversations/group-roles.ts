import { GROUP_ROLES, Permission, type Recipient, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { authorityInChannel } from '../access.ts';
import { roleChange } from './departure.ts';
import { requireGroup, requireOutranks, standingIn } from './group-access.ts';

/** Nobody gives a role as high as their own, but the owner hands the group over and stays as an admin. */
export const setGroupRole: HandlerOf<'group.set_role'> = {
  limit: 'write',
  decide: ({ world, params: { channel_id, user_id, role }, actor }) => {
    const state = requireGroup(world, actor.userId, channel_id, Permission.MANAGE_ROLES);
    const target = state.channel.recipients?.find((one) => one.user_id === user_id);
    if (target === undefined) throw new Refusal('UNKNOWN_MEMBER');
    if (target.role === role) return { answer: target };
    requireOutranks(state, actor.userId, user_id);
    const isHandOver = role === 'owner' && state.channel.owner_id === actor.userId;
    if (!isHandOver && standingIn(state, actor.userId) <= GROUP_ROLES.indexOf(role)) throw new Refusal('OUTRANKED');
    const given = roleChange(channel_id, user_id, role);
    const changed: Recipient = { ...target, role };
    return {
      events: isHandOver ? [roleChange(channel_id, actor.userId, 'admin'), given] : [given],
      guards: [
        authorityInChannel(world, actor.userId, state),
        { kind: 'exists', key: 'recipient', args: [user_id, channel_id], refusal: 'UNKNOWN_MEMBER' },
      ],
      result: () => changed,
    };
  },
};
