import {
  can,
  formatPermissions,
  Permission,
  type PermissionName,
  type PermissionOverride,
  parsePermissions,
} from '@snug/protocol';
import { PERMISSION_ORDER } from './permission-order.ts';

/** What an override says of one permission. */
export type Said = 'allow' | 'inherit' | 'deny';
export type OverridePart = Pick<PermissionOverride, 'allow' | 'deny'>;

/** The permissions that a channel or category may change, as people read them. The rest belong to a server as a whole. */
export const OVERRIDABLE = PERMISSION_ORDER.filter(
  (name) => !(['KICK_MEMBERS', 'BAN_MEMBERS', 'MANAGE_SERVER', 'ADMINISTRATOR'] as PermissionName[]).includes(name),
);

export function saidOf({ allow, deny }: OverridePart, name: PermissionName): Said {
  if (can(parsePermissions(allow), Permission[name])) return 'allow';
  return can(parsePermissions(deny), Permission[name]) ? 'deny' : 'inherit';
}

export function withSaid({ allow, deny }: OverridePart, name: PermissionName, said: Said): OverridePart {
  const bit = Permission[name];
  const allowed = parsePermissions(allow) & ~bit;
  const denied = parsePermissions(deny) & ~bit;
  return {
    allow: formatPermissions(said === 'allow' ? allowed | bit : allowed),
    deny: formatPermissions(said === 'deny' ? denied | bit : denied),
  };
}

export function countSaid(part: OverridePart, said: Said): number {
  return OVERRIDABLE.filter((name) => saidOf(part, name) === said).length;
}

/** Says nothing, so that it may as well not be there. */
export function isEmpty({ allow, deny }: OverridePart): boolean {
  return parsePermissions(allow) === 0n && parsePermissions(deny) === 0n;
}
