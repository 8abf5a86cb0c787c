import type { Folds } from '../../world/folds.ts';

export const serverFolds: Folds = {
  SERVER_CREATE: (world, { body, at }) => {
    const server = {
      id: body.id,
      name: body.name,
      description: body.description,
      iconUrl: body.icon_url,
      ownerId: body.owner_id,
      isPublic: body.is_public,
      createdAt: at,
      updatedAt: at,
      deletedAt: null,
      visibleSince: 0,
      roles: new Map(),
      members: new Map(),
      channels: new Map(),
      bits: new Map(),
      classes: new Map(),
    };
    world.servers.set(body.id, server);
    world.users.get(body.owner_id)?.servers.add(server);
  },
  SERVER_UPDATE: (world, { body, at }) => {
    const server = world.servers.get(body.id);
    if (server === undefined) return;
    server.name = body.name ?? server.name;
    server.description = body.description ?? server.description;
    server.iconUrl = body.icon_url ?? server.iconUrl;
    server.updatedAt = at;
  },
  SERVER_DELETE: (world, { body, at }) => {
    const server = world.servers.get(body.id);
    if (server !== undefined) server.deletedAt = at;
  },
};
