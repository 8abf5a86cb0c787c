import { type Id, type Invite, LIMITS, type Member, Refusal, type User } from '@snug/protocol';
import type { Answered, Decide, Decided, HandlerOf } from '../../commands/handler.ts';
import { memberEntity } from '../../delivery/snapshot.ts';
import { type Guard, type LogEvent, memberKey, type NewEvent, serverScope } from '../../log/envelope.ts';
import type { Services } from '../../services.ts';
import type { ServerState } from '../../world/state.ts';
import { authorityInServer } from '../access.ts';
import { groupOf, joinByLink } from '../conversations/conversations.queries.ts';
import { whyNotGrant } from '../escalation.ts';
import { systemMessage } from '../system-message.ts';
import { profileGuard } from '../users/users.queries.ts';
import { inviteQueries, isLive } from './invites.queries.ts';

interface Joining {
  readonly invite: Invite | null;
}

/** Accepting twice is no error: the membership, or the group, is the answer. */
export const acceptInvite: HandlerOf<'invite.accept'> = {
  limit: 'write',
  load: async ({ code }, _context, { log }): Promise<Joining> => ({
    invite: (await log.read({ invite: inviteQueries.one(code) })).value.invite,
  }),
  decide: (decide) => {
    const { invite } = decide.loaded as Joining;
    const group = invite === null ? undefined : groupOf(decide.world, invite);
    if (invite !== null && group !== undefined) {
      if (!isLive(invite, decide.now)) throw new Refusal('INVITE_INVALID');
      return joinByLink(decide, invite, group);
    }
    const server = invited(decide, invite);
    return answerIfIn(decide, server) ?? join(decide, server, invite);
  },
  after: closeWhenUsedUp,
};

/** With an invite of this very server, or without one where it is public. */
export const joinServer: HandlerOf<'member.join'> = {
  limit: 'write',
  needsLoad: ({ invite_code }) => invite_code !== undefined,
  load: async ({ invite_code = '' }, _context, { log }): Promise<Joining> => ({
    invite: (await log.read({ invite: inviteQueries.one(invite_code) })).value.invite,
  }),
  decide: (decide) => {
    const { world, params, actor } = decide;
    const { invite } = (decide.loaded as Joining | undefined) ?? { invite: null };
    if (params.invite_code !== undefined) {
      const server = invited(decide, invite);
      if (server.id !== params.server_id) throw new Refusal('INVITE_INVALID');
      if (server.members.has(actor.userId)) throw new Refusal('ALREADY_A_MEMBER');
      return join(decide, server, invite);
    }
    const server = world.server(params.server_id);
    if (server?.members.has(actor.userId)) throw new Refusal('ALREADY_A_MEMBER');
    if (server === undefined || !server.isPublic) throw new Refusal('UNKNOWN_SERVER');
    return join(decide, server, null);
  },
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
  const { invite } = (await log.read({ invite: inviteQueries.one(event.body.code) })).value;
  if (invite !== null && !isLive(invite, now())) await auth.closeRegistration(event.body.code);
}

type Deciding = Pick<Decide<unknown, unknown>, 'world' | 'actor' | 'now' | 'ids'>;

function invited({ world, actor, now }: Deciding, invite: Invite | null): ServerState {
  const server = world.server(invite?.server_id ?? '');
  if (invite === null || server === undefined) throw new Refusal('INVITE_INVALID');
  if (!server.members.has(actor.userId) && !isLive(invite, now)) throw new Refusal('INVITE_INVALID');
  return server;
}

function answerIfIn({ actor }: Deciding, server: ServerState): Answered<Member> | null {
  const existing = server.members.get(actor.userId);
  return existing === undefined ? null : { answer: memberEntity(server, existing) };
}

function join(deciding: Deciding, server: ServerState, invite: Invite | null): Decided<Member> {
  const { world, actor, now } = deciding;
  if (server.banned.has(actor.userId)) throw new Refusal('BANNED');
  const user = world.users.get(actor.userId)?.user as User;
  const member: Member = {
    user_id: actor.userId,
    server_id: server.id,
    nickname: '',
    role_ids: grantedBy(server, invite),
    joined_at: new Date(now).toISOString(),
    is_muted: false,
    is_deafened: false,
    // Leaving and coming back does not end it.
    timed_out_until: timeoutOf(server, actor.userId),
  };
  const scope = serverScope(server.id);
  const via = invite === null ? ('public' as const) : ('invite' as const);
  const said = systemMessage(deciding, server, 'system_join', actor.userId);
  return {
    events: [
      ...(invite === null ? [] : [redemption(invite, server.id, actor.userId)]),
      { type: 'MEMBER_ADD', scope, subject: actor.userId, body: { ...member, user, via } },
      ...said.events,
    ],
    guards: [...guardsOf(deciding, server, invite), ...said.guards],
    result: () => member,
  };
}

/** The role its maker wished to give, if they still may give it; else people come without. */
function grantedBy(server: ServerState, invite: Invite | null): Id[] {
  const role = server.roles.get(invite?.role_id ?? '');
  if (invite === null || role === undefined || role.role.is_default) return [];
  return whyNotGrant(invite.created_by, server, role) === null ? [role.role.id] : [];
}

function timeoutOf(server: ServerState, userId: Id): string | null {
  const until = server.timeouts.get(userId);
  return until === undefined ? null : new Date(until).toISOString();
}

function redemption({ code }: Invite, server_id: Id, used_by: Id): NewEvent {
  return { type: 'INVITE_USE', scope: serverScope(server_id), subject: server_id, body: { code, server_id, used_by } };
}

/** Its maker's standing decides over the role, a ban over everything, and whether the server is public over the rest. */
function guardsOf({ world, actor, now }: Deciding, server: ServerState, invite: Invite | null): Guard[] {
  const ofMaker = memberKey(server.id, invite?.created_by ?? actor.userId);
  return [
    authorityInServer(world, actor.userId, server.id),
    { kind: 'authority', keys: [ofMaker], position: world.tail },
    { kind: 'unique', key: 'member', args: [server.id, actor.userId], refusal: 'STALE' },
    profileGuard(world, actor.userId),
    {
      kind: 'exists',
      key: 'server',
      args: [server.id],
      refusal: invite === null ? 'UNKNOWN_SERVER' : 'INVITE_INVALID',
    },
    ...(invite === null ? [] : [{ kind: 'uses_left', code: invite.code, now, refusal: 'INVITE_INVALID' } as const]),
    {
      kind: 'count_below',
      key: 'servers_of_user',
      args: [actor.userId],
      below: LIMITS.SERVERS_PER_USER,
      refusal: 'LIMIT_REACHED',
    },
  ];
}
