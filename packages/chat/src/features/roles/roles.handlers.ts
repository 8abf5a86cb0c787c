import type { Handlers } from '../../commands/handler.ts';
import { listRoles, updateRole } from './roles.commands.ts';

export const roleHandlers = {
  'role.list': listRoles,
  'role.update': updateRole,
} satisfies Partial<Handlers>;
