/** Loads the world from the projections, in one read, at the position it is true at. */
import { DEFAULT_SETTINGS, type Id, parsePermissions, type Role, type User, type UserSettings } from '@snug/protocol';
import { roleSet } from '../features/members/members.fold.ts';
import { newServerState } from '../features/servers/servers.fold.ts';
import { addUser } from '../features/users/users.fold.ts';
import type { Scope } from '../log/envelope.ts';
import type { LogReader, Query, SqlRow } from '../log/log.ts';
import { loadCategory, loadChannels } from './load-channels.ts';
import { refreshMemberOverrides } from './permissions.ts';
import { NO_ROLES, type Relation, type ServerState } from './state.ts';
import { World } from './world.ts';

const rows = (sql: string): Query<SqlRow[]> => ({ sql, params: [], map: (found) => found });
const time = (ms: unknown): string => new Date(ms as number).toISOString();

const QUERIES = {
  users: rows('SELECT * FROM users'),
  settings: rows('SELECT * FROM user_settings'),
  relationships: rows('SELECT * FROM relationships ORDER BY user_id, other_id'),
  servers: rows('SELECT * FROM servers'),
  roles: rows('SELECT * FROM roles'),
  categories: rows('SELECT * FROM categories ORDER BY position, id'),
  channels: rows(
    `SELECT channels.*, newest.id AS last_message_id, newest.created_at AS last_message_at FROM channels
     LEFT JOIN messages AS newest ON newest.channel_id = channels.id
       AND newest.id = (SELECT max(id) FROM messages WHERE channel_id = channels.id)
     ORDER BY channels.parent_id IS NOT NULL, channels.position, channels.id`,
  ),
  recipients: rows('SELECT * FROM recipients ORDER BY user_id'),
  groupBans: rows('SELECT channel_id, user_id FROM group_bans'),
  followers: rows('SELECT channel_id, user_id FROM thread_members'),
  members: rows('SELECT * FROM members'),
  timeouts: rows('SELECT * FROM timeouts'),
  bans: rows('SELECT server_id, user_id FROM bans'),
  // One seek per scope: the index on (scope, position) gives each scope's last entry without reading the rest. What
  // it does not hold yet comes after.
  tails: rows(
    `WITH RECURSIVE scopes(scope) AS (
       SELECT min(scope) FROM scope_index
       UNION ALL SELECT (SELECT min(scope) FROM scope_index WHERE scope > scopes.scope) FROM scopes WHERE scopes.scope IS NOT NULL)
     SELECT scope, (SELECT max(position) FROM scope_index WHERE scope_index.scope = scopes.scope) AS position FROM scopes WHERE scope IS NOT NULL
     UNION ALL SELECT scope, max(position) FROM events WHERE position > (SELECT position FROM indexed) GROUP BY scope`,
  ),
};

export async function loadWorld(reader: LogReader): Promise<World> {
  const { position, value } = await reader.read(QUERIES);
  const world = new World();
  for (const row of value.tails) world.scopeTails.set(row.scope as Scope, row.position as number);
  for (const row of value.users) addUser(world, userEntity(row), row.visible_since as number);
  for (const row of value.settings) loadSettings(world, row);
  for (const [userId, relations] of Map.groupBy(value.relationships, (row) => row.user_id as Id))
    loadRelations(world, userId, relations);
  for (const row of value.servers) loadServer(world, row);
  for (const row of value.roles) loadRole(world, row);
  for (const row of value.categories) loadCategory(world, row);
  loadChannels(world, value);
  for (const server of world.servers.values()) forgetGoneChannel(server);
  for (const row of value.members) loadMember(world, row);
  for (const row of value.timeouts)
    world.servers.get(row.server_id as Id)?.timeouts.set(known(world, row.user_id as Id), row.until as number);
  for (const row of value.bans) world.servers.get(row.server_id as Id)?.banned.add(known(world, row.user_id as Id));
  for (const server of world.servers.values()) refreshMemberOverrides(server);
  world.tail = position;
  return world;
}

/** A row of `users` as clients receive it. */
export function userEntity(row: SqlRow): User {
  const expires = row.custom_status_expires_at as number | null;
  return {
    id: row.id as Id,
    username: row.username as string,
    discriminator: row.discriminator as string,
    display_name: row.display_name as string,
    avatar_url: row.avatar_url as string,
    bio: row.bio as string,
    status: 'offline',
    custom_status: row.custom_status as string,
    ...(expires === null ? {} : { custom_status_expires_at: time(expires) }),
    is_bot: row.is_bot === 1,
    ...(row.is_deleted === 1 ? { is_deleted: true } : {}),
    ...(row.origin === null ? {} : { origin: row.origin as string }),
    created_at: time(row.created_at),
  };
}

function loadSettings(world: World, row: SqlRow): void {
  const state = world.users.get(row.user_id as Id);
  // A setting that this version knows and that one did not has its default.
  if (state !== undefined)
    state.settings = { ...DEFAULT_SETTINGS, ...(JSON.parse(row.settings as string) as Partial<UserSettings>) };
}

function loadRelations(world: World, userId: Id, found: readonly SqlRow[]): void {
  const state = world.users.get(userId);
  if (state === undefined) return;
  state.relations = new Map(
    found.map((row): [Id, Relation] => [
      known(world, row.other_id as Id),
      { type: row.type as Relation['type'], since: row.since as number },
    ]),
  );
}

function loadServer(world: World, row: SqlRow): void {
  const facts = {
    id: row.id as Id,
    name: row.name as string,
    description: row.description as string,
    icon_url: row.icon_url as string,
    owner_id: known(world, row.owner_id as Id),
    is_public: row.is_public === 1,
    system_channel_id: row.system_channel_id as Id | null,
  };
  const server = newServerState(facts, row.created_at as number);
  server.updatedAt = row.updated_at as number;
  server.deletedAt = row.deleted_at as number | null;
  server.visibleSince = row.visible_since as number;
  world.servers.set(server.id, server);
  world.users.get(server.ownerId)?.servers.add(server);
}

/** The row still names the channel after its deletion: no row is touched for that. */
function forgetGoneChannel(server: ServerState): void {
  const channel = server.channels.get(server.systemChannelId ?? '');
  if (channel === undefined || channel.deletedAt !== null) server.systemChannelId = null;
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

function loadMember(world: World, row: SqlRow): void {
  const server = world.servers.get(row.server_id as Id);
  if (server === undefined) return;
  const userId = known(world, row.user_id as Id);
  const held = row.role_ids === '[]' ? NO_ROLES : (JSON.parse(row.role_ids as string) as Id[]);
  server.members.set(userId, {
    userId,
    nickname: row.nickname as string,
    roleIds: roleSet(held.filter((id) => server.roles.has(id))),
    isMuted: row.is_muted === 1,
    isDeafened: row.is_deafened === 1,
    joinedAt: row.joined_at as number,
    joinedPosition: row.joined_position as number,
  });
  world.users.get(userId)?.servers.add(server);
}

/** The one string that names this user: a hundred thousand memberships share it instead of holding copies. */
export function known(world: World, id: Id): Id {
  return world.users.get(id)?.user.id ?? id;
}
