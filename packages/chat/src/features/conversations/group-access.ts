/** What a command of groups opens with: is it one, may they do it, and to whom. */
import { can, GROUP_ROLES, type Id, type PermissionBits, Refusal } from '@snug/protocol';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState, UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { requireChannel } from '../access.ts';
import { acquaintance } from '../users/users.queries.ts';

/** A group one is in, in which one may do this. */
export function requireGroup(world: World, userId: Id, channelId: Id, wanted: PermissionBits): ChannelState {
  const state = requireChannel(world, userId, channelId);
  if (state.channel.type !== 'group_dm') throw new Refusal('WRONG_CHANNEL_TYPE');
  if (!can(channelPermissions(userId, state), wanted)) throw new Refusal('MISSING_PERMISSION');
  return state;
}

/** Where somebody stands in a group: the owner highest; below everybody whoever is not in it. */
export function standingIn({ groupRoles }: ChannelState, userId: Id): number {
  const role = groupRoles?.get(userId);
  return role === undefined ? -1 : GROUP_ROLES.indexOf(role);
}

export function requireOutranks(state: ChannelState, userId: Id, targetId: Id): void {
  if (standingIn(state, userId) <= standingIn(state, targetId)) throw new Refusal('OUTRANKED');
}

/** Somebody one may know of, or who is or was in this group. Who is hidden answers as if they were not there. */
export function requireKnownUser(world: World, userId: Id, state: ChannelState, targetId: Id): UserState {
  const target = world.users.get(targetId);
  const isOfGroup = state.recipients.includes(targetId) || state.groupBans?.has(targetId) === true;
  if (target === undefined || (!isOfGroup && acquaintance(world, userId, target) === 'none'))
    throw new Refusal('UNKNOWN_USER');
  return target;
}
