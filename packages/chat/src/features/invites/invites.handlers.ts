import type { Handlers } from '../../commands/handler.ts';
import { acceptInvite, createInvite, deleteInvite, getInvite, joinServer, listInvites } from './invites.commands.ts';

export const inviteHandlers = {
  'member.join': joinServer,
  'invite.create': createInvite,
  'invite.list': listInvites,
  'invite.get': getInvite,
  'invite.accept': acceptInvite,
  'invite.delete': deleteInvite,
} satisfies Partial<Handlers>;
