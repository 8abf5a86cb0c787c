import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { count, GivenTime, Limit, listOf, name, Reason, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { User } from './users.ts';

/** Blueprint "User & Member". */
export const Member = z
  .object({
    user_id: Id,
    server_id: Id,
    nickname: z.string(),
    role_ids: z.array(Id),
    joined_at: Time,
    is_muted: z.boolean(),
    is_deafened: z.boolean(),
    timed_out_until: Time.nullable().meta({ description: 'Until then they only read' }),
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const MemberWithUser = Member.extend({ user: User }).meta({ id: 'MemberWithUser' });
export type MemberWithUser = z.infer<typeof MemberWithUser>;

/** What changed of a membership, and the profile as it is then (RFD 0004). */
export const MemberUpdate = Member.partial().extend({
  user_id: Id,
  server_id: Id.optional(),
  channel_id: Id.optional().meta({ description: 'Set instead of server_id where the membership is a conversation' }),
  user: User.optional(),
});

export const Ban = z
  .object({ server_id: Id, user_id: Id, reason: z.string(), banned_by: Id, created_at: Time, user: User.optional() })
  .meta({ id: 'Ban' });
export type Ban = z.infer<typeof Ban>;

export const InviteCode = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be an invite code')
  .meta({ id: 'InviteCode' });

const OneMember = { server_id: Id, user_id: Id };
const ACTING = ['UNKNOWN_SERVER', 'UNKNOWN_MEMBER', 'MISSING_PERMISSION', 'OUTRANKED'] as const;

export const memberCommands = {
  'member.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/members',
    summary: 'Members, ordered by user id; page with `after`, narrow with `query`',
    params: z.object({
      server_id: Id,
      limit: Limit,
      after: Id.optional(),
      query: text(LIMITS.DISPLAY_NAME_MAX)
        .optional()
        .meta({ description: 'Start of a nickname, display name or username' }),
      role_id: Id.optional(),
    }),
    result: listOf(MemberWithUser),
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'member.get': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/members/{user_id}',
    summary: 'One member',
    params: z.object(OneMember),
    result: MemberWithUser,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_MEMBER'],
  }),
  'member.join': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/members',
    summary: 'Join a server: with an invite, or without where it is public',
    params: z.object({ server_id: Id, invite_code: InviteCode.optional() }),
    result: Member,
    status: 201,
    mission: 'Blueprint, Servers',
    refusals: ['INVITE_INVALID', 'ALREADY_A_MEMBER', 'LIMIT_REACHED', 'BANNED', 'UNKNOWN_SERVER'],
  }),
  'member.update': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/members/{user_id}',
    summary:
      'Your own nickname; of those you outrank the nickname, mute, deafen and timeout (Kick Members) and the roles (Manage Roles)',
    params: z.object({
      ...OneMember,
      nickname: name(LIMITS.NICKNAME_MAX, 0).optional().meta({ description: 'Empty: none' }),
      role_ids: z.array(Id).max(LIMITS.ROLES_PER_MEMBER).optional().meta({ description: 'All roles they then hold' }),
      is_muted: z.boolean().optional(),
      is_deafened: z.boolean().optional(),
      timed_out_until: GivenTime.nullable().optional().meta({ description: 'At most 28 days ahead; null ends it' }),
      reason: Reason.optional(),
    }),
    result: Member,
    mission: 'Blueprint, members, roles',
    refusals: [...ACTING, 'UNKNOWN_ROLE', 'DEFAULT_ROLE', 'INVALID_PARAMS'],
  }),
  'member.add_role': defineCommand({
    method: 'PUT',
    path: '/servers/{server_id}/members/{user_id}/roles/{role_id}',
    summary: 'Give a member a role below your own highest (Manage Roles)',
    params: z.object({ ...OneMember, role_id: Id, reason: Reason.optional() }),
    result: Member,
    mission: 'Blueprint, roles: assignment',
    refusals: [...ACTING, 'UNKNOWN_ROLE', 'DEFAULT_ROLE', 'LIMIT_REACHED'],
  }),
  'member.remove_role': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}/members/{user_id}/roles/{role_id}',
    summary: 'Take a role from a member (Manage Roles)',
    params: z.object({ ...OneMember, role_id: Id, reason: Reason.optional() }),
    result: Member,
    mission: 'Blueprint, roles: assignment',
    refusals: [...ACTING, 'UNKNOWN_ROLE', 'DEFAULT_ROLE'],
  }),
  'member.remove': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}/members/{user_id}',
    summary: 'Leave a server (yourself), or remove a member you outrank (Kick Members)',
    params: z.object({ ...OneMember, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Servers',
    refusals: [...ACTING, 'OWNER_CANNOT_LEAVE'],
  }),
};

export const banCommands = {
  'ban.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/bans',
    summary: 'Who is banned (Ban Members); page with `after`, a user id',
    params: z.object({ server_id: Id, after: Id.optional(), limit: Limit }),
    result: listOf(Ban),
    mission: 'Blueprint, Member management',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION'],
  }),
  'ban.create': defineCommand({
    method: 'PUT',
    path: '/servers/{server_id}/bans/{user_id}',
    summary: 'Ban somebody, whether they are here or not, and erase what they said lately if wished (Ban Members)',
    params: z.object({
      ...OneMember,
      reason: Reason.optional(),
      delete_message_seconds: count(0, LIMITS.BAN_PURGE_MAX)
        .optional()
        .meta({ description: 'Messages of the last so many seconds are erased; default 0: none' }),
    }),
    result: Ban,
    mission: 'Blueprint, Member management',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_USER', 'MISSING_PERMISSION', 'OUTRANKED', 'LIMIT_REACHED'],
  }),
  'ban.delete': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}/bans/{user_id}',
    summary: 'Let somebody come back (Ban Members)',
    params: z.object({ ...OneMember, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Member management',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_BAN', 'MISSING_PERMISSION'],
  }),
};
