import { z } from 'zod';
import { defineCommand, Nothing } from './command.ts';
import { count, listOf, Nonce, name, PermissionString, Reason, Time } from './fields.ts';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

/** Blueprint "Role & Permissions". The @everyone role carries the id of its server. */
export const Role = z
  .object({
    id: Id,
    server_id: Id,
    name: z.string(),
    color: z.int(),
    position: z.int(),
    permissions: PermissionString,
    is_default: z.boolean(),
    is_mentionable: z.boolean(),
    created_at: Time,
  })
  .meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** 24-bit RGB; 0 is no colour. */
const Color = count(0, 0xffffff);
const OneRole = { server_id: Id, role_id: Id };

export const roleCommands = {
  'role.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/roles',
    summary: 'The roles of a server, highest first',
    params: z.object({ server_id: Id }),
    result: listOf(Role),
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'role.create': defineCommand({
    method: 'POST',
    path: '/servers/{server_id}/roles',
    summary: 'Create a role, just above @everyone (Manage Roles)',
    params: z.object({
      server_id: Id,
      name: name(LIMITS.ROLE_NAME_MAX),
      color: Color.optional(),
      permissions: PermissionString.optional().meta({ description: 'Only bits you hold; default 0' }),
      is_mentionable: z.boolean().optional(),
      nonce: Nonce.optional(),
    }),
    result: Role,
    status: 201,
    nonce: true,
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER', 'MISSING_PERMISSION', 'OUTRANKED', 'LIMIT_REACHED', 'NONCE_REUSED'],
  }),
  'role.update': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/roles/{role_id}',
    summary: 'Change a role below your own highest (Manage Roles)',
    params: z.object({
      ...OneRole,
      name: name(LIMITS.ROLE_NAME_MAX).optional(),
      color: Color.optional(),
      permissions: PermissionString.optional(),
      is_mentionable: z.boolean().optional(),
      reason: Reason.optional(),
    }),
    result: Role,
    mission: 'Blueprint, roles',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_ROLE', 'MISSING_PERMISSION', 'OUTRANKED'],
  }),
  'role.reorder': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/roles',
    summary: 'Put the roles into this order, highest first; @everyone is left out (Manage Roles)',
    params: z.object({ server_id: Id, role_ids: z.array(Id).min(1).max(LIMITS.ROLES_PER_SERVER) }),
    result: listOf(Role),
    mission: 'Blueprint, roles',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_ROLE', 'MISSING_PERMISSION', 'OUTRANKED', 'DEFAULT_ROLE', 'CONFLICT'],
  }),
  'role.delete': defineCommand({
    method: 'DELETE',
    path: '/servers/{server_id}/roles/{role_id}',
    summary: 'Delete a role below your own highest (Manage Roles)',
    params: z.object({ ...OneRole, reason: Reason.optional() }),
    result: Nothing,
    status: 204,
    mission: 'Blueprint, roles',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_ROLE', 'MISSING_PERMISSION', 'OUTRANKED', 'DEFAULT_ROLE'],
  }),
};
