import { z } from 'zod';
import { defineCommand } from './command.ts';
import { listOf, name, PermissionString, Time } from './fields.ts';
import { Id } from './ids.ts';

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

export const roleCommands = {
  'role.list': defineCommand({
    method: 'GET',
    path: '/servers/{server_id}/roles',
    summary: 'The roles of a server',
    params: z.object({ server_id: Id }),
    result: listOf(Role),
    mission: 'Blueprint, Servers',
    refusals: ['UNKNOWN_SERVER'],
  }),
  'role.update': defineCommand({
    method: 'PATCH',
    path: '/servers/{server_id}/roles/{role_id}',
    summary: 'Change what a role may do (Manage Roles)',
    params: z.object({
      server_id: Id,
      role_id: Id,
      name: name(100).optional(),
      permissions: PermissionString.optional(),
    }),
    result: Role,
    mission: 'Blueprint, roles',
    refusals: ['UNKNOWN_SERVER', 'UNKNOWN_ROLE', 'MISSING_PERMISSION'],
  }),
};
