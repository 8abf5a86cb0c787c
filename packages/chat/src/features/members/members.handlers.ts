import type { Handlers } from '../../commands/handler.ts';
import { createBan, deleteBan, listBans } from './bans.commands.ts';
import { getMember, listMembers } from './list-members.ts';
import { removeMember } from './remove-member.ts';
import { addRole, removeRole, updateMember } from './update-member.ts';

export const memberHandlers = {
  'member.list': listMembers,
  'member.get': getMember,
  'member.update': updateMember,
  'member.add_role': addRole,
  'member.remove_role': removeRole,
  'member.remove': removeMember,
  'ban.list': listBans,
  'ban.create': createBan,
  'ban.delete': deleteBan,
} satisfies Partial<Handlers>;
