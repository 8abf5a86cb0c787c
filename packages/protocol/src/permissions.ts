/**
 * Permission bits, as in Blueprint "Role & Permissions".
 *
 * On the wire a set of permissions is a decimal string (bit 31 is a 64-bit value, not a sign). In memory it is a
 * bigint; every check goes through the functions below, which server and client share.
 */
export const Permission = {
  VIEW_CHANNEL: 1n << 0n,
  SEND_MESSAGES: 1n << 1n,
  MANAGE_MESSAGES: 1n << 2n,
  MANAGE_CHANNELS: 1n << 3n,
  MANAGE_SERVER: 1n << 4n,
  KICK_MEMBERS: 1n << 5n,
  BAN_MEMBERS: 1n << 6n,
  MANAGE_ROLES: 1n << 7n,
  MENTION_EVERYONE: 1n << 8n,
  ADD_REACTIONS: 1n << 9n,
  ATTACH_FILES: 1n << 10n,
  CREATE_INVITE: 1n << 11n,
  ADMINISTRATOR: 1n << 31n,
} as const;

export type PermissionName = keyof typeof Permission;
export type PermissionBits = bigint;

export const PERMISSION_NAMES = Object.keys(Permission) as PermissionName[];

/** Every bit Blueprint names. */
export const ALL_PERMISSIONS: PermissionBits = PERMISSION_NAMES.reduce((all, name) => all | Permission[name], 0n);

/** What @everyone may do in a new server. */
export const DEFAULT_PERMISSIONS: PermissionBits =
  Permission.VIEW_CHANNEL |
  Permission.SEND_MESSAGES |
  Permission.ADD_REACTIONS |
  Permission.ATTACH_FILES |
  Permission.CREATE_INVITE;

/** What both people of a DM may do in it. */
export const DM_PERMISSIONS: PermissionBits =
  Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES | Permission.ADD_REACTIONS | Permission.ATTACH_FILES;

export function parsePermissions(decimal: string): PermissionBits {
  return BigInt(decimal);
}

export function formatPermissions(bits: PermissionBits): string {
  return bits.toString(10);
}

/** What an override may touch: the rest of the bits belong to a server as a whole. */
export const CHANNEL_PERMISSIONS: PermissionBits =
  Permission.VIEW_CHANNEL |
  Permission.SEND_MESSAGES |
  Permission.MANAGE_MESSAGES |
  Permission.MANAGE_CHANNELS |
  Permission.MANAGE_ROLES |
  Permission.MENTION_EVERYONE |
  Permission.ADD_REACTIONS |
  Permission.ATTACH_FILES |
  Permission.CREATE_INVITE;

/** All that is left to somebody during a timeout: to read. */
export const TIMED_OUT_PERMISSIONS: PermissionBits = Permission.VIEW_CHANNEL;

/** What the roles of a group may do in it (design section 5). The owner may do everything. */
export const GROUP_PERMISSIONS = {
  member: DM_PERMISSIONS | Permission.CREATE_INVITE | Permission.MENTION_EVERYONE,
  mod:
    DM_PERMISSIONS |
    Permission.CREATE_INVITE |
    Permission.MENTION_EVERYONE |
    Permission.MANAGE_MESSAGES |
    Permission.KICK_MEMBERS,
  admin:
    DM_PERMISSIONS |
    Permission.CREATE_INVITE |
    Permission.MENTION_EVERYONE |
    Permission.MANAGE_MESSAGES |
    Permission.KICK_MEMBERS |
    Permission.BAN_MEMBERS |
    Permission.MANAGE_CHANNELS |
    Permission.MANAGE_ROLES,
  owner: ALL_PERMISSIONS,
} as const satisfies Record<string, PermissionBits>;
export type GroupRole = keyof typeof GROUP_PERMISSIONS;

/** Lowest first: who is further right outranks who is further left. */
export const GROUP_ROLES: readonly GroupRole[] = ['member', 'mod', 'admin', 'owner'];

/** Roles besides @everyone that a new server starts with, lowest first (design section 6). The owner needs none. */
export const FOUNDING_ROLES = [
  {
    name: 'mod',
    color: 0x2f9e6e,
    permissions:
      DEFAULT_PERMISSIONS | Permission.MANAGE_MESSAGES | Permission.KICK_MEMBERS | Permission.MENTION_EVERYONE,
  },
  {
    name: 'admin',
    color: 0xd9822b,
    permissions: ALL_PERMISSIONS & ~Permission.ADMINISTRATOR,
  },
] as const;

export interface Standing {
  /** Whether the reader owns the server: the owner may do everything. */
  readonly isOwner: boolean;
  /** Bits of every role the member holds, @everyone included. */
  readonly roles: readonly PermissionBits[];
  /** During a timeout only reading is left, unless one is an administrator. */
  readonly isTimedOut?: boolean;
}

/** One override: what it takes away, and what it gives back. */
export interface OverrideBits {
  readonly allow: PermissionBits;
  readonly deny: PermissionBits;
}

/** What a channel changes for one member, its category's overrides and its own already laid over each other. */
export interface ChannelRules {
  readonly isPrivate: boolean;
  readonly everyone: OverrideBits | undefined;
  /** Of the roles the member holds, @everyone left out. */
  readonly roles: readonly OverrideBits[];
  readonly member: OverrideBits | undefined;
}

/** What a member may do in a server, before a channel changes anything. */
export function serverPermissions(standing: Standing): PermissionBits {
  if (standing.isOwner) return ALL_PERMISSIONS;
  let bits = 0n;
  for (const role of standing.roles) bits |= role;
  if ((bits & Permission.ADMINISTRATOR) !== 0n) return ALL_PERMISSIONS;
  return standing.isTimedOut === true ? bits & TIMED_OUT_PERMISSIONS : bits;
}

/**
 * What a member may do in a channel of a server: the one decision, on both ends (Blueprint "Role & Permissions"). The
 * order is Discord's: the owner and administrators may do everything; else @everyone's override, then those of all
 * roles together (denied first, allowed over it), then the member's own. A private channel takes VIEW_CHANNEL from
 * everybody to whom no role or member override gives it back. What cannot be seen grants nothing.
 */
export function channelPermissions(standing: Standing, rules: ChannelRules): PermissionBits {
  if (standing.isOwner) return ALL_PERMISSIONS;
  let bits = 0n;
  for (const role of standing.roles) bits |= role;
  if ((bits & Permission.ADMINISTRATOR) !== 0n) return ALL_PERMISSIONS;
  bits = overridden(bits, rules.everyone);
  if (rules.isPrivate) bits &= ~Permission.VIEW_CHANNEL;
  bits = overridden(bits, united(rules.roles));
  bits = overridden(bits, rules.member);
  if (standing.isTimedOut === true) bits &= TIMED_OUT_PERMISSIONS;
  return (bits & Permission.VIEW_CHANNEL) === 0n ? 0n : bits;
}

function overridden(bits: PermissionBits, by: OverrideBits | undefined): PermissionBits {
  return by === undefined ? bits : (bits & ~by.deny) | by.allow;
}

function united(overrides: readonly OverrideBits[]): OverrideBits | undefined {
  if (overrides.length < 2) return overrides[0];
  let [allow, deny] = [0n, 0n];
  for (const one of overrides) {
    allow |= one.allow;
    deny |= one.deny;
  }
  return { allow, deny };
}

/** A channel's override laid over its category's for the same role or member: where it says something, it decides. */
export function layered(
  category: OverrideBits | undefined,
  channel: OverrideBits | undefined,
): OverrideBits | undefined {
  if (category === undefined) return channel;
  if (channel === undefined) return category;
  return {
    allow: (category.allow & ~channel.deny) | channel.allow,
    deny: (category.deny & ~channel.allow) | channel.deny,
  };
}

/** Where somebody stands in the order of a server. */
export interface Rank {
  readonly isOwner: boolean;
  /** The highest position among their roles; 0 with @everyone alone. */
  readonly position: number;
}

/** Nobody acts on their equals or on who stands above them; nobody on the owner (PERM15). */
export function outranks(actor: Rank, target: Rank): boolean {
  if (target.isOwner) return false;
  return actor.isOwner || actor.position > target.position;
}

/** True when `bits` holds every bit of `wanted`. A channel one cannot see grants nothing. */
export function can(bits: PermissionBits, wanted: PermissionBits): boolean {
  return (bits & wanted) === wanted;
}
