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

export interface Standing {
  /** Whether the reader owns the server: the owner may do everything. */
  readonly isOwner: boolean;
  /** Bits of every role the member holds, @everyone included. */
  readonly roles: readonly PermissionBits[];
}

/** What a member may do in a server, before a channel changes anything. */
export function serverPermissions(standing: Standing): PermissionBits {
  if (standing.isOwner) return ALL_PERMISSIONS;
  let bits = 0n;
  for (const role of standing.roles) bits |= role;
  return (bits & Permission.ADMINISTRATOR) !== 0n ? ALL_PERMISSIONS : bits;
}

/** True when `bits` holds every bit of `wanted`. A channel one cannot see grants nothing. */
export function can(bits: PermissionBits, wanted: PermissionBits): boolean {
  return (bits & wanted) === wanted;
}
