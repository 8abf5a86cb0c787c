import type { Id, Server } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import { HiddenChannels } from '../../world/hidden-channels.ts';
import { forgetPermissions } from '../../world/permissions.ts';
import { NOBODY, type ServerState } from '../../world/state.ts';

export const serverFolds: Folds = {
  SERVER_CREATE: (world, { body, at }) => {
    const server = newServerState(body, at);
    world.servers.set(body.id, server);
    world.users.get(body.owner_id)?.servers.add(server);
  },
  SERVER_UPDATE: (world, { body, at, position }) => {
    const server = world.servers.get(body.id);
    if (server === undefined) return;
    server.name = body.name ?? server.name;
    server.description = body.description ?? server.description;
    server.iconUrl = body.icon_url ?? server.iconUrl;
    server.isPublic = body.is_public ?? server.isPublic;
    if (body.system_channel_id !== undefined) server.systemChannelId = body.system_channel_id;
    server.updatedAt = at;
    if (body.owner_id === undefined) return;
    server.ownerId = body.owner_id;
    server.visibleSince = position;
    forgetPermissions(server);
  },
  SERVER_DELETE: (world, { body, at }) => {
    const server = world.servers.get(body.id);
    if (server !== undefined) server.deletedAt = at;
  },
};

type Facts = Pick<Server, 'id' | 'name' | 'description' | 'icon_url' | 'owner_id' | 'is_public' | 'system_channel_id'>;

export function newServerState(facts: Facts, createdAt: number, ownerId: Id = facts.owner_id): ServerState {
  return {
    id: facts.id,
    name: facts.name,
    description: facts.description,
    iconUrl: facts.icon_url,
    ownerId,
    isPublic: facts.is_public,
    systemChannelId: facts.system_channel_id,
    createdAt,
    updatedAt: createdAt,
    deletedAt: null,
    visibleSince: 0,
    roles: new Map(),
    members: new Map(),
    categories: new Map(),
    channels: new Map(),
    shown: new Set(),
    hidden: new HiddenChannels(),
    banned: new Set(),
    timeouts: new Map(),
    memberOverrides: NOBODY,
    bits: new Map(),
    classes: new Map(),
  };
}
