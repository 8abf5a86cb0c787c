import { can, type Invite, LIMITS, type Member, Permission, Refusal } from '@snug/protocol';
import type { Answered, Decide, Decided, HandlerOf } from '../../commands/handler.ts';
import { memberEntity } from '../../delivery/snapshot.ts';
import { type LogEvent, type LogEventOf, type NewEvent, serverScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import { permissionsIn } from '../../world/permissions.ts';
import type { World } from '../../world/world.ts';
import { authorityInServer, requireServerPermission } from '../access.ts';
import { groupOf, groupPreview, joinByLink, revokeLink } from '../conversations/conversations.queries.ts';
import { profileGuard } from '../users/users.queries.ts';
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
    const invite: Invite = {
      code: loaded as string,
      server_id: server.id,
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
  query: async ({ server_id }, { actor, now }, { world, log }) => {
    requireServerPermission(world, actor.userId, server_id, Permission.MANAGE_SERVER);
    const { value, position } = await log.read({ live: inviteQueries.live(server_id, now, LIMITS.INVITES_PER_SERVER) });
    return { result: { items: value.live, has_more: false }, position };
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

interface Joining {
  readonly invite: Invite | null;
}

/** Accepting twice is no error: the membership, or the group, is the answer. */
export const acceptInvite: HandlerOf<'invite.accept'> = {
  limit: 'write',
  load: async ({ code }, _context, { log }) => ({
    invite: (await log.read({ invite: inviteQueries.one(code) })).value.invite,
  }),
  decide: (decide) => {
    const { invite } = decide.loaded as Joining;
    const group = invite === null ? undefined : groupOf(decide.world, invite);
    if (invite === null || group === undefined) return join(decide as unknown as Decide<object, Joining>, null);
    if (!isLive(invite, decide.now)) throw new Refusal('INVITE_INVALID');
    return joinByLink(decide, invite, group);
  },
  after: closeWhenUsedUp,
};

export const joinServer: HandlerOf<'member.join'> = {
  limit: 'write',
  load: async ({ invite_code }, _context, { log }) => ({
    invite: (await log.read({ invite: inviteQueries.one(invite_code) })).value.invite,
  }),
  decide: (decide) => join(decide as unknown as Decide<object, Joining>, decide.params.server_id),
  after: closeWhenUsedUp,
};

/** Whoever has an account already uses a link up as well as a stranger: after that it lets nobody register (E35). */
async function closeWhenUsedUp(
  [event]: readonly LogEvent[],
  _params: unknown,
  { log, auth, now }: Services,
): Promise<void> {
  // A link into a group opens no registration.
  if (event?.type !== 'INVITE_USE') return;
  const { code } = event.body;
  const { invite } = (await log.read({ invite: inviteQueries.one(code) })).value;
  if (invite !== null && !isLive(invite, now())) await auth.closeRegistration(code);
}

function join(
  { world, actor, now, loaded: { invite } }: Decide<object, Joining>,
  intoServer: string | null,
): Decided<Member> | Answered<Member> {
  const server = invite === null ? undefined : world.server(invite.server_id ?? '');
  if (invite === null || server === undefined || (intoServer !== null && intoServer !== server.id))
    throw new Refusal('INVITE_INVALID');
  const existing = server.members.get(actor.userId);
  if (existing !== undefined) {
    if (intoServer !== null) throw new Refusal('ALREADY_A_MEMBER');
    return { answer: memberEntity(server, existing) };
  }
  const user = world.users.get(actor.userId)?.user;
  if (user === undefined || !isLive(invite, now)) throw new Refusal('INVITE_INVALID');
  const member: Member = {
    user_id: actor.userId,
    server_id: server.id,
    nickname: '',
    role_ids: [],
    joined_at: new Date(now).toISOString(),
    is_muted: false,
    is_deafened: false,
    timed_out_until: null,
  };
  const scope = serverScope(server.id);
  const events: NewEvent[] = [
    {
      type: 'INVITE_USE',
      scope,
      subject: server.id,
      body: { code: invite.code, server_id: server.id, used_by: actor.userId },
    },
    { type: 'MEMBER_ADD', scope, subject: actor.userId, body: { ...member, user, via: 'invite' } },
  ];
  return {
    events,
    guards: [
      { kind: 'unique', key: 'member', args: [server.id, actor.userId], refusal: 'STALE' },
      profileGuard(world, actor.userId),
      { kind: 'exists', key: 'server', args: [server.id], refusal: 'INVITE_INVALID' },
      { kind: 'uses_left', code: invite.code, now, refusal: 'INVITE_INVALID' },
      {
        kind: 'count_below',
        key: 'servers_of_user',
        args: [actor.userId],
        below: LIMITS.SERVERS_PER_USER,
        refusal: 'LIMIT_REACHED',
      },
    ],
    result: () => member,
  };
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
