import { z } from 'zod';
import { defineCommand, NoParams } from './command.ts';
import { name, Time, text, WebUrl } from './fields.ts';
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
    is_bot: z.boolean(),
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
});

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
    summary: 'The profile of somebody you share a server or a conversation with',
    params: z.object({ user_id: Id }),
    result: User,
    mission: 'Blueprint, accounts',
    refusals: ['UNKNOWN_USER'],
  }),
};
