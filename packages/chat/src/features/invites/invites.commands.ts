import { can, type Id, type Invite, LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type LogEventOf, serverScope } from '../../log/envelope.ts';
import { permissionsIn } from '../../world/permissions.ts';
import type { ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { authorityInServer, requireServerPermission } from '../access.ts';
import { groupOf, groupPreview, revokeLink } from '../conversations/conversations.queries.ts';
import { requireMayGrant, requireRole } from '../escalation.ts';
import { inviteQueries, isLive } from './invites.queries.ts';

const DEFAULT_AGE = 7 * 24 * 3600;
const CODE_BYTES = 12;

/** One link brings a stranger in: auth is asked for a registration ticket of the same code, uses and expiry (E35). */
export const createInvite: HandlerOf<'invite.create'> = {
  limit: 'invite',
  load: async (_params, _context, { randomCode }) => randomCode(CODE_BYTES),
  decide: ({ world, params, actor, now, loaded }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.CREATE_INVITE);
    const age = params.max_age ?? DEFAULT_AGE;
    const { role_id } = params;
    if (role_id !== undefined) requireMayInviteWith(actor.userId, server, role_id);
    const invite: Invite = {
      code: loaded as string,
      server_id: server.id,
      ...(role_id === undefined ? {} : { role_id }),
      created_by: actor.userId,
      max_uses: params.max_uses ?? 0,
      uses: 0,
      expires_at: age === 0 ? null : new Date(now + age * 1000).toISOString(),
      note: params.note ?? '',
      created_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'INVITE_CREATE', scope: serverScope(server.id), subject: server.id, body: invite }],
      guards: [
        authorityInServer(world, actor.userId, server.id),
        { kind: 'unique', key: 'invite', args: [invite.code], refusal: 'STALE' },
        {
          kind: 'count_below',
          key: 'invites_of_server',
          args: [server.id],
          below: LIMITS.INVITES_PER_SERVER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => invite,
    };
  },
  after: async ([event], _params, { auth }) => {
    const { code, max_uses, expires_at, created_by } = (event as LogEventOf<'INVITE_CREATE'>).body;
    await auth.openRegistration({
      code,
      max_uses,
      expires_at: expires_at === null ? null : Date.parse(expires_at),
      created_by,
    });
  },
};

export const listInvites: HandlerOf<'invite.list'> = {
  limit: 'read',
  query: async ({ server_id, after, limit }, { actor, now }, { world, log }) => {
    requireServerPermission(world, actor.userId, server_id, Permission.MANAGE_SERVER);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({ live: inviteQueries.live(server_id, now, size + 1, after) });
    requireServerPermission(world, actor.userId, server_id, Permission.MANAGE_SERVER);
    return { result: { items: value.live.slice(0, size), has_more: value.live.length > size }, position };
  },
};

/** Whoever holds the link may know what it leads to. */
export const getInvite: HandlerOf<'invite.get'> = {
  limit: 'read',
  query: async ({ code }, { now }, { world, log, auth }) => {
    const { value, position } = await log.read({ invite: inviteQueries.one(code) });
    const group = value.invite === null ? undefined : groupOf(world, value.invite);
    if (value.invite !== null && group !== undefined && isLive(value.invite, now))
      return {
        result: { ...linkFacts(world, value.invite), group: groupPreview(group), opens_registration: false },
        position,
      };
    const server = value.invite === null ? undefined : world.server(value.invite.server_id ?? '');
    if (value.invite === null || server === undefined || !isLive(value.invite, now))
      throw new Refusal('INVITE_INVALID');
    const { id, name, description, iconUrl, members } = server;
    const result = {
      ...linkFacts(world, value.invite),
      server: { id, name, description, icon_url: iconUrl, member_count: members.size },
      opens_registration: await auth.opensRegistration(code),
    };
    return { result, position };
  },
};

function linkFacts(world: World, { code, created_by, expires_at }: Invite) {
  return { code, invited_by: world.users.get(created_by)?.user.display_name ?? '', expires_at };
}

/** One link, both doors: registration by it ends too (E35). */
export const deleteInvite: HandlerOf<'invite.delete'> = {
  limit: 'write',
  load: async ({ code }, _context, { log }) => (await log.read({ invite: inviteQueries.one(code) })).value.invite,
  decide: (decide) => {
    const { world, actor } = decide;
    const invite = decide.loaded as Invite | null;
    const group = invite === null ? undefined : groupOf(world, invite);
    if (invite !== null && group !== undefined) return revokeLink(decide, invite, group);
    const server = invite === null ? undefined : world.server(invite.server_id ?? '');
    if (invite === null || server === undefined || !world.isIn(actor.userId, server))
      throw new Refusal('INVITE_INVALID');
    const mayRevoke =
      invite.created_by === actor.userId || can(permissionsIn(actor.userId, server), Permission.MANAGE_SERVER);
    if (!mayRevoke) throw new Refusal('MISSING_PERMISSION');
    const body = { code: invite.code, server_id: server.id };
    return {
      events: [{ type: 'INVITE_DELETE', scope: serverScope(server.id), subject: server.id, body }],
      guards: [
        authorityInServer(world, actor.userId, server.id),
        { kind: 'exists', key: 'invite', args: [invite.code], refusal: 'INVITE_INVALID' },
      ],
      result: () => null,
    };
  },
  after: async (_events, params, { auth }) => auth.closeRegistration(params.code as string),
};

/** A role that its maker may give at this moment; whether they still may is asked again when somebody comes. */
function requireMayInviteWith(userId: Id, server: ServerState, roleId: Id): void {
  const role = requireRole(server, roleId);
  if (role.role.is_default) throw new Refusal('UNKNOWN_ROLE');
  requireMayGrant(userId, server, role);
}
