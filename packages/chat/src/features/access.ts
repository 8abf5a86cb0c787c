/** The questions every feature opens with: may they see it, may they do it. Refusals leak nothing about what is hidden. */
import { can, type Id, Permission, type PermissionBits, Refusal } from '@snug/protocol';
import { type Guard, memberKey } from '../log/envelope.ts';
import { channelPermissions, permissionsIn } from '../world/permissions.ts';
import type { CategoryState, ChannelState, ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';

export function requireServer(world: World, userId: Id, serverId: Id): ServerState {
  const server = world.server(serverId);
  if (server === undefined || !world.isIn(userId, server)) throw new Refusal('UNKNOWN_SERVER');
  return server;
}

export function requireServerPermission(world: World, userId: Id, serverId: Id, wanted: PermissionBits): ServerState {
  const server = requireServer(world, userId, serverId);
  if (!can(permissionsIn(userId, server), wanted)) throw new Refusal('MISSING_PERMISSION');
  return server;
}

/** A category of a server one is in: the id alone says which. */
export function requireCategory(
  world: World,
  userId: Id,
  categoryId: Id,
): { readonly server: ServerState; readonly category: CategoryState } {
  for (const server of world.users.get(userId)?.servers ?? []) {
    const category = server.deletedAt === null ? server.categories.get(categoryId) : undefined;
    if (category !== undefined) return { server, category };
  }
  throw new Refusal('UNKNOWN_CATEGORY');
}

/** A channel one can see. One cannot tell a hidden channel from one that is not there. */
export function requireChannel(world: World, userId: Id, channelId: Id): ChannelState {
  const channel = world.channel(channelId);
  if (channel === undefined || !can(channelPermissions(userId, channel), Permission.VIEW_CHANNEL))
    throw new Refusal('UNKNOWN_CHANNEL');
  return channel;
}

export function requireChannelPermission(
  world: World,
  userId: Id,
  channelId: Id,
  wanted: PermissionBits,
): ChannelState {
  const channel = requireChannel(world, userId, channelId);
  if (!can(channelPermissions(userId, channel), wanted)) throw new Refusal('MISSING_PERMISSION');
  return channel;
}

/** The decision stands only if nothing changed this user's authority here since the world it was made on (E12). */
export function authorityInServer(world: World, userId: Id, serverId: Id): Guard {
  return { kind: 'authority', keys: [`server:${serverId}`, memberKey(serverId, userId)], position: world.tail };
}

/** The same for an act on somebody: where they stand, what they hold and whether they are there matter as much. */
export function authorityOver(world: World, userId: Id, serverId: Id, targetId: Id): Guard {
  const keys = [`server:${serverId}`, memberKey(serverId, userId), memberKey(serverId, targetId)];
  return { kind: 'authority', keys, position: world.tail };
}

export function authorityInChannel(world: World, userId: Id, { channel, server, parent }: ChannelState): Guard {
  const keys = [`channel:${channel.id}`];
  if (parent !== null) keys.push(`channel:${parent.channel.id}`);
  if (server !== null) keys.push(`server:${server.id}`, memberKey(server.id, userId));
  return { kind: 'authority', keys, position: world.tail };
}
