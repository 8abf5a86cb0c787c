import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { listOf, Nonce, name, Reason, Time } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';
import { PermissionOverride } from './overrides.ts';

/** Blueprint "Category". Its overrides lie below those of its channels; every member sees its name. */
export const Category = z
  .object({
    id: Id,
    server_id: Id,
    name: z.string(),
    position: z.int(),
    permission_overrides: z.array(PermissionOverride),
    created_at: Time,
  })
  .meta({ id: 'Category' });
export type Category = z.infer<typeof Category>;

export const categoryCommands = {
  'category.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/categories',
    summary: 'The categories of a server',
    params: z.object({ server_id: Id }),
    result: listOf(Category),
    mission: 'Blueprint, Category',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'category.create': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/categories',
    summary: 'Create a category, below the others (Manage Channels)',
    params: z.object({ server_id: Id, name: name(LIMITS.CATEGORY_NAME_MAX), nonce: Nonce.optional() }),
    result: Category,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Category',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'category.update': defineCommand({
    method: 'PATCH',
    path: '/categories/{category_id}',
    summary: 'Rename a category (Manage Channels)',
    params: z.object({ category_id: Id, name: name(LIMITS.CATEGORY_NAME_MAX).optional(), reason: Reason.optional() }),
    result: Category,
    mission: 'Blueprint, Category',
    refusals: ['UNKNOWN_CATEGORY', 'MISSING_PERMISSION'],
  }),
  'category.reorder': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/categories',
    summary: 'Put the categories into this order (Manage Channels)',
    params: z.object({ server_id: Id, category_ids: z.array(Id).min(1).max(LIMITS.CATEGORIES_PER_SERVER) }),
    result: listOf(Category),
    mission: 'Blueprint, Category',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_CATEGORY', 'MISSING_PERMISSION', 'CONFLICT'],
  }),
  'category.delete': defineCommand({
    method: 'DELETE',
    path: '/categories/{category_id}',
    summary: 'Delete a category; its channels stay, without one (Manage Channels)',
    params: z.object({ category_id: Id, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, Category',
    refusals: ['UNKNOWN_CATEGORY', 'MISSING_PERMISSION'],
  }),
};
