import {
  formatPermissions,
  type Id,
  LIMITS,
  type OverrideBits,
  type PermissionOverride,
  Refusal,
} from '@snug/protocol';
import type { ServerState } from '../world/state.ts';

type Target = Pick<PermissionOverride, 'target_id' | 'target_type'>;

export function newOverride({ target_id, target_type }: Target, { allow, deny }: OverrideBits): PermissionOverride {
  return { target_type, target_id, allow: formatPermissions(allow), deny: formatPermissions(deny) };
}

/** The list with this override in it. Those of roles that are gone do not come along. */
export function withOverride(
  server: ServerState,
  list: readonly PermissionOverride[] | undefined,
  override: PermissionOverride,
): PermissionOverride[] {
  const others = withoutOverride(server, list, override.target_id);
  if (others.length >= LIMITS.OVERRIDES_PER_CHANNEL) throw new Refusal('LIMIT_REACHED');
  return [...others, override];
}

export function withoutOverride(
  server: ServerState,
  list: readonly PermissionOverride[] | undefined,
  targetId: Id,
): PermissionOverride[] {
  return (list ?? []).filter(
    ({ target_id, target_type }) => target_id !== targetId && (target_type === 'member' || server.roles.has(target_id)),
  );
}

/** Whom an override is set for has to be there. */
export function requireTargetThere(server: ServerState, { target_id, target_type }: Target): void {
  if (target_type === 'role' && !server.roles.has(target_id)) throw new Refusal('UNKNOWN_ROLE');
  if (target_type === 'member' && !server.members.has(target_id)) throw new Refusal('UNKNOWN_MEMBER');
}
