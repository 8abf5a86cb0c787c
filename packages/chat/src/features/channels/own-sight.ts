import { type Channel, can, type Id, layered, Permission } from '@snug/protocol';
import { parseOverrides, permissionsIn } from '../../world/permissions.ts';
import type { ServerState } from '../../world/state.ts';
import { newOverride, withOverride } from '../override-list.ts';

type Overrides = NonNullable<Channel['permission_overrides']>;

/**
 * The overrides of a channel that its maker makes private: nobody shuts themselves out (PERM22). Administrators and the
 * owner see it anyway, others by an override that is there already, or else by one of their own.
 */
export function withOwnSight(
  userId: Id,
  server: ServerState,
  { category_id, permission_overrides = [] }: Pick<Channel, 'category_id' | 'permission_overrides'>,
): Overrides {
  if (can(permissionsIn(userId, server), Permission.ADMINISTRATOR)) return permission_overrides;
  const category = server.categories.get(category_id ?? '')?.overrides;
  const own = parseOverrides(permission_overrides);
  const letsIn = (id: Id): boolean =>
    ((layered(category?.get(id), own.get(id))?.allow ?? 0n) & Permission.VIEW_CHANNEL) !== 0n;
  if ([userId, ...(server.members.get(userId)?.roleIds ?? [])].some(letsIn)) return permission_overrides;
  const { allow, deny } = own.get(userId) ?? { allow: 0n, deny: 0n };
  const seen = { allow: allow | Permission.VIEW_CHANNEL, deny: deny & ~Permission.VIEW_CHANNEL };
  return withOverride(server, permission_overrides, newOverride({ target_type: 'member', target_id: userId }, seen));
}
