import type { Id, PermissionOverride, Role } from '@snug/protocol';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { useMemberNames } from '../members/use-member-names.ts';

/** A role or a person that something is said for. */
export type Target = Pick<PermissionOverride, 'target_type' | 'target_id'>;

const NO_ROLES: readonly Role[] = [];

/** How roles and people are called that something is said for. */
export function useTargetNames(serverId: Id, targets: readonly Target[]): (target: Target) => string {
  const roles = useSelect((state) => state.roles.get(serverId) ?? NO_ROLES);
  const people = targets.filter((target) => target.target_type === 'member').map((target) => target.target_id);
  const names = useMemberNames(serverId, people);
  return ({ target_type, target_id }) => {
    if (target_type === 'role') return roles.find((role) => role.id === target_id)?.name ?? '';
    const name = names[target_id] ?? null;
    return name === null ? t('loading') : name || t('target.left');
  };
}
