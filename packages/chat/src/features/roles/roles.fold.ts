import { parsePermissions } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import { forgetPermissions } from '../../world/permissions.ts';
import { NO_ROLES } from '../../world/state.ts';

export const roleFolds: Folds = {
  ROLE_CREATE: (world, { body }) => {
    const server = world.servers.get(body.server_id);
    if (server === undefined) return;
    server.roles.set(body.id, { role: body, bits: parsePermissions(body.permissions) });
    forgetPermissions(server);
  },
  ROLE_UPDATE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    const state = server?.roles.get(body.id);
    if (server === undefined || state === undefined) return;
    // Why it moved is the event's, not the role's.
    const { id: _id, server_id: _server, is_shifted: _shifted, ...changes } = body;
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    state.role = { ...state.role, ...given };
    if (body.permissions === undefined) return;
    state.bits = parsePermissions(body.permissions);
    server.visibleSince = position;
    forgetPermissions(server);
  },
  /** Who held it holds it no more. Rows keep its id, which names nothing. */
  ROLE_DELETE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    if (server === undefined) return;
    server.roles.delete(body.id);
    for (const member of server.members.values()) {
      if (!member.roleIds.includes(body.id)) continue;
      const left = member.roleIds.filter((id) => id !== body.id);
      member.roleIds = left.length === 0 ? NO_ROLES : left;
    }
    server.visibleSince = position;
    forgetPermissions(server);
  },
};
