import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { PermissionString, Reason } from './fields.ts';
import { Id } from './ids.ts';

/** What a channel or a category changes for one role or one member (Blueprint, "Permission overrides per channel"). */
export const PermissionOverride = z
  .object({
    target_type: z.enum(['role', 'member']),
    target_id: Id.meta({ description: "A role's id (the server's own for @everyone), or a user's" }),
    allow: PermissionString,
    deny: PermissionString,
  })
  .meta({ id: 'PermissionOverride' });
export type PermissionOverride = z.infer<typeof PermissionOverride>;

const GivenOverride = {
  target_id: Id,
  target_type: z.enum(['role', 'member']),
  allow: PermissionString.optional().meta({ description: 'Bits given; default 0' }),
  deny: PermissionString.optional().meta({ description: 'Bits taken; default 0' }),
  reason: Reason.optional(),
};
const REFUSALS = ['MISSING_PERMISSION', 'OUTRANKED', 'UNKNOWN_ROLE', 'UNKNOWN_MEMBER', 'LIMIT_REACHED'] as const;

export const overrideCommands = {
  'override.set': defineCommand({
    method: 'PUT',
    path: '/channels/{channel_id}/permissions/{target_id}',
    summary: 'Change what a role or a member may do in a channel (Manage Roles; only bits you hold there)',
    params: z.object({ channel_id: Id, ...GivenOverride }),
    result: PermissionOverride,
    mission: 'Blueprint, channels',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE', ...REFUSALS],
  }),
  'override.delete': defineCommand({
    method: 'DELETE',
    path: '/channels/{channel_id}/permissions/{target_id}',
    summary: 'Remove an override from a channel (Manage Roles)',
    params: z.object({ channel_id: Id, target_id: Id, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, channels',
    refusals: ['UNKNOWN_CHANNEL', 'WRONG_CHANNEL_TYPE', 'UNKNOWN_OVERRIDE', ...REFUSALS],
  }),
  'category.set_override': defineCommand({
    method: 'PUT',
    path: '/categories/{category_id}/permissions/{target_id}',
    summary: 'Change what a role or a member may do in all channels of a category (Manage Roles)',
    params: z.object({ category_id: Id, ...GivenOverride }),
    result: PermissionOverride,
    mission: 'Blueprint, channels',
    refusals: ['UNKNOWN_CATEGORY', ...REFUSALS],
  }),
  'category.delete_override': defineCommand({
    method: 'DELETE',
    path: '/categories/{category_id}/permissions/{target_id}',
    summary: 'Remove an override from a category (Manage Roles)',
    params: z.object({ category_id: Id, target_id: Id, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, channels',
    refusals: ['UNKNOWN_CATEGORY', 'UNKNOWN_OVERRIDE', ...REFUSALS],
  }),
};
