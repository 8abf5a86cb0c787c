import type { Handlers } from '../../commands/handler.ts';
import { listMembers, removeMember } from './members.commands.ts';

export const memberHandlers = {
  'member.list': listMembers,
  'member.remove': removeMember,
} satisfies Partial<Handlers>;
