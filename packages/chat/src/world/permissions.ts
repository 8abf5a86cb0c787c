/** Who may do what where: the world's standing of a person, decided by protocol's one function. */
import { can, DM_PERMISSIONS, type Id, type PermissionBits, serverPermissions } from '@snug/protocol';
import type { ChannelState, ServerState } from './state.ts';

export { can };

/** What somebody may do in a server. Nothing, if they are not in it. */
export function permissionsIn(userId: Id, server: ServerState): PermissionBits {
  if (server.ownerId === userId) return serverPermissions({ isOwner: true, roles: [] });
  const member = server.members.get(userId);
  return member === undefined ? 0n : permissionsOfRoles(server, member.roleIds);
}

/** The same for everyone with these roles: the unit of E26's permission classes. */
export function permissionsOfRoles(server: ServerState, roleIds: readonly Id[]): PermissionBits {
  const key = roleIds.length === 0 ? '' : roleIds.join();
  let bits = server.bits.get(key);
  if (bits === undefined) {
    const roles = [server.id, ...roleIds].flatMap((id) => server.roles.get(id)?.bits ?? []);
    bits = serverPermissions({ isOwner: false, roles });
    server.bits.set(key, bits);
  }
  return bits;
}

/** What somebody may do in a channel. */
export function channelPermissions(userId: Id, channel: ChannelState): PermissionBits {
  if (channel.server !== null) return permissionsIn(userId, channel.server);
  return channel.recipients.includes(userId) ? DM_PERMISSIONS : 0n;
}
