import { type State, select } from '@snug/client';
import { can, type Id, outranks, Permission, parsePermissions, type Rank, type Role } from '@snug/protocol';

/** Where somebody with these roles stands in the order of a server. */
function rankWith(state: State, serverId: Id, userId: Id, roleIds: readonly Id[]): Rank {
  const held = new Set(roleIds);
  const roles = (state.roles.get(serverId) ?? []).filter((role) => held.has(role.id));
  return {
    isOwner: state.servers.get(serverId)?.owner_id === userId,
    position: Math.max(0, ...roles.map((role) => role.position)),
  };
}

export function ownRank(state: State, serverId: Id): Rank {
  return select.rank(state, serverId, state.me?.id ?? '');
}

/** Whether the signed-in user stands above somebody with these roles (PERM15). */
export function isAbove(state: State, serverId: Id, userId: Id, roleIds: readonly Id[]): boolean {
  if (state.me?.id === userId) return false;
  return outranks(ownRank(state, serverId), rankWith(state, serverId, userId, roleIds));
}

/** Whether the signed-in user stands above a role, so that they may change, give and take it. */
export function isAboveRole(state: State, role: Role): boolean {
  const rank = ownRank(state, role.server_id);
  return rank.isOwner || rank.position > role.position;
}

/** Whether somebody holds the administrator's bit by one of these roles. Nobody can time them out. */
export function isAdministrator(state: State, serverId: Id, roleIds: readonly Id[]): boolean {
  const held = new Set<Id>([serverId, ...roleIds]);
  return (state.roles.get(serverId) ?? []).some(
    (role) => held.has(role.id) && can(parsePermissions(role.permissions), Permission.ADMINISTRATOR),
  );
}

export function isOwner(state: State, serverId: Id): boolean {
  return state.me !== null && state.servers.get(serverId)?.owner_id === state.me.id;
}
