/** Who may do what where: the world's standing of a person, decided by protocol's one function. */
import {
  can,
  DM_PERMISSIONS,
  channelPermissions as decideChannel,
  GROUP_PERMISSIONS,
  type Id,
  layered,
  type OverrideBits,
  Permission,
  type PermissionBits,
  type PermissionOverride,
  parsePermissions,
  type Rank,
  type Standing,
  serverPermissions,
} from '@snug/protocol';
import { type ChannelState, type ClassBits, NO_OVERRIDES, type Overrides, type ServerState } from './state.ts';

export { can };

/** Classes whose bits are kept; past this they are worked out anew. */
const MAX_CLASSES = 5000;

/** What sets a permission class apart, so that its bits are worked out once. */
export interface ClassStanding {
  readonly isOwner: boolean;
  readonly roleIds: readonly Id[];
  readonly isTimedOut: boolean;
  /** Set where some channel has an override for this one person. */
  readonly userId: Id | null;
}

export const OWNER_CLASS = 'owner';

/** The permission class of somebody in a server; null for those who are not in it. */
export function classKey(userId: Id, server: ServerState): string | null {
  if (server.ownerId === userId) return OWNER_CLASS;
  const member = server.members.get(userId);
  if (member === undefined) return null;
  let key = member.roleIds.length === 0 ? '' : member.roleIds.join();
  if (server.timeouts.size > 0 && server.timeouts.has(userId)) key += '!';
  if (server.memberOverrides.size > 0 && server.memberOverrides.has(userId)) key += `@${userId}`;
  return key;
}

export function classStanding(userId: Id, server: ServerState): ClassStanding {
  return {
    isOwner: server.ownerId === userId,
    roleIds: server.members.get(userId)?.roleIds ?? [],
    isTimedOut: server.timeouts.has(userId),
    userId: server.memberOverrides.has(userId) ? userId : null,
  };
}

/** What somebody may do in a server. Nothing, if they are not in it. */
export function permissionsIn(userId: Id, server: ServerState): PermissionBits {
  const key = classKey(userId, server);
  if (key === null) return 0n;
  return (server.bits.get(key) ?? remember(server, key, classStanding(userId, server))).server;
}

/** What somebody may do in a channel, a DM, a group or a thread. */
export function channelPermissions(userId: Id, channel: ChannelState): PermissionBits {
  const { server } = channel;
  if (server === null) return conversationPermissions(userId, channel);
  const key = classKey(userId, server);
  if (key === null) return 0n;
  const place = channel.parent ?? channel;
  const known = server.bits.get(key)?.channels.get(place.channel.id);
  return known ?? classChannelBits(server, key, classStanding(userId, server), place);
}

/** The same for a whole permission class (E26). */
export function classServerBits(server: ServerState, key: string, standing: ClassStanding): PermissionBits {
  return (server.bits.get(key) ?? remember(server, key, standing)).server;
}

export function classChannelBits(
  server: ServerState,
  key: string,
  standing: ClassStanding,
  channel: ChannelState,
): PermissionBits {
  const place = channel.parent ?? channel;
  const bits = server.bits.get(key) ?? remember(server, key, standing);
  let found = bits.channels.get(place.channel.id);
  if (found === undefined) {
    found = decideIn(server, standing, place);
    bits.channels.set(place.channel.id, found);
  }
  return found;
}

/** Whether a member without any role sees it. */
export function everyoneSees(server: ServerState, channel: ChannelState): boolean {
  const nobody = { isOwner: false, roleIds: [], isTimedOut: false, userId: null };
  return (classChannelBits(server, '', nobody, channel) & Permission.VIEW_CHANNEL) !== 0n;
}

/** Where somebody stands in the order of a server. */
export function rankIn(userId: Id, server: ServerState): Rank {
  let position = 0;
  for (const id of server.members.get(userId)?.roleIds ?? []) {
    const role = server.roles.get(id)?.role;
    if (role !== undefined && role.position > position) position = role.position;
  }
  return { isOwner: server.ownerId === userId, position };
}

export function parseOverrides(overrides: readonly PermissionOverride[] | undefined): Overrides {
  if (overrides === undefined || overrides.length === 0) return NO_OVERRIDES;
  return new Map(
    overrides.map(({ target_id, allow, deny }) => [
      target_id,
      { allow: parsePermissions(allow), deny: parsePermissions(deny) },
    ]),
  );
}

/** After a change of any role, override, timeout or membership of a role: what was worked out counts no more. */
export function forgetPermissions(server: ServerState): void {
  server.bits.clear();
}

/** Looks again for whom some channel or category of a server has an override of their own. */
export function refreshMemberOverrides(server: ServerState): void {
  const found = new Set<Id>();
  const note = (overrides: readonly PermissionOverride[] | undefined): void => {
    for (const one of overrides ?? []) if (one.target_type === 'member') found.add(one.target_id);
  };
  for (const { category } of server.categories.values()) note(category.permission_overrides);
  for (const { channel } of server.channels.values()) note(channel.permission_overrides);
  server.memberOverrides = found;
  server.bits.clear();
}

function conversationPermissions(userId: Id, { channel, recipients, groupRoles }: ChannelState): PermissionBits {
  if (groupRoles === null) return recipients.includes(userId) ? DM_PERMISSIONS : 0n;
  const role = groupRoles.get(userId);
  if (role === undefined) return 0n;
  return channel.owner_id === userId ? GROUP_PERMISSIONS.owner : GROUP_PERMISSIONS[role];
}

function remember(server: ServerState, key: string, standing: ClassStanding): ClassBits {
  if (server.bits.size >= MAX_CLASSES) server.bits.clear();
  const bits = { server: serverPermissions(asStanding(server, standing)), channels: new Map<Id, PermissionBits>() };
  server.bits.set(key, bits);
  return bits;
}

function decideIn(server: ServerState, standing: ClassStanding, channel: ChannelState): PermissionBits {
  const category = server.categories.get(channel.channel.category_id ?? '')?.overrides ?? NO_OVERRIDES;
  const of = (id: Id): OverrideBits | undefined => layered(category.get(id), channel.overrides.get(id));
  return decideChannel(asStanding(server, standing), {
    isPrivate: channel.channel.is_private,
    everyone: of(server.id),
    roles: standing.roleIds.flatMap((id) => of(id) ?? []),
    member: standing.userId === null ? undefined : of(standing.userId),
  });
}

function asStanding(server: ServerState, { isOwner, roleIds, isTimedOut }: ClassStanding): Standing {
  return { isOwner, isTimedOut, roles: [server.id, ...roleIds].flatMap((id) => server.roles.get(id)?.bits ?? []) };
}
