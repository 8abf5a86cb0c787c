import type { Folds } from '../../world/folds.ts';

export const userFolds: Folds = {
  USER_CREATE: (world, { body }) => {
    world.users.set(body.id, { user: body, servers: new Set(), dms: new Set(), visibleSince: 0 });
  },
  USER_UPDATE: (world, { body }) => {
    const state = world.users.get(body.id);
    if (state !== undefined) state.user = body;
  },
};
