/**
 * Who may act on whom, and what nobody can give themselves (PERM15 to PERM22): every rule of the order of a server, in
 * this one file and pure. Each asks the world and throws the refusal, or returns.
 */
import {
  ALL_PERMISSIONS,
  CHANNEL_PERMISSIONS,
  can,
  type Id,
  layered,
  type OverrideBits,
  outranks,
  Permission,
  type PermissionBits,
  parsePermissions,
  type Rank,
  Refusal,
} from '@snug/protocol';
import { channelPermissions, permissionsIn, rankIn } from '../world/permissions.ts';
import type { CategoryState, ChannelState, Overrides, RoleState, ServerState } from '../world/state.ts';

const NOTHING: OverrideBits = { allow: 0n, deny: 0n };

/** Permissions a client gives: only bits that exist. @throws INVALID_PARAMS */
export function givenBits(decimal: string | undefined, path: string, known = ALL_PERMISSIONS): PermissionBits {
  const bits = parsePermissions(decimal ?? '0');
  if ((bits & ~known) === 0n) return bits;
  throw new Refusal('INVALID_PARAMS', { issues: [{ path, message: 'names bits that mean nothing here' }] });
}

/** The same for an override: some bits belong to a server as a whole. */
export function givenOverride(given: { allow?: string | undefined; deny?: string | undefined }): OverrideBits {
  const allow = givenBits(given.allow, 'allow', CHANNEL_PERMISSIONS);
  const deny = givenBits(given.deny, 'deny', CHANNEL_PERMISSIONS) & ~allow;
  return { allow, deny };
}

export function requireRole(server: ServerState, roleId: Id): RoleState {
  const state = server.roles.get(roleId);
  if (state === undefined) throw new Refusal('UNKNOWN_ROLE');
  return state;
}

/** A role strictly below one's own highest; the owner stands above all. */
export function requireRoleBelow(userId: Id, server: ServerState, { role }: RoleState): void {
  if (!outranks(rankIn(userId, server), roleRank(role.position))) throw new Refusal('OUTRANKED');
}

/** Somebody strictly below oneself. Nobody is below themselves, and nobody is above the owner. */
export function requireOutranked(userId: Id, server: ServerState, targetId: Id): void {
  if (!outranks(rankIn(userId, server), rankIn(targetId, server))) throw new Refusal('OUTRANKED');
}

export function requireHeld(userId: Id, server: ServerState, bits: PermissionBits): void {
  if (!can(permissionsIn(userId, server), bits)) throw new Refusal('MISSING_PERMISSION');
}

export function requireHeldIn(userId: Id, channel: ChannelState, bits: PermissionBits): void {
  if (!can(channelPermissions(userId, channel), bits)) throw new Refusal('MISSING_PERMISSION');
}

/** Why somebody may not give a role to anybody; null if they may: below them, and nothing in it that they lack. */
export function whyNotGrant(
  userId: Id,
  server: ServerState,
  role: RoleState,
): 'OUTRANKED' | 'MISSING_PERMISSION' | null {
  if (!outranks(rankIn(userId, server), roleRank(role.role.position))) return 'OUTRANKED';
  const held = permissionsIn(userId, server);
  if (!can(held, Permission.MANAGE_ROLES | role.bits)) return 'MISSING_PERMISSION';
  for (const channel of ownChannels(server)) {
    const { allow } = overrideFor(server, channel, role.role.id);
    if (allow !== 0n && !can(channelPermissions(userId, channel), allow)) return 'MISSING_PERMISSION';
  }
  return null;
}

export function requireMayGrant(userId: Id, server: ServerState, role: RoleState): void {
  const reason = whyNotGrant(userId, server, role);
  if (reason !== null) throw new Refusal(reason);
}

/** When a role goes, so does what its overrides deny: nobody frees themselves, or others, of what they could not allow. */
export function requireMayLift(userId: Id, server: ServerState, roleId: Id): void {
  for (const channel of ownChannels(server)) {
    const { deny } = overrideFor(server, channel, roleId);
    if (deny !== 0n) requireHeldIn(userId, channel, deny);
  }
}

/** Whom an override is for, and that they stand below the actor. A role that is gone is nobody's. */
export function requireOverrideTarget(
  userId: Id,
  server: ServerState,
  target: { readonly target_type: 'role' | 'member'; readonly target_id: Id },
): void {
  if (target.target_type === 'member') return requireOutranked(userId, server, target.target_id);
  const role = server.roles.get(target.target_id);
  if (role !== undefined) requireRoleBelow(userId, server, role);
}

/** Every bit that a change of an override turns, one must hold in that channel. */
export function requireMayTurn(
  userId: Id,
  channel: ChannelState,
  before: OverrideBits = NOTHING,
  after: OverrideBits = NOTHING,
): void {
  requireHeldIn(userId, channel, turned(before, after));
}

/** The same for a category: in the server, where new channels come from, and in each channel it holds. */
export function requireMayTurnCategory(
  userId: Id,
  server: ServerState,
  categoryId: Id,
  before: OverrideBits = NOTHING,
  after: OverrideBits = NOTHING,
): void {
  const bits = turned(before, after);
  requireHeld(userId, server, bits);
  for (const channel of channelsIn(server, categoryId)) requireHeldIn(userId, channel, bits);
}

/** Moving a channel puts it under other overrides: every bit that those of both categories name, one must hold in it. */
export function requireMayMove(userId: Id, server: ServerState, channel: ChannelState, to: Id | null): void {
  const from = channel.channel.category_id ?? null;
  if (from === to) return;
  const bits = namedBy(server.categories.get(from ?? '')) | namedBy(server.categories.get(to ?? ''));
  requireHeldIn(userId, channel, bits);
}

/** Deleting a category moves each of its channels out. */
export function requireMayDissolve(userId: Id, server: ServerState, categoryId: Id): void {
  for (const channel of channelsIn(server, categoryId)) requireMayMove(userId, server, channel, null);
}

/** Moderation touches neither the owner nor administrators of the server with a timeout (Blueprint). */
export function isBeyondTimeout(userId: Id, server: ServerState): boolean {
  return can(permissionsIn(userId, server), Permission.ADMINISTRATOR);
}

const roleRank = (position: number): Rank => ({ isOwner: false, position });

function turned(before: OverrideBits, after: OverrideBits): PermissionBits {
  return (before.allow ^ after.allow) | (before.deny ^ after.deny);
}

function namedBy(category: CategoryState | undefined): PermissionBits {
  return category === undefined ? 0n : named(category.overrides);
}

function named(overrides: Overrides): PermissionBits {
  let bits = 0n;
  for (const { allow, deny } of overrides.values()) bits |= allow | deny;
  return bits;
}

function overrideFor(server: ServerState, { channel, overrides }: ChannelState, targetId: Id): OverrideBits {
  const category = server.categories.get(channel.category_id ?? '');
  return layered(category?.overrides.get(targetId), overrides.get(targetId)) ?? NOTHING;
}

/** Channels that are there and have rules of their own: threads have their parent's. */
function* ownChannels(server: ServerState): Iterable<ChannelState> {
  for (const channel of server.channels.values()) {
    if (channel.deletedAt === null && channel.parent === null) yield channel;
  }
}

function* channelsIn(server: ServerState, categoryId: Id): Iterable<ChannelState> {
  for (const channel of ownChannels(server)) if (channel.channel.category_id === categoryId) yield channel;
}
