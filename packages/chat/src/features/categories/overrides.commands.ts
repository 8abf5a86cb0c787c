import { type Id, Permission, type PermissionOverride, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type Guard, type NewEvent, serverScope } from '../../log/envelope.ts';
import type { ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInServer, authorityOver, requireCategory } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { givenOverride, requireHeld, requireMayTurnCategory, requireOverrideTarget } from '../escalation.ts';
import { newOverride, requireTargetThere, withOverride, withoutOverride } from '../override-list.ts';

export const setCategoryOverride: HandlerOf<'category.set_override'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const { category_id } = params;
    const { server, category } = requireCategory(world, actor.userId, category_id);
    requireHeld(actor.userId, server, Permission.MANAGE_ROLES);
    requireTargetThere(server, params);
    requireOverrideTarget(actor.userId, server, params);
    const bits = givenOverride(params);
    requireMayTurnCategory(actor.userId, server, category_id, category.overrides.get(params.target_id), bits);
    const override = newOverride(params, bits);
    const list = withOverride(server, category.category.permission_overrides, override);
    return {
      events: withReason(server.id, params.reason, changed(server, category_id, list)),
      guards: authority(world, actor.userId, server, params),
      result: () => override,
    };
  },
};

export const deleteCategoryOverride: HandlerOf<'category.delete_override'> = {
  limit: 'write',
  decide: ({ world, params: { category_id, target_id, reason }, actor }) => {
    const { server, category } = requireCategory(world, actor.userId, category_id);
    requireHeld(actor.userId, server, Permission.MANAGE_ROLES);
    const list = category.category.permission_overrides;
    const found = list.find((one) => one.target_id === target_id);
    if (found === undefined) throw new Refusal('UNKNOWN_OVERRIDE');
    requireOverrideTarget(actor.userId, server, found);
    requireMayTurnCategory(actor.userId, server, category_id, category.overrides.get(target_id));
    return {
      events: withReason(server.id, reason, changed(server, category_id, withoutOverride(server, list, target_id))),
      guards: authority(world, actor.userId, server, found),
      result: () => null,
    };
  },
};

function changed(server: ServerState, categoryId: Id, permission_overrides: PermissionOverride[]): NewEvent {
  const body = { id: categoryId, server_id: server.id, permission_overrides };
  return { type: 'CATEGORY_UPDATE', scope: serverScope(server.id), subject: categoryId, body };
}

function authority(
  world: World,
  userId: Id,
  server: ServerState,
  { target_id, target_type }: Pick<PermissionOverride, 'target_id' | 'target_type'>,
): Guard[] {
  return target_type === 'member'
    ? [authorityOver(world, userId, server.id, target_id)]
    : [authorityInServer(world, userId, server.id)];
}
