import { can, formatPermissions, Permission, parsePermissions, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { serverScope } from '../../log/envelope.ts';
import { permissionsIn } from '../../world/permissions.ts';
import { authorityInServer, requireServer, requireServerPermission } from '../access.ts';

export const listRoles: HandlerOf<'role.list'> = {
  limit: 'read',
  query: async ({ server_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    return {
      result: { items: [...server.roles.values()].map(({ role }) => role), has_more: false },
      position: world.tail,
    };
  },
};

/** Nobody grants what they do not have. */
export const updateRole: HandlerOf<'role.update'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_ROLES);
    const state = server.roles.get(params.role_id);
    if (state === undefined) throw new Refusal('UNKNOWN_ROLE');
    const { role } = state;
    const permissions = params.permissions === undefined ? state.bits : parsePermissions(params.permissions);
    const granted = permissions & ~state.bits;
    if (!can(permissionsIn(actor.userId, server), granted)) throw new Refusal('MISSING_PERMISSION');
    const name = role.is_default ? role.name : (params.name ?? role.name);
    const isSame = permissions === state.bits && name === role.name;
    if (isSame) return { answer: role };
    const body = {
      id: role.id,
      server_id: role.server_id,
      name,
      ...(permissions === state.bits ? {} : { permissions: formatPermissions(permissions) }),
    };
    return {
      events: [{ type: 'ROLE_UPDATE', scope: serverScope(role.server_id), subject: role.id, body }],
      guards: [authorityInServer(world, actor.userId, role.server_id)],
      result: () => ({ ...role, ...body }),
    };
  },
};
