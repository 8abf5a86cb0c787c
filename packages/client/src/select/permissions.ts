import {
  type Channel,
  can,
  DM_PERMISSIONS,
  channelPermissions as decideChannel,
  GROUP_PERMISSIONS,
  type Id,
  layered,
  type OverrideBits,
  outranks,
  Permission,
  type PermissionBits,
  type PermissionOverride,
  parsePermissions,
  type Rank,
  type Role,
  type Standing,
  serverPermissions,
} from '@snug/protocol';
import type { State } from '../store/state.ts';

const NO_ROLES: readonly Role[] = [];

/** The roles somebody holds in a server, @everyone included; highest first. */
export function rolesOf(state: State, serverId: Id, userId: Id): readonly Role[] {
  const held = state.members.get(serverId)?.get(userId)?.role_ids ?? [];
  return (state.roles.get(serverId) ?? NO_ROLES).filter(({ id }) => id === serverId || held.includes(id));
}

function standingOf(state: State, serverId: Id, userId: Id): Standing {
  return {
    isOwner: state.servers.get(serverId)?.owner_id === userId,
    roles: rolesOf(state, serverId, userId).map((role) => parsePermissions(role.permissions)),
    // Its end is an event like any other (E18), so no clock is asked.
    isTimedOut: (state.members.get(serverId)?.get(userId)?.timed_out_until ?? null) !== null,
  };
}

/** What the signed-in user may do in a server; nothing where they are no member (PERM2, PERM3). */
export function permissions(state: State, serverId: Id): PermissionBits {
  const { me } = state;
  if (me === null || !state.servers.has(serverId)) return 0n;
  return serverPermissions(standingOf(state, serverId, me.id));
}

interface Decided {
  readonly made: readonly unknown[];
  readonly bits: PermissionBits;
}

/** By channel: a view asks for every message, and what the answer rests on seldom changes. */
const decided = new WeakMap<Channel, Decided>();

/**
 * What the signed-in user may do in a channel, a DM, a group or a thread: decided by the same function as on the server
 * (PERM). One that is not visible grants nothing (PERM5); a thread grants what its parent does (E29).
 */
export function channelPermissions(state: State, channelId: Id): PermissionBits {
  const channel = state.channels.get(channelId);
  const me = state.me?.id;
  if (channel === undefined || me === undefined) return 0n;
  if (channel.parent_id !== undefined) return channelPermissions(state, channel.parent_id);
  const { server_id: serverId = '' } = channel;
  const made: unknown[] = [me, state.servers.get(serverId), state.roles.get(serverId), state.categories.get(serverId)];
  made.push(state.members.get(serverId)?.get(me));
  const last = decided.get(channel);
  if (last?.made.every((one, index) => one === made[index])) return last.bits;
  const bits = channel.server_id === undefined ? conversationBits(channel, me) : serverBits(state, channel, me);
  decided.set(channel, { made, bits });
  return bits;
}

function conversationBits({ type, owner_id, recipients }: Channel, me: Id): PermissionBits {
  if (type === 'dm') return DM_PERMISSIONS;
  const role = recipients?.find((one) => one.user_id === me)?.role;
  if (role === undefined) return 0n;
  return owner_id === me ? GROUP_PERMISSIONS.owner : GROUP_PERMISSIONS[role];
}

function serverBits(state: State, channel: Channel, me: Id): PermissionBits {
  const serverId = channel.server_id as Id;
  if (!state.servers.has(serverId)) return 0n;
  const category = state.categories.get(serverId)?.find(({ id }) => id === channel.category_id);
  const of = (id: Id): OverrideBits | undefined =>
    layered(bitsFor(category?.permission_overrides, id), bitsFor(channel.permission_overrides, id));
  const held = rolesOf(state, serverId, me).filter(({ id }) => id !== serverId);
  return decideChannel(standingOf(state, serverId, me), {
    isPrivate: channel.is_private,
    everyone: of(serverId),
    roles: held.flatMap(({ id }) => of(id) ?? []),
    member: of(me),
  });
}

function bitsFor(overrides: readonly PermissionOverride[] | undefined, id: Id): OverrideBits | undefined {
  const found = overrides?.find((one) => one.target_id === id);
  if (found === undefined) return undefined;
  return { allow: parsePermissions(found.allow), deny: parsePermissions(found.deny) };
}

/** Where somebody stands in the order of a server (PERM15). Of those who are not known: at its foot. */
export function rank(state: State, serverId: Id, userId: Id): Rank {
  const highest = rolesOf(state, serverId, userId)[0]?.position ?? 0;
  return { isOwner: state.servers.get(serverId)?.owner_id === userId, position: highest };
}

/** Whether the signed-in user may act on somebody in a server, as far as the order of roles goes. */
export function outranksMember(state: State, serverId: Id, userId: Id): boolean {
  const { me } = state;
  return me !== null && outranks(rank(state, serverId, me.id), rank(state, serverId, userId));
}

/** Whether the signed-in user may give, take or edit a role: it is below their own highest, and not @everyone. */
export function outranksRole(state: State, role: Role): boolean {
  const { me } = state;
  if (me === null) return false;
  const own = rank(state, role.server_id, me.id);
  return own.isOwner || own.position > role.position;
}

const may =
  (wanted: PermissionBits) =>
  (state: State, channelId: Id): boolean =>
    can(channelPermissions(state, channelId), wanted);

/** In a channel, a group or a thread. */
export const canManageMessages = may(Permission.MANAGE_MESSAGES);
export const canManageChannel = may(Permission.MANAGE_CHANNELS);
export const canManageOverrides = may(Permission.MANAGE_ROLES);
export const canMentionEveryone = may(Permission.MENTION_EVERYONE);
export const canInvite = may(Permission.CREATE_INVITE);

/** Whether anybody may write there now. An archived thread wakes when somebody does. */
function isOpen(channel: Channel): boolean {
  return !channel.is_archived || channel.parent_id !== undefined;
}

/** One may write: not where it is archived, and in a DM not to somebody whom one has blocked. */
export function canSend(state: State, channelId: Id): boolean {
  const channel = state.channels.get(channelId);
  if (channel === undefined || !isOpen(channel) || isBlockedDm(state, channel)) return false;
  const parent = channel.parent_id === undefined ? undefined : state.channels.get(channel.parent_id);
  if (parent?.is_archived) return false;
  return can(channelPermissions(state, channelId), Permission.SEND_MESSAGES);
}

export function canReact(state: State, channelId: Id): boolean {
  const channel = state.channels.get(channelId);
  if (channel === undefined || channel.is_archived || isBlockedDm(state, channel)) return false;
  return can(channelPermissions(state, channelId), Permission.ADD_REACTIONS);
}

/** In a DM or a group whoever may write pins, elsewhere Manage Messages. */
export function canPin(state: State, channelId: Id): boolean {
  const channel = state.channels.get(channelId);
  if (channel === undefined || channel.is_archived) return false;
  const wanted = channel.server_id === undefined ? Permission.SEND_MESSAGES : Permission.MANAGE_MESSAGES;
  return can(channelPermissions(state, channelId), wanted);
}

/** A thread is its maker's, and that of those who manage messages. */
export function canManageThread(state: State, channelId: Id): boolean {
  const channel = state.channels.get(channelId);
  if (channel?.parent_id === undefined) return false;
  return channel.owner_id === state.me?.id || canManageMessages(state, channelId);
}

/** Threads hang under text channels; whoever may write there may start one. */
export function canStartThread(state: State, channelId: Id): boolean {
  return state.channels.get(channelId)?.type === 'text' && canSend(state, channelId);
}

function isBlockedDm(state: State, channel: Channel): boolean {
  if (channel.type !== 'dm') return false;
  return (channel.recipient_ids ?? []).some((id) => state.relationships.get(id)?.type === 'blocked');
}
