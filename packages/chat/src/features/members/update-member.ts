import { type CommandParams, type Id, LIMITS, type Member, Permission, Refusal } from '@snug/protocol';
import type { Answered, Decide, Decided, HandlerOf } from '../../commands/handler.ts';
import { memberEntity } from '../../delivery/snapshot.ts';
import { type NewEvent, serverScope } from '../../log/envelope.ts';
import type { MemberState, ServerState } from '../../world/state.ts';
import { authorityOver, requireServer } from '../access.ts';
import { withReason } from '../audit-note.ts';
import {
  isBeyondTimeout,
  requireHeld,
  requireMayGrant,
  requireMayLift,
  requireOutranked,
  requireRole,
  requireRoleBelow,
} from '../escalation.ts';
import { roleSet } from './members.fold.ts';

type Changes = Partial<Pick<Member, 'nickname' | 'role_ids' | 'is_muted' | 'is_deafened' | 'timed_out_until'>>;
type Update = CommandParams<'member.update'>;

/** Each thing that is given has a rule of its own; together they are one event. */
export const updateMember: HandlerOf<'member.update'> = {
  limit: 'write',
  decide: (decide) => {
    const { world, params, actor, now } = decide;
    const server = requireServer(world, actor.userId, params.server_id);
    requirePermissionFor(actor.userId, server, params);
    const member = requireMember(server, params.user_id);
    const changes: Changes = {
      ...nicknameOf(actor.userId, server, member, params),
      ...moderationOf(actor.userId, server, member, params, now),
      ...(params.role_ids === undefined ? {} : rolesOf(actor.userId, server, member, params.role_ids)),
    };
    return changed(decide, server, member, changes);
  },
};

export const addRole: HandlerOf<'member.add_role'> = {
  limit: 'write',
  decide: (decide) => {
    const { server, member } = requireHolder(decide);
    const { role_id } = decide.params;
    const changes = rolesOf(decide.actor.userId, server, member, [...member.roleIds, role_id]);
    if ((changes.role_ids?.length ?? 0) > LIMITS.ROLES_PER_MEMBER) throw new Refusal('LIMIT_REACHED');
    return changed(decide, server, member, changes);
  },
};

export const removeRole: HandlerOf<'member.remove_role'> = {
  limit: 'write',
  decide: (decide) => {
    const { server, member } = requireHolder(decide);
    const { role_id } = decide.params;
    const left = member.roleIds.filter((id) => id !== role_id);
    return changed(decide, server, member, rolesOf(decide.actor.userId, server, member, left));
  },
};

interface OneRole {
  readonly server_id: Id;
  readonly user_id: Id;
  readonly role_id: Id;
}

function requireHolder({ world, params, actor }: Decide<OneRole, unknown>): {
  server: ServerState;
  member: MemberState;
} {
  const server = requireServer(world, actor.userId, params.server_id);
  requireHeld(actor.userId, server, Permission.MANAGE_ROLES);
  const member = requireMember(server, params.user_id);
  requireGivable(server, params.role_id);
  return { server, member };
}

function requireMember(server: ServerState, userId: Id): MemberState {
  const member = server.members.get(userId);
  if (member === undefined) throw new Refusal('UNKNOWN_MEMBER');
  return member;
}

/** @everyone is not given and not taken. */
function requireGivable(server: ServerState, roleId: Id): void {
  if (requireRole(server, roleId).role.is_default) throw new Refusal('DEFAULT_ROLE');
}

/** Before anything tells whether the member is there. Who is timed out changes nothing, their own nickname included. */
function requirePermissionFor(userId: Id, server: ServerState, params: Update): void {
  const { nickname, is_muted, is_deafened, timed_out_until, role_ids } = params;
  const isSelf = userId === params.user_id;
  const moderates = [is_muted, is_deafened, timed_out_until].some((value) => value !== undefined);
  if (moderates || (nickname !== undefined && !isSelf)) requireHeld(userId, server, Permission.KICK_MEMBERS);
  if (role_ids !== undefined) requireHeld(userId, server, Permission.MANAGE_ROLES);
  if (isSelf && server.timeouts.has(userId) && !isBeyondTimeout(userId, server))
    throw new Refusal('MISSING_PERMISSION');
}

function nicknameOf(userId: Id, server: ServerState, member: MemberState, { nickname }: Update): Changes {
  if (nickname === undefined) return {};
  if (member.userId !== userId) requireOutranked(userId, server, member.userId);
  return nickname === member.nickname ? {} : { nickname };
}

function moderationOf(userId: Id, server: ServerState, member: MemberState, params: Update, now: number): Changes {
  const { is_muted, is_deafened, timed_out_until } = params;
  if ([is_muted, is_deafened, timed_out_until].every((value) => value === undefined)) return {};
  requireOutranked(userId, server, member.userId);
  return {
    ...(is_muted === undefined || is_muted === member.isMuted ? {} : { is_muted }),
    ...(is_deafened === undefined || is_deafened === member.isDeafened ? {} : { is_deafened }),
    ...(timed_out_until === undefined ? {} : timeoutOf(server, member.userId, timed_out_until, now)),
  };
}

function timeoutOf(server: ServerState, targetId: Id, given: string | null, now: number): Changes {
  if (given === null) return server.timeouts.has(targetId) ? { timed_out_until: null } : {};
  if (isBeyondTimeout(targetId, server)) throw new Refusal('OUTRANKED');
  const until = Date.parse(given);
  if (until <= now || until > now + LIMITS.TIMEOUT_MAX)
    throw new Refusal('INVALID_PARAMS', {
      issues: [{ path: 'timed_out_until', message: 'must lie ahead, by 28 days at most' }],
    });
  return server.timeouts.get(targetId) === until ? {} : { timed_out_until: new Date(until).toISOString() };
}

/** Of others one outranks, and of oneself: roles below one's own highest, under the rules of giving and lifting. */
function rolesOf(userId: Id, server: ServerState, member: MemberState, wanted: readonly Id[]): Changes {
  const isSelf = member.userId === userId;
  if (!isSelf) requireOutranked(userId, server, member.userId);
  const role_ids = [...roleSet(wanted)];
  const held = new Set(member.roleIds);
  const added = role_ids.filter((id) => !held.has(id));
  const removed = member.roleIds.filter((id) => !role_ids.includes(id));
  for (const id of added) {
    requireGivable(server, id);
    requireMayGrant(userId, server, requireRole(server, id));
  }
  for (const id of removed) {
    requireRoleBelow(userId, server, requireRole(server, id));
    if (isSelf) requireMayLift(userId, server, id);
  }
  return added.length + removed.length === 0 ? {} : { role_ids };
}

function changed(
  { world, actor, params }: Decide<{ reason?: string | undefined }, unknown>,
  server: ServerState,
  member: MemberState,
  changes: Changes,
): Decided<Member> | Answered<Member> {
  if (Object.keys(changes).length === 0) return { answer: memberEntity(server, member) };
  const body = { user_id: member.userId, server_id: server.id, ...changes };
  const act: NewEvent = { type: 'MEMBER_UPDATE', scope: serverScope(server.id), subject: member.userId, body };
  return {
    events: withReason(server.id, params.reason, act),
    guards: [
      authorityOver(world, actor.userId, server.id, member.userId),
      { kind: 'exists', key: 'member', args: [server.id, member.userId], refusal: 'UNKNOWN_MEMBER' },
    ],
    result: () => memberEntity(server, member),
  };
}
