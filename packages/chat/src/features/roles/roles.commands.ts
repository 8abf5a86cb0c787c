import {
  type CommandParams,
  type CommandResult,
  formatPermissions,
  type Id,
  LIMITS,
  Permission,
  Refusal,
  type Role,
} from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type NewEvent, serverScope } from '../../log/envelope.ts';
import type { RoleState, ServerState } from '../../world/state.ts';
import { authorityInServer, requireServer, requireServerPermission } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { givenBits, requireHeld, requireMayLift, requireRole, requireRoleBelow } from '../escalation.ts';

export const listRoles: HandlerOf<'role.list'> = {
  limit: 'read',
  query: async ({ server_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    return { result: { items: rolesOf(server), has_more: false }, position: world.tail };
  },
};

/** Just above @everyone: whatever stood there makes room. Nobody grants what they do not have. */
export const createRole: HandlerOf<'role.create'> = {
  limit: 'write',
  decide: ({ world, params, actor, now, ids }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_ROLES);
    requireRoleBelow(actor.userId, server, requireRole(server, server.id));
    const bits = givenBits(params.permissions, 'permissions');
    requireHeld(actor.userId, server, bits);
    const role: Role = {
      id: ids.next(),
      server_id: server.id,
      name: params.name,
      color: params.color ?? 0,
      position: 1,
      permissions: formatPermissions(bits),
      is_default: false,
      is_mentionable: params.is_mentionable ?? false,
      created_at: new Date(now).toISOString(),
    };
    const scope = serverScope(server.id);
    return {
      events: [{ type: 'ROLE_CREATE', scope, subject: role.id, body: role }, ...shiftedUp(server)],
      guards: [
        authorityInServer(world, actor.userId, server.id),
        {
          kind: 'count_below',
          key: 'roles_of_server',
          args: [server.id],
          below: LIMITS.ROLES_PER_SERVER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => role,
    };
  },
  replay: (event, params, world) =>
    event.type === 'ROLE_CREATE' && event.body.server_id === params.server_id && event.body.name === params.name
      ? (world.server(event.body.server_id)?.roles.get(event.body.id)?.role ?? event.body)
      : null,
};

export const updateRole: HandlerOf<'role.update'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_ROLES);
    const state = requireRole(server, params.role_id);
    requireRoleBelow(actor.userId, server, state);
    const { role } = state;
    const changes = changesOf(state, params);
    if (changes.permissions !== undefined) requireHeld(actor.userId, server, BigInt(changes.permissions) & ~state.bits);
    if (Object.keys(changes).length === 0) return { answer: role };
    const body = { id: role.id, server_id: server.id, ...changes };
    const act: NewEvent = { type: 'ROLE_UPDATE', scope: serverScope(server.id), subject: role.id, body };
    return {
      events: withReason(server.id, params.reason, act),
      guards: [authorityInServer(world, actor.userId, server.id)],
      result: () => ({ ...role, ...changes }),
    };
  },
};

/** Who stands at or above the actor stays where they stand. */
export const reorderRoles: HandlerOf<'role.reorder'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_ROLES);
    const order = requireWholeOrder(server, params.role_ids);
    // The places stay the same ones; roles change places.
    const places = order.map(({ role }) => role.position).sort((a, b) => b - a);
    const events: NewEvent[] = [];
    for (const [index, state] of order.entries()) {
      const position = places[index] as number;
      if (position === state.role.position) continue;
      requireRoleBelow(actor.userId, server, state);
      requireRoleBelow(actor.userId, server, { ...state, role: { ...state.role, position } });
      const body = { id: state.role.id, server_id: server.id, position };
      events.push({ type: 'ROLE_UPDATE', scope: serverScope(server.id), subject: state.role.id, body });
    }
    if (events.length === 0) return { answer: { items: rolesOf(server), has_more: false } };
    return {
      events,
      guards: [authorityInServer(world, actor.userId, server.id)],
      result: () => ({ items: rolesOf(server), has_more: false }),
    };
  },
};

/** One event, however many hold it: the fold takes it from them. */
export const deleteRole: HandlerOf<'role.delete'> = {
  limit: 'write',
  decide: ({ world, params: { server_id, role_id, reason }, actor }) => {
    const server = requireServerPermission(world, actor.userId, server_id, Permission.MANAGE_ROLES);
    const state = requireRole(server, role_id);
    if (state.role.is_default) throw new Refusal('DEFAULT_ROLE');
    requireRoleBelow(actor.userId, server, state);
    requireMayLift(actor.userId, server, role_id);
    const body = { id: role_id, server_id };
    const act: NewEvent = { type: 'ROLE_DELETE', scope: serverScope(server_id), subject: role_id, body };
    return {
      events: withReason(server_id, reason, act),
      guards: [authorityInServer(world, actor.userId, server_id)],
      result: () => null,
    };
  },
};

function rolesOf(server: ServerState): CommandResult<'role.list'>['items'] {
  return [...server.roles.values()].map(({ role }) => role).sort((a, b) => b.position - a.position);
}

/** Those in an unbroken row above @everyone move up by one. */
function shiftedUp(server: ServerState): NewEvent[] {
  const byPlace = new Map([...server.roles.values()].map(({ role }) => [role.position, role]));
  const events: NewEvent[] = [];
  for (let at = byPlace.get(1); at !== undefined; at = byPlace.get(at.position + 1)) {
    const body = { id: at.id, server_id: server.id, position: at.position + 1, is_shifted: true as const };
    events.push({ type: 'ROLE_UPDATE', scope: serverScope(server.id), subject: at.id, body });
  }
  return events;
}

/** What a change sets that was otherwise. The default role keeps its name. */
function changesOf({ role, bits }: RoleState, params: CommandParams<'role.update'>): Partial<Role> {
  const given = params.permissions === undefined ? bits : givenBits(params.permissions, 'permissions');
  const isRenamed = !role.is_default && params.name !== undefined && params.name !== role.name;
  return {
    ...(isRenamed ? { name: params.name as string } : {}),
    ...(params.color === undefined || params.color === role.color ? {} : { color: params.color }),
    ...(given === bits ? {} : { permissions: formatPermissions(given) }),
    ...(params.is_mentionable === undefined || params.is_mentionable === role.is_mentionable
      ? {}
      : { is_mentionable: params.is_mentionable }),
  };
}

/** Every role but @everyone, once each. One that is missing was made a moment ago: CONFLICT. */
function requireWholeOrder(server: ServerState, roleIds: readonly Id[]): RoleState[] {
  if (roleIds.includes(server.id)) throw new Refusal('DEFAULT_ROLE');
  const order = roleIds.map((id) => requireRole(server, id));
  if (new Set(roleIds).size !== roleIds.length)
    throw new Refusal('INVALID_PARAMS', { issues: [{ path: 'role_ids', message: 'names a role twice' }] });
  if (order.length !== server.roles.size - 1) throw new Refusal('CONFLICT');
  return order;
}
