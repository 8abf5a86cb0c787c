import { z } from 'zod';
import { defineCommand, NoParams, Nothing } from './command.ts';
import { MessageFate } from './feed.ts';
import { count, listOf, name, Time, text, WebUrl } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { InviteCode } from './members.ts';
import { User, Username } from './users.ts';

const Password = z.string().min(LIMITS.PASSWORD_MIN).max(LIMITS.PASSWORD_MAX);
const AnyPassword = z.string().min(1).max(LIMITS.PASSWORD_MAX);
const Email = z.email().max(LIMITS.EMAIL_MAX);

/** Who signed in, as auth knows them (E31). The profile is chat's; `/auth/me` shows both. */
export const Account = z
  .object({
    id: Id,
    username: z.string(),
    email: z.string().nullable(),
    display_name: z.string(),
    is_admin: z.boolean().meta({ description: 'Administrator of the instance' }),
    created_at: Time,
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export const AccountWithProfile = Account.extend({ profile: User.nullable() }).meta({ id: 'AccountWithProfile' });
export type AccountWithProfile = z.infer<typeof AccountWithProfile>;

/**
 * What signing in gives. `refresh_token` is in the body only when the client asked for it with
 * `token_delivery: "body"`; a browser gets it as a cookie that scripts cannot read (E34).
 */
export const SignedIn = z
  .object({
    user: Account,
    session_id: Id,
    access_token: z.string(),
    expires_in: z.int().meta({ description: 'Seconds' }),
    refresh_token: z.string().optional(),
  })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof SignedIn>;

export const Session = z
  .object({
    id: Id,
    created_at: Time,
    last_seen_at: Time,
    expires_at: Time,
    user_agent: z.string(),
    address: z.string(),
    is_current: z.boolean(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

/** An invite to the instance. Its token is shown once, when it is made; only its hash is kept. */
export const InstanceInvite = z
  .object({
    id: Id,
    token: z.string().optional(),
    note: z.string(),
    max_uses: z.int(),
    uses: z.int(),
    expires_at: Time.nullable(),
    created_at: Time,
    created_by: Id.nullable(),
    redeemed_by: z.array(Id),
    revoked_at: Time.nullable(),
  })
  .meta({ id: 'InstanceInvite' });
export type InstanceInvite = z.infer<typeof InstanceInvite>;

const TokenDelivery = z.enum(['cookie', 'body']).optional();
const RefreshToken = z.string().min(1).max(512).optional();

export const authCommands = {
  'auth.register': defineCommand({
    method: 'POST',
    path: '/auth/register',
    summary: 'Make an account',
    params: z.strictObject({
      username: Username,
      password: Password,
      display_name: name(LIMITS.DISPLAY_NAME_MAX).optional(),
      email: Email.optional(),
      invite: InviteCode.optional().meta({
        description: 'An instance invite, a server invite, or the first-start token',
      }),
      token_delivery: TokenDelivery,
    }),
    result: SignedIn,
    status: 201,
    caller: 'anyone',
    over: 'http',
    mission: 'Blueprint, Authentication',
    refusals: [
      'REGISTRATION_CLOSED',
      'INVITE_REQUIRED',
      'INVITE_INVALID',
      'USERNAME_TAKEN',
      'EMAIL_TAKEN',
      'RATE_LIMITED',
      'ORIGIN_REFUSED',
    ],
  }),
  'auth.login': defineCommand({
    method: 'POST',
    path: '/auth/login',
    summary: 'Sign in by username or e-mail',
    params: z.strictObject({
      login: z.string().min(1).max(LIMITS.EMAIL_MAX),
      password: AnyPassword,
      token_delivery: TokenDelivery,
    }),
    result: SignedIn,
    caller: 'anyone',
    over: 'http',
    mission: 'Blueprint, Authentication',
    refusals: ['BAD_CREDENTIALS', 'ACCOUNT_SUSPENDED', 'RATE_LIMITED', 'ORIGIN_REFUSED'],
  }),
  'auth.refresh': defineCommand({
    method: 'POST',
    path: '/auth/refresh',
    summary: 'A new access token; the refresh token rotates (E33)',
    params: z.strictObject({ refresh_token: RefreshToken }),
    result: SignedIn,
    caller: 'anyone',
    over: 'http',
    mission: 'design_plan, Stage 2; E33',
    refusals: ['REFRESH_INVALID', 'RATE_LIMITED', 'ORIGIN_REFUSED', 'ACCOUNT_SUSPENDED'],
  }),
  'auth.logout': defineCommand({
    method: 'POST',
    path: '/auth/logout',
    summary: 'End this session, and its live connections at once',
    params: z.strictObject({ refresh_token: RefreshToken }),
    result: Nothing,
    status: 204,
    caller: 'anyone',
    over: 'http',
    mission: 'Blueprint, Authentication; E32',
    refusals: ['ORIGIN_REFUSED', 'RATE_LIMITED'],
  }),
  'auth.me': defineCommand({
    method: 'GET',
    path: '/auth/me',
    summary: 'Your account and profile',
    params: NoParams,
    result: AccountWithProfile,
    over: 'http',
    mission: 'Blueprint, Authentication; E31',
  }),
  'auth.update_me': defineCommand({
    method: 'PATCH',
    path: '/auth/me',
    summary: 'Change account and profile',
    params: z.strictObject({
      username: Username.optional(),
      email: Email.nullable().optional(),
      display_name: name(LIMITS.DISPLAY_NAME_MAX).optional(),
      avatar_url: WebUrl.optional(),
      bio: text(LIMITS.BIO_MAX).optional(),
      custom_status: text(LIMITS.CUSTOM_STATUS_MAX).optional(),
      password: AnyPassword.optional().meta({ description: 'Your password; needed to change username or e-mail' }),
    }),
    result: AccountWithProfile,
    over: 'http',
    mission: 'Blueprint, Authentication; E31',
    refusals: ['USERNAME_TAKEN', 'EMAIL_TAKEN', 'BAD_CREDENTIALS', 'RATE_LIMITED'],
  }),
  'auth.change_password': defineCommand({
    method: 'POST',
    path: '/auth/password',
    summary: 'Change your password; your other sessions end',
    params: z.strictObject({ current_password: AnyPassword, new_password: Password }),
    result: Nothing,
    status: 204,
    over: 'http',
    mission: 'Blueprint, accounts',
    refusals: ['BAD_CREDENTIALS', 'RATE_LIMITED'],
  }),
  'auth.reset_password': defineCommand({
    method: 'POST',
    path: '/auth/password_reset',
    summary: 'Set a new password with the one-time token of an administrator; every session ends',
    params: z.strictObject({ token: z.string().min(1).max(512), new_password: Password }),
    result: Nothing,
    status: 204,
    caller: 'anyone',
    over: 'http',
    mission: 'Administration of the instance',
    refusals: ['RESET_INVALID', 'RATE_LIMITED'],
  }),
  'auth.delete_account': defineCommand({
    method: 'DELETE',
    path: '/auth/me',
    summary: 'Delete your account; your messages are kept, made anonymous or erased (E25)',
    params: z.strictObject({ password: AnyPassword, messages: MessageFate }),
    paramsIn: 'body',
    result: Nothing,
    status: 204,
    over: 'http',
    mission: 'E25',
    refusals: ['BAD_CREDENTIALS', 'RATE_LIMITED', 'OWNS_SERVERS', 'LAST_ADMIN'],
  }),
  'auth.sessions': defineCommand({
    method: 'GET',
    path: '/auth/sessions',
    summary: 'Where you are signed in',
    params: NoParams,
    result: listOf(Session),
    over: 'http',
    mission: 'Blueprint, accounts',
  }),
  'auth.revoke_session': defineCommand({
    method: 'DELETE',
    path: '/auth/sessions/{session_id}',
    summary: 'End one of your sessions, and its live connections at once',
    params: z.strictObject({ session_id: Id }),
    result: Nothing,
    status: 204,
    over: 'http',
    mission: 'Blueprint, accounts; E32',
    refusals: ['UNKNOWN_SESSION'],
  }),
  'auth.ticket': defineCommand({
    method: 'POST',
    path: '/auth/tickets',
    summary: 'A one-use ticket of 30 seconds for a client that can set no header (E34)',
    params: z.strictObject({}),
    result: z.object({ ticket: z.string(), expires_in: z.int() }),
    status: 201,
    over: 'http',
    mission: 'E34',
    refusals: ['RATE_LIMITED'],
  }),
  'auth.create_invite': defineCommand({
    method: 'POST',
    path: '/auth/invites',
    summary: 'Invite somebody to the instance (administrator)',
    params: z.strictObject({
      max_uses: count(1, LIMITS.INVITE_MAX_USES).optional().meta({ description: 'Default 1' }),
      max_age: count(60, LIMITS.INVITE_MAX_AGE).optional().meta({ description: 'Seconds; default 7 days' }),
      note: text(LIMITS.INVITE_NOTE_MAX).optional(),
    }),
    result: InstanceInvite,
    status: 201,
    caller: 'admin',
    over: 'http',
    mission: 'devchitchat, invites',
    refusals: ['NOT_AN_ADMIN'],
  }),
  'auth.list_invites': defineCommand({
    method: 'GET',
    path: '/auth/invites',
    summary: 'The invites to the instance (administrator)',
    params: NoParams,
    result: listOf(InstanceInvite),
    caller: 'admin',
    over: 'http',
    mission: 'devchitchat, invites',
    refusals: ['NOT_AN_ADMIN'],
  }),
  'auth.revoke_invite': defineCommand({
    method: 'DELETE',
    path: '/auth/invites/{invite_id}',
    summary: 'Revoke an invite to the instance (administrator)',
    params: z.strictObject({ invite_id: Id }),
    result: Nothing,
    status: 204,
    caller: 'admin',
    over: 'http',
    mission: 'devchitchat, invites',
    refusals: ['NOT_AN_ADMIN', 'INVITE_INVALID'],
  }),
};

/** The claims of an access token (E31, E32). `typ` is `at+jwt`. */
export const AccessClaims = z.object({
  iss: z.string(),
  sub: Id,
  sid: Id,
  username: z.string(),
  name: z.string(),
  admin: z.boolean().optional(),
  iat: z.int(),
  exp: z.int(),
});
export type AccessClaims = z.infer<typeof AccessClaims>;
