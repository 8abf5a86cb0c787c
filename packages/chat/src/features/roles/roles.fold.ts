import { parsePermissions } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';

export const roleFolds: Folds = {
  ROLE_CREATE: (world, { body }) => {
    const server = world.servers.get(body.server_id);
    server?.roles.set(body.id, { role: body, bits: parsePermissions(body.permissions) });
    server?.bits.clear();
  },
  ROLE_UPDATE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    const state = server?.roles.get(body.id);
    if (server === undefined || state === undefined) return;
    const { name = state.role.name, permissions = state.role.permissions } = body;
    state.role = { ...state.role, name, permissions };
    state.bits = parsePermissions(permissions);
    server.bits.clear();
    if (body.permissions !== undefined) server.visibleSince = position;
  },
};
