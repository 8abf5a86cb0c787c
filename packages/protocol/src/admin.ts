/** Administration of the instance: its accounts, its registration, and the record of who did what. */
import { z } from 'zod';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { MessageFate } from './feed.ts';
import { Limit, listOf, Reason, Time, text } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

export const AccountState = z.enum(['active', 'suspended', 'deleted']).meta({ id: 'AccountState' });
export type AccountState = z.infer<typeof AccountState>;

/** An account as its administrators see it. Of a deleted one the id and the times are left. */
export const AdminAccount = z
  .object({
    id: Id,
    username: z.string(),
    email: z.string().nullable(),
    display_name: z.string(),
    is_admin: z.boolean(),
    state: AccountState,
    created_at: Time,
    last_seen_at: Time.nullable().meta({ description: 'When they last signed in or renewed a session' }),
  })
  .meta({ id: 'AdminAccount' });
export type AdminAccount = z.infer<typeof AdminAccount>;

export const RegistrationMode = z.enum(['open', 'invite', 'closed']).meta({ id: 'RegistrationMode' });
export type RegistrationMode = z.infer<typeof RegistrationMode>;

/** What administrators may change while the instance runs. */
export const InstanceState = z
  .object({
    registration: RegistrationMode.meta({ description: 'What holds' }),
    registration_configured: RegistrationMode.meta({ description: 'What the settings say' }),
    registration_override: RegistrationMode.nullable().meta({
      description: 'What an administrator chose instead; null follows the settings',
    }),
  })
  .meta({ id: 'InstanceState' });
export type InstanceState = z.infer<typeof InstanceState>;

export const InstanceAuditAction = z
  .enum([
    'admin.create',
    'user.suspend',
    'user.restore',
    'user.promote',
    'user.demote',
    'user.reset_password',
    'user.delete',
    'instance.update',
    'invite.create',
    'invite.revoke',
  ])
  .meta({ id: 'InstanceAuditAction' });
export type InstanceAuditAction = z.infer<typeof InstanceAuditAction>;

/** One administrative act on the instance. Names are those of today: a deleted account has none. */
export const InstanceAuditEntry = z
  .object({
    id: Id,
    action: InstanceAuditAction,
    actor_id: Id.nullable().meta({ description: 'Null is the command line' }),
    actor_username: z.string().nullable(),
    target_id: Id.nullable().meta({ description: 'The account, or the invite; null is the instance' }),
    target_username: z.string().nullable(),
    reason: z.string(),
    changes: z.record(z.string(), z.string().nullable()).meta({ description: 'What it was set to, by name' }),
    at: Time,
  })
  .meta({ id: 'InstanceAuditEntry' });
export type InstanceAuditEntry = z.infer<typeof InstanceAuditEntry>;

const reason = Reason.optional();
const common = { caller: 'admin', over: 'http', mission: 'Administration of the instance' } as const;

const accountCommands = {
  'admin.list_users': defineCommand({
    ...common,
    method: 'GET',
    path: '/admin/users',
    summary: 'The accounts of the instance, oldest first (administrator)',
    params: z.strictObject({
      query: text(LIMITS.EMAIL_MAX)
        .optional()
        .meta({ description: 'How a username or e-mail address begins, whatever the case' }),
      state: AccountState.optional(),
      after: Id.optional(),
      limit: Limit,
    }),
    result: listOf(AdminAccount),
    refusals: ['NOT_AN_ADMIN'],
  }),
  'admin.get_user': defineCommand({
    ...common,
    method: 'GET',
    path: '/admin/users/{user_id}',
    summary: 'One account (administrator)',
    params: z.strictObject({ user_id: Id }),
    result: AdminAccount,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER'],
  }),
  'admin.suspend_user': defineCommand({
    ...common,
    method: 'PUT',
    path: '/admin/users/{user_id}/suspension',
    summary: 'Suspend an account: it is signed out everywhere at once (administrator)',
    params: z.strictObject({ user_id: Id, reason }),
    result: AdminAccount,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER', 'NOT_YOURSELF', 'LAST_ADMIN'],
  }),
  'admin.restore_user': defineCommand({
    ...common,
    method: 'DELETE',
    path: '/admin/users/{user_id}/suspension',
    summary: 'Let a suspended account sign in again (administrator)',
    params: z.strictObject({ user_id: Id, reason }),
    result: AdminAccount,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER'],
  }),
  'admin.set_admin': defineCommand({
    ...common,
    method: 'PUT',
    path: '/admin/users/{user_id}/admin',
    summary: 'Make an account an administrator, or take that back, at once (administrator)',
    params: z.strictObject({ user_id: Id, is_admin: z.boolean(), reason }),
    result: AdminAccount,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER', 'LAST_ADMIN'],
  }),
  'admin.reset_password': defineCommand({
    ...common,
    method: 'POST',
    path: '/admin/users/{user_id}/password_reset',
    summary: 'A one-time token for `/reset?token=`, in place of an earlier one; shown once (administrator)',
    params: z.strictObject({ user_id: Id, reason }),
    result: z.object({ token: z.string(), expires_at: Time }),
    status: 201,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER'],
  }),
  'admin.delete_user': defineCommand({
    ...common,
    method: 'DELETE',
    path: '/admin/users/{user_id}',
    summary: 'Delete an account (administrator)',
    params: z.strictObject({ user_id: Id, messages: MessageFate, reason }),
    result: Nothing,
    status: 204,
    refusals: ['NOT_AN_ADMIN', 'UNKNOWN_USER', 'NOT_YOURSELF', 'LAST_ADMIN', 'OWNS_SERVERS'],
  }),
};

const instanceCommands = {
  'admin.instance': defineCommand({
    ...common,
    method: 'GET',
    path: '/admin/instance',
    summary: 'What administrators may change while the instance runs (administrator)',
    params: NoParams,
    result: InstanceState,
    refusals: ['NOT_AN_ADMIN'],
  }),
  'admin.update_instance': defineCommand({
    ...common,
    method: 'PATCH',
    path: '/admin/instance',
    summary: 'Change who may make an account, at once and over restarts (administrator)',
    params: z.strictObject({
      registration: RegistrationMode.nullable().meta({ description: 'Null follows the settings again' }),
      reason,
    }),
    result: InstanceState,
    refusals: ['NOT_AN_ADMIN'],
  }),
  'admin.audit': defineCommand({
    ...common,
    method: 'GET',
    path: '/admin/audit',
    summary: 'Every administrative act on the instance, newest first (administrator)',
    params: z.strictObject({
      actor_id: Id.optional(),
      action: InstanceAuditAction.optional(),
      target_id: Id.optional(),
      before: Id.optional(),
      limit: Limit,
    }),
    result: listOf(InstanceAuditEntry),
    refusals: ['NOT_AN_ADMIN'],
  }),
};

export const adminCommands = { ...accountCommands, ...instanceCommands };
