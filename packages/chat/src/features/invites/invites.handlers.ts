import type { Handlers } from '../../commands/handler.ts';
import { createInvite, deleteInvite, getInvite, listInvites } from './invites.commands.ts';
import { acceptInvite, joinServer } from './join-server.ts';

export const inviteHandlers = {
  'member.join': joinServer,
  'invite.create': createInvite,
  'invite.list': listInvites,
  'invite.get': getInvite,
  'invite.accept': acceptInvite,
  'invite.delete': deleteInvite,
} satisfies Partial<Handlers>;
