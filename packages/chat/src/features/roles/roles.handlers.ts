import type { Handlers } from '../../commands/handler.ts';
import { createRole, deleteRole, listRoles, reorderRoles, updateRole } from './roles.commands.ts';

export const roleHandlers = {
  'role.list': listRoles,
  'role.create': createRole,
  'role.update': updateRole,
  'role.reorder': reorderRoles,
  'role.delete': deleteRole,
} satisfies Partial<Handlers>;
