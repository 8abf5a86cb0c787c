import {
  type CommandParams,
  type Id,
  LIMITS,
  Permission,
  type PublicServer,
  Refusal,
  type Server,
} from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type NewEvent, serverScope } from '../../log/envelope.ts';
import { everyoneSees } from '../../world/permissions.ts';
import type { ServerState } from '../../world/state.ts';
import { serverEntity, serverFor, type World } from '../../world/world.ts';
import { authorityInServer, authorityOver, requireChannel, requireServer, requireServerPermission } from '../access.ts';
import { withReason } from '../audit-note.ts';

export const updateServer: HandlerOf<'server.update'> = {
  limit: 'write',
  decide: ({ world, params, actor, now }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_SERVER);
    const changes = changesOf(serverEntity(server), params);
    const said = changes.system_channel_id ?? null;
    if (said !== null) requireVoiceOf(world, actor.userId, server, said);
    if (Object.keys(changes).length === 0) return { answer: serverFor(world, actor.userId, server) };
    const body = { id: server.id, ...changes, updated_at: new Date(now).toISOString() };
    const act: NewEvent = { type: 'SERVER_UPDATE', scope: serverScope(server.id), subject: server.id, body };
    return {
      events: withReason(server.id, params.reason, act),
      guards: [
        authorityInServer(world, actor.userId, server.id),
        ...(said === null
          ? []
          : [{ kind: 'exists', key: 'channel', args: [said], refusal: 'UNKNOWN_CHANNEL' } as const]),
      ],
      result: () => serverFor(world, actor.userId, server),
    };
  },
};

/** From the owner to a member who can take it: a person with an account. The one before stays, with the roles they hold. */
export const transferServer: HandlerOf<'server.transfer'> = {
  limit: 'write',
  decide: ({ world, params: { server_id, user_id }, actor, now }) => {
    const server = requireServer(world, actor.userId, server_id);
    if (server.ownerId !== actor.userId) throw new Refusal('NOT_THE_OWNER');
    const user = world.users.get(user_id)?.user;
    if (!server.members.has(user_id) || user === undefined || user.origin !== undefined || user.is_deleted === true)
      throw new Refusal('UNKNOWN_MEMBER');
    if (user_id === server.ownerId) return { answer: serverEntity(server) };
    const body = { id: server_id, owner_id: user_id, updated_at: new Date(now).toISOString() };
    return {
      events: [{ type: 'SERVER_UPDATE', scope: serverScope(server_id), subject: server_id, body }],
      guards: [
        authorityOver(world, actor.userId, server_id, user_id),
        { kind: 'exists', key: 'server', args: [server_id], refusal: 'UNKNOWN_SERVER' },
        { kind: 'exists', key: 'member', args: [server_id, user_id], refusal: 'UNKNOWN_MEMBER' },
      ],
      result: () => serverFor(world, actor.userId, server),
    };
  },
};

/** Ordered by id: the oldest first. Whoever asks, signed in or not, sees the same ones. */
export const discoverServers: HandlerOf<'server.discover'> = {
  limit: 'read',
  query: async ({ query = '', after = '', limit }, _context, { world }) => {
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const wanted = folded(query.trim());
    const found = [...world.servers.values()]
      .filter((server) => server.isPublic && server.deletedAt === null && server.id > after)
      .filter(({ name, description }) => folded(name).includes(wanted) || folded(description).includes(wanted))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      result: { items: found.slice(0, size).map(publicServer), has_more: found.length > size },
      position: world.tail,
    };
  },
};

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

function publicServer(server: ServerState): PublicServer {
  const { id, name, description, icon_url, member_count, created_at } = serverEntity(server);
  return { id, name, description, icon_url, member_count, created_at };
}

/** Comings and goings are said in a text channel that everyone sees: its id is told to all members (ORG9). */
function requireVoiceOf(world: World, userId: Id, server: ServerState, channelId: Id): void {
  const state = requireChannel(world, userId, channelId);
  if (state.server !== server || state.channel.type !== 'text') throw new Refusal('UNKNOWN_CHANNEL');
  if (!everyoneSees(server, state)) throw new Refusal('INVALID_PARAMS', { detail: 'Everyone must see that channel.' });
}

function changesOf(server: Server, params: CommandParams<'server.update'>): Partial<Server> {
  const { server_id: _id, reason: _reason, ...given } = params;
  return Object.fromEntries(
    Object.entries(given).filter(([field, value]) => value !== undefined && value !== server[field as keyof Server]),
  );
}
