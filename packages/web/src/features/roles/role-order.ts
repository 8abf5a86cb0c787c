import type { Id, Role } from '@snug/protocol';

/** The order with one role a step up or down, the highest first; null where it cannot go there. @everyone stays out of it. */
export function moveRole(
  roles: readonly Role[],
  roleId: Id,
  step: 1 | -1,
  mayPass: (role: Role) => boolean,
): Id[] | null {
  const ordered = roles.filter((role) => !role.is_default);
  const at = ordered.findIndex((role) => role.id === roleId);
  const moved = ordered[at];
  const passed = ordered[at + step];
  if (moved === undefined || passed === undefined || !mayPass(moved) || !mayPass(passed)) return null;
  const ids = ordered.map((role) => role.id);
  ids[at] = passed.id;
  ids[at + step] = moved.id;
  return ids;
}
