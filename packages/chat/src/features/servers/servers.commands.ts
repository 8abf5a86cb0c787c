import type { CommandParams, CommandResult } from '@snug/protocol';
import {
  type Channel,
  DEFAULT_PERMISSIONS,
  FOUNDING_ROLES,
  formatPermissions,
  LIMITS,
  Refusal,
  type Role,
  type Server,
  type User,
} from '@snug/protocol';
import type { Decide, HandlerOf, WriteHandler } from '../../commands/handler.ts';
import { serverSnapshot } from '../../delivery/snapshot.ts';
import { channelScope, type NewEvent, serverScope } from '../../log/envelope.ts';
import type { World } from '../../world/world.ts';
import { serverFor } from '../../world/world.ts';
import { authorityInServer, requireServer } from '../access.ts';
import { inviteQueries } from '../invites/invites.queries.ts';

export const listServers: HandlerOf<'server.list'> = {
  limit: 'read',
  query: async (_params, { actor }, { world }) => {
    const servers = [...(world.users.get(actor.userId)?.servers ?? [])].filter((server) => server.deletedAt === null);
    return {
      result: { items: servers.map((server) => serverFor(world, actor.userId, server)), has_more: false },
      position: world.tail,
    };
  },
};

export const getServer: HandlerOf<'server.get'> = {
  limit: 'read',
  query: async ({ server_id }, { actor }, { world }) => ({
    result: serverFor(world, actor.userId, requireServer(world, actor.userId, server_id)),
    position: world.tail,
  }),
};

type Create = CommandParams<'server.create'>;
type Created = CommandResult<'server.create'>;

export const FIRST_CHANNEL = 'general';

/** Who may create servers is an instance setting that `load` brings in (design section 6). */
export const createServer: WriteHandler<Create, Created, boolean> = {
  limit: 'write',
  load: async (_params, { actor }, { settings }) => settings.server_creation === 'everyone' || actor.isAdmin,
  decide: ({ world, params, actor, now, ids, loaded: mayCreate }) => {
    if (!mayCreate) throw new Refusal('NOT_AN_ADMIN');
    const user = world.users.get(actor.userId)?.user as User;
    const events = foundServer({ world, params, actor, now, ids, loaded: null }, user);
    const server_id = events[0]?.subject as string;
    return {
      events,
      guards: [
        {
          kind: 'count_below',
          key: 'servers_of_user',
          args: [actor.userId],
          below: LIMITS.SERVERS_PER_USER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => snapshot(world, server_id, actor.userId),
    };
  },
  replay: (event, params, world, actor) =>
    event.type === 'SERVER_CREATE' && event.body.name === params.name && world.server(event.body.id) !== undefined
      ? snapshot(world, event.body.id, actor.userId)
      : null,
};

/** The events of a new server: itself, its roles, a first channel, and its founder's membership. */
export function foundServer(
  { params, now, ids }: Decide<Create, null>,
  owner: User,
  firstChannel = FIRST_CHANNEL,
): NewEvent[] {
  const at = new Date(now).toISOString();
  const id = ids.next();
  const channel = newChannel({
    id: ids.next(),
    server_id: id,
    name: firstChannel,
    type: 'text',
    topic: '',
    position: 0,
    at,
  });
  const server: Server = {
    id,
    name: params.name,
    description: params.description ?? '',
    icon_url: params.icon_url ?? '',
    owner_id: owner.id,
    is_public: false,
    invite_code: '',
    member_count: 1,
    system_channel_id: channel.id,
    created_at: at,
    updated_at: at,
  };
  const everyone: Role = {
    id,
    server_id: id,
    name: '@everyone',
    color: 0,
    position: 0,
    permissions: formatPermissions(DEFAULT_PERMISSIONS),
    is_default: true,
    is_mentionable: false,
    created_at: at,
  };
  const founding = FOUNDING_ROLES.map(
    ({ name, color, permissions }, index): Role => ({
      id: ids.next(),
      server_id: id,
      name,
      color,
      position: index + 1,
      permissions: formatPermissions(permissions),
      is_default: false,
      is_mentionable: true,
      created_at: at,
    }),
  );
  const member = {
    user_id: owner.id,
    server_id: id,
    nickname: '',
    role_ids: [],
    joined_at: at,
    is_muted: false,
    is_deafened: false,
    timed_out_until: null,
    user: owner,
    via: 'founding' as const,
  };
  return [
    { type: 'SERVER_CREATE', scope: serverScope(id), subject: id, body: server },
    { type: 'ROLE_CREATE', scope: serverScope(id), subject: id, body: everyone },
    ...founding.map(
      (role): NewEvent => ({ type: 'ROLE_CREATE', scope: serverScope(id), subject: role.id, body: role }),
    ),
    { type: 'CHANNEL_CREATE', scope: channelScope(channel.id), subject: channel.id, body: channel },
    { type: 'MEMBER_ADD', scope: serverScope(id), subject: owner.id, body: member },
  ];
}

/** A channel of a server as it begins. */
export function newChannel(
  given: Pick<Channel, 'id' | 'name' | 'type' | 'topic' | 'position'> &
    Partial<Channel> & { server_id: string; at: string },
): Channel {
  const { at, ...rest } = given;
  return {
    category_id: null,
    is_private: false,
    is_nsfw: false,
    is_archived: false,
    slow_mode_delay: 0,
    permission_overrides: [],
    ...rest,
    last_message_id: null,
    last_message_at: null,
    created_at: at,
    updated_at: at,
  };
}

/** A tombstone: nobody sees it from here on; a job purges what was said (E17). */
export const deleteServer: HandlerOf<'server.delete'> = {
  limit: 'write',
  decide: ({ world, params: { server_id: id }, actor, now }) => {
    const server = requireServer(world, actor.userId, id);
    if (server.ownerId !== actor.userId) throw new Refusal('NOT_THE_OWNER');
    const body = { id, deleted_at: new Date(now).toISOString() };
    return {
      events: [{ type: 'SERVER_DELETE', scope: serverScope(id), subject: id, body }],
      guards: [
        authorityInServer(world, actor.userId, id),
        { kind: 'exists', key: 'server', args: [id], refusal: 'UNKNOWN_SERVER' },
      ],
      result: () => null,
    };
  },
  // Its links lead nowhere now: they must not open registration either (E35).
  after: async (_events, { server_id }, { log, auth, now }) => {
    const { value } = await log.read({ live: inviteQueries.live(server_id, now(), LIMITS.INVITES_PER_SERVER) });
    await Promise.all(value.live.map(({ code }) => auth.closeRegistration(code)));
  },
};

function snapshot(world: World, serverId: string, userId: string): Created {
  return serverSnapshot(world, requireServer(world, userId, serverId), userId);
}
