import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { Limit, listOf, Time } from './fields.ts';
import { Id } from './ids.ts';
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
  })
  .meta({ id: 'Member' });
export type Member = z.infer<typeof Member>;

export const MemberWithUser = Member.extend({ user: User }).meta({ id: 'MemberWithUser' });
export type MemberWithUser = z.infer<typeof MemberWithUser>;

export const InviteCode = z
  .string()
  .regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be an invite code')
  .meta({ id: 'InviteCode' });

export const memberCommands = {
  'member.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/members',
    summary: 'Members, ordered by user id; page with `after`',
    params: z.object({ server_id: Id, limit: Limit, after: Id.optional() }),
    result: listOf(MemberWithUser),
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'member.join': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/members',
    summary: 'Join a server with an invite',
    params: z.object({ server_id: Id, invite_code: InviteCode }),
    result: Member,
    status: 201,
    mission: 'Blueprint, Servers',
    refusals: ['INVITE_INVALID', 'ALREADY_A_MEMBER', 'LIMIT_REACHED'],
  }),
  'member.remove': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}/members/{user_id}',
    summary: 'Leave a server (yourself), or remove a member (Kick Members)',
    params: z.object({ server_id: Id, user_id: Id }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_MEMBER', 'OWNER_CANNOT_LEAVE', 'MISSING_PERMISSION'],
  }),
};
