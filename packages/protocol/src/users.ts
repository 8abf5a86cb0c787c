import { z } from 'zod';
import { defineCommand, NoParams } from './command.ts';
import { GivenTime, Limit, listOf, name, Time, text, WebUrl } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Blueprint "Presence & Typing". */
export const Status = z.enum(['online', 'idle', 'dnd', 'invisible', 'offline']).meta({ id: 'Status' });
export type Status = z.infer<typeof Status>;

export const USERNAME_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** The handle: unique without case, never empty, no spaces. Sign-in and mentions use it. */
export const Username = z
  .string()
  .min(LIMITS.USERNAME_MIN)
  .max(LIMITS.USERNAME_MAX)
  .regex(USERNAME_PATTERN, 'letters, digits, dots, dashes and underscores only')
  .meta({ id: 'Username' });

/** Folds a name for comparison: one form per name, whatever its case or composition (E11). */
export function usernameKey(username: string): string {
  return username.normalize('NFKC').toLowerCase();
}

/** Blueprint "User & Member". Imported authors have a display name and an origin, and no username (E24). */
export const User = z
  .object({
    id: Id,
    username: z.string(),
    discriminator: z.string().meta({ description: '"0" unless the names of two issuers collide (E31)' }),
    display_name: z.string(),
    avatar_url: z.string(),
    bio: z.string(),
    status: Status,
    custom_status: z.string(),
    custom_status_expires_at: Time.nullable().optional(),
    is_bot: z.boolean(),
    is_deleted: z
      .boolean()
      .optional()
      .meta({ description: 'The account is gone; what is left of the name stands here' }),
    origin: z.string().optional().meta({ description: 'Where an imported author comes from, such as "irc"' }),
    created_at: Time,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof User>;

export const ProfilePatch = z.strictObject({
  display_name: name(LIMITS.DISPLAY_NAME_MAX).optional(),
  avatar_url: WebUrl.optional(),
  bio: text(LIMITS.BIO_MAX).optional(),
  custom_status: text(LIMITS.CUSTOM_STATUS_MAX).optional(),
  custom_status_expires_at: GivenTime.nullable().optional().meta({ description: 'It empties itself then' }),
});

/** An id, or a username: where a route takes either, an id is tried first. */
export const UserRef = z
  .string()
  .min(1)
  .max(LIMITS.USERNAME_MAX)
  .meta({ id: 'UserRef', description: 'An id or a username' });

/** Who may do something to somebody. */
export const WhoMay = z.enum(['everyone', 'servers', 'friends', 'nobody']).meta({ id: 'WhoMay' });
export type WhoMay = z.infer<typeof WhoMay>;

/** What one decides for oneself (Blueprint "Privacy settings"). Facts in the log; others never see them. */
export const UserSettings = z
  .object({
    dm_from: WhoMay.meta({
      description: 'Who may start a DM: `servers` are people of a shared server; friends always may',
    }),
    add_from: WhoMay.meta({ description: 'Who may ask to be a friend, or add to a group' }),
    public_profile: z.boolean().meta({ description: 'The profile page is shown to those who are not signed in' }),
    is_findable: z.boolean().meta({ description: 'Found by strangers in the user search' }),
    sends_receipts: z.boolean().meta({ description: 'Others see how far one has read in DMs and groups' }),
    dnd_until: Time.nullable().meta({ description: 'Do not disturb until then' }),
  })
  .meta({ id: 'UserSettings' });
export type UserSettings = z.infer<typeof UserSettings>;

export const DEFAULT_SETTINGS: UserSettings = {
  dm_from: 'servers',
  add_from: 'everyone',
  public_profile: false,
  is_findable: true,
  sends_receipts: true,
  dnd_until: null,
};

export const userCommands = {
  'user.me': defineCommand({
    method: 'GET',
    path: '/users/@me',
    summary: 'Your own profile',
    params: NoParams,
    result: User,
    mission: 'Blueprint, accounts',
  }),
  'user.update': defineCommand({
    method: 'PATCH',
    path: '/users/@me',
    summary: 'Change your profile',
    params: ProfilePatch,
    result: User,
    mission: 'Blueprint, accounts',
  }),
  'user.get': defineCommand({
    method: 'GET',
    path: '/users/{user_id}',
    summary:
      'A profile, by id or username: of those you share a place with, of those who can be found, and, signed out, of those who allow it',
    params: z.object({ user_id: UserRef }),
    result: User,
    caller: 'anyone',
    mission: 'Blueprint, accounts; design_plan, public profile page',
    refusals: ['UNKNOWN_USER'],
  }),
  'user.search': defineCommand({
    method: 'GET',
    path: '/users/search',
    summary: 'People by the start of their username or display name',
    params: z.object({ q: text(LIMITS.DISPLAY_NAME_MAX, LIMITS.SEARCH_MIN), after: Id.optional(), limit: Limit }),
    result: listOf(User),
    mission: 'design_plan, user search',
  }),
  'settings.get': defineCommand({
    method: 'GET',
    path: '/users/@me/settings',
    summary: 'Your privacy and quiet hours',
    params: NoParams,
    result: UserSettings,
    mission: 'Blueprint, Privacy settings',
  }),
  'settings.update': defineCommand({
    method: 'PATCH',
    path: '/users/@me/settings',
    summary: 'Change your privacy and quiet hours',
    params: UserSettings.extend({ dnd_until: GivenTime.nullable() }).partial(),
    result: UserSettings,
    mission: 'Blueprint, Privacy settings',
  }),
};
