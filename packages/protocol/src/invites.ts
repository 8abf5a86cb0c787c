import { z } from 'zod';
import { Channel } from './channels.ts';
import { defineCommand, Nothing } from './command.ts';
import { count, Limit, listOf, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { InviteCode, Member } from './members.ts';

/** An invite to a server. One link brings a stranger in: its code also opens registration (E35). */
export const Invite = z
  .object({
    code: z.string(),
    server_id: Id.optional(),
    channel_id: Id.optional().meta({ description: 'Of a link into a group' }),
    role_id: Id.optional().meta({ description: 'The role it grants, if its maker still may' }),
    created_by: Id,
    max_uses: z.int().meta({ description: '0 is without end' }),
    uses: z.int(),
    expires_at: Time.nullable(),
    note: z.string(),
    created_at: Time,
  })
  .meta({ id: 'Invite' });
export type Invite = z.infer<typeof Invite>;

/** What a link tells whoever holds it, signed in or not. */
export const InvitePreview = z
  .object({
    code: z.string(),
    server: z
      .object({
        id: Id,
        name: z.string(),
        description: z.string(),
        icon_url: z.string(),
        member_count: z.int(),
      })
      .optional(),
    group: z.object({ id: Id, name: z.string(), member_count: z.int() }).optional(),
    invited_by: z.string().meta({ description: 'Display name of who made the link' }),
    expires_at: Time.nullable(),
    opens_registration: z.boolean(),
  })
  .meta({ id: 'InvitePreview' });
export type InvitePreview = z.infer<typeof InvitePreview>;

export const inviteCommands = {
  'invite.create': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/invites',
    summary: 'Create an invite link (Create Invite)',
    params: z.object({
      server_id: Id,
      max_uses: count(0, LIMITS.INVITE_MAX_USES).optional().meta({ description: '0 is without end; default 0' }),
      max_age: count(0, LIMITS.INVITE_MAX_AGE)
        .optional()
        .meta({ description: 'Seconds; 0 never expires; default 7 days' }),
      note: text(LIMITS.INVITE_NOTE_MAX).optional(),
      role_id: Id.optional().meta({ description: 'A role you may give (Manage Roles)' }),
    }),
    result: Invite,
    status: 201,
    mission: 'Blueprint, Invites',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_ROLE', 'MISSING_PERMISSION', 'OUTRANKED', 'LIMIT_REACHED'],
  }),
  'invite.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/invites',
    summary: 'The live invites of a server (Manage Server), the newest first; page with `after`, a code',
    params: z.object({ server_id: Id, after: InviteCode.optional(), limit: Limit }),
    result: listOf(Invite),
    mission: 'Blueprint, Invite management',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION'],
  }),
  'invite.get': defineCommand({
    method: 'GET',
    path: '/invites/{code}',
    summary: 'What an invite leads to',
    params: z.object({ code: InviteCode }),
    result: InvitePreview,
    caller: 'anyone',
    mission: 'Blueprint, Invites',
    refusals: ['INVITE_INVALID'],
  }),
  'invite.accept': defineCommand({
    method: 'POST',
    path: '/invites/{code}',
    summary: 'Accept an invite',
    params: z.object({ code: InviteCode }),
    result: z.union([Member, Channel]).meta({ description: 'The membership of a server, or the group' }),
    mission: 'Blueprint, Invites',
    refusals: ['INVITE_INVALID', 'LIMIT_REACHED', 'BANNED'],
  }),
  'invite.delete': defineCommand({
    method: 'DELETE',
    path: '/invites/{code}',
    summary: 'Revoke an invite (its maker, or Manage Server)',
    params: z.object({ code: InviteCode }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Invites',
    refusals: ['INVITE_INVALID', 'MISSING_PERMISSION'],
  }),
};
