/** Loads the world from the projections, in one read, at the position it is true at. */
import { type Channel, type ChannelType, type Id, parsePermissions, type Role, type User } from '@snug/protocol';
import type { Scope } from '../log/envelope.ts';
import type { LogReader, Query, SqlRow } from '../log/log.ts';
import { type ChannelState, NO_ROLES, type ServerState } from './state.ts';
import { World } from './world.ts';

const rows = (sql: string): Query<SqlRow[]> => ({ sql, params: [], map: (found) => found });
const time = (ms: unknown): string => new Date(ms as number).toISOString();

export async function loadWorld(reader: LogReader): Promise<World> {
  const { position, value } = await reader.read({
    users: rows('SELECT * FROM users'),
    servers: rows('SELECT * FROM servers'),
    roles: rows('SELECT * FROM roles'),
    channels: rows(
      `SELECT channels.*, newest.id AS last_message_id, newest.created_at AS last_message_at FROM channels
       LEFT JOIN messages AS newest ON newest.channel_id = channels.id
         AND newest.id = (SELECT max(id) FROM messages WHERE channel_id = channels.id)
       ORDER BY channels.position, channels.id`,
    ),
    recipients: rows('SELECT channel_id, user_id FROM recipients ORDER BY user_id'),
    members: rows('SELECT server_id, user_id, nickname, role_ids, joined_at, joined_position FROM members'),
    // One seek per scope: the index on (scope, position) gives each scope's last entry without reading the rest.
    tails: rows(
      `WITH RECURSIVE scopes(scope) AS (
         SELECT min(scope) FROM events
         UNION ALL SELECT (SELECT min(scope) FROM events WHERE scope > scopes.scope) FROM scopes WHERE scopes.scope IS NOT NULL)
       SELECT scope, (SELECT max(position) FROM events WHERE events.scope = scopes.scope) AS position FROM scopes WHERE scope IS NOT NULL`,
    ),
  });
  const world = new World();
  for (const row of value.users)
    world.users.set(row.id as Id, {
      user: userEntity(row),
      servers: new Set(),
      dms: new Set(),
      visibleSince: row.visible_since as number,
    });
  for (const row of value.servers) loadServer(world, row);
  for (const row of value.roles) loadRole(world, row);
  const recipients = Map.groupBy(value.recipients, (row) => row.channel_id as Id);
  for (const row of value.channels) loadChannel(world, row, recipients.get(row.id as Id) ?? []);
  for (const row of value.members) loadMember(world, row);
  for (const row of value.tails) world.scopeTails.set(row.scope as Scope, row.position as number);
  world.tail = position;
  return world;
}

/** A row of `users` as clients receive it. */
export function userEntity(row: SqlRow): User {
  return {
    id: row.id as Id,
    username: row.username as string,
    discriminator: row.discriminator as string,
    display_name: row.display_name as string,
    avatar_url: row.avatar_url as string,
    bio: row.bio as string,
    status: 'offline',
    custom_status: row.custom_status as string,
    is_bot: row.is_bot === 1,
    ...(row.origin === null ? {} : { origin: row.origin as string }),
    created_at: time(row.created_at),
  };
}

function loadServer(world: World, row: SqlRow): void {
  const server: ServerState = {
    id: row.id as Id,
    name: row.name as string,
    description: row.description as string,
    iconUrl: row.icon_url as string,
    ownerId: known(world, row.owner_id as Id),
    isPublic: row.is_public === 1,
    createdAt: row.created_at as number,
    updatedAt: row.updated_at as number,
    deletedAt: row.deleted_at as number | null,
    visibleSince: row.visible_since as number,
    roles: new Map(),
    members: new Map(),
    channels: new Map(),
    bits: new Map(),
    classes: new Map(),
  };
  world.servers.set(server.id, server);
  world.users.get(server.ownerId)?.servers.add(server);
}

function loadRole(world: World, row: SqlRow): void {
  const role: Role = {
    id: row.id as Id,
    server_id: row.server_id as Id,
    name: row.name as string,
    color: row.color as number,
    position: row.position as number,
    permissions: row.permissions as string,
    is_default: row.is_default === 1,
    is_mentionable: row.is_mentionable === 1,
    created_at: time(row.created_at),
  };
  world.servers.get(role.server_id)?.roles.set(role.id, { role, bits: parsePermissions(role.permissions) });
}

function loadChannel(world: World, row: SqlRow, recipients: SqlRow[]): void {
  const server = row.server_id === null ? null : (world.servers.get(row.server_id as Id) ?? null);
  const ids = recipients.map((recipient) => known(world, recipient.user_id as Id));
  const channel: Channel = {
    id: row.id as Id,
    ...(server === null ? {} : { server_id: server.id }),
    ...(row.category_id === null ? {} : { category_id: row.category_id as Id }),
    type: row.type as ChannelType,
    name: row.name as string,
    topic: row.topic as string,
    position: row.position as number,
    is_private: row.is_private === 1,
    slow_mode_delay: row.slow_mode_delay as number,
    last_message_id: row.last_message_id as Id | null,
    last_message_at: row.last_message_at === null ? null : time(row.last_message_at),
    ...(server === null ? { recipient_ids: ids } : {}),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
  const state: ChannelState = {
    channel,
    server,
    recipients: ids,
    deletedAt: row.deleted_at as number | null,
  };
  world.channels.set(channel.id, state);
  server?.channels.set(channel.id, state);
  for (const userId of ids) world.users.get(userId)?.dms.add(state);
}

function loadMember(world: World, row: SqlRow): void {
  const server = world.servers.get(row.server_id as Id);
  if (server === undefined) return;
  const userId = known(world, row.user_id as Id);
  const roleIds = row.role_ids === '[]' ? NO_ROLES : (JSON.parse(row.role_ids as string) as Id[]);
  server.members.set(userId, {
    userId,
    nickname: row.nickname as string,
    roleIds,
    joinedAt: row.joined_at as number,
    joinedPosition: row.joined_position as number,
  });
  world.users.get(userId)?.servers.add(server);
}

/** The one string that names this user: a hundred thousand memberships share it instead of holding copies. */
function known(world: World, id: Id): Id {
  return world.users.get(id)?.user.id ?? id;
}
