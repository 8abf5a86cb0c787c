import type { Folds } from '../../world/folds.ts';
import { forgetPermissions, parseOverrides, refreshMemberOverrides } from '../../world/permissions.ts';

export const categoryFolds: Folds = {
  CATEGORY_CREATE: (world, { body }) => {
    world.servers.get(body.server_id)?.categories.set(body.id, {
      category: body,
      overrides: parseOverrides(body.permission_overrides),
    });
  },
  CATEGORY_UPDATE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    const state = server?.categories.get(body.id);
    if (server === undefined || state === undefined) return;
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    state.category = { ...state.category, ...given };
    if (body.permission_overrides === undefined) return;
    state.overrides = parseOverrides(body.permission_overrides);
    server.visibleSince = position;
    refreshMemberOverrides(server);
  },
  /** Its channels stay, and are nobody's but their own (E17: no row is touched for it). */
  CATEGORY_DELETE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    if (server === undefined || !server.categories.delete(body.id)) return;
    for (const state of server.channels.values()) {
      if (state.channel.category_id === body.id) state.channel = { ...state.channel, category_id: null };
    }
    server.visibleSince = position;
    refreshMemberOverrides(server);
    forgetPermissions(server);
  },
};
