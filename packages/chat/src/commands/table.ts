/** Every command of chat and who answers it: the product's verbs on one screen. */
import {
  createChannel,
  deleteChannel,
  getChannel,
  listChannels,
  updateChannel,
} from '../features/channels/channels.commands.ts';
import { listDms, openDm } from '../features/dms/dms.commands.ts';
import {
  acceptInvite,
  createInvite,
  deleteInvite,
  getInvite,
  joinServer,
  listInvites,
} from '../features/invites/invites.commands.ts';
import { listMembers, removeMember } from '../features/members/members.commands.ts';
import { deleteMessage } from '../features/messages/delete-message.ts';
import { editMessage } from '../features/messages/edit-message.ts';
import { getMessage } from '../features/messages/get-message.ts';
import { listMessages } from '../features/messages/list-messages.ts';
import { sendMessage } from '../features/messages/send-message.ts';
import { startTyping } from '../features/messages/start-typing.ts';
import { ackAll, ackMessage, markUnread } from '../features/reads/reads.commands.ts';
import { listRoles, updateRole } from '../features/roles/roles.commands.ts';
import {
  createServer,
  deleteServer,
  getServer,
  listServers,
  updateServer,
} from '../features/servers/servers.commands.ts';
import { getMe, getUser, updateUser } from '../features/users/users.commands.ts';
import type { Handlers } from './handler.ts';
import { renewSession } from './renew-session.ts';

export const HANDLERS: Handlers = {
  'user.me': getMe,
  'user.update': updateUser,
  'user.get': getUser,
  'server.list': listServers,
  'server.create': createServer,
  'server.get': getServer,
  'server.update': updateServer,
  'server.delete': deleteServer,
  'role.list': listRoles,
  'role.update': updateRole,
  'channel.list': listChannels,
  'channel.create': createChannel,
  'channel.get': getChannel,
  'channel.update': updateChannel,
  'channel.delete': deleteChannel,
  'dm.list': listDms,
  'dm.open': openDm,
  'member.list': listMembers,
  'member.join': joinServer,
  'member.remove': removeMember,
  'invite.create': createInvite,
  'invite.list': listInvites,
  'invite.get': getInvite,
  'invite.accept': acceptInvite,
  'invite.delete': deleteInvite,
  'message.list': listMessages,
  'message.send': sendMessage,
  'message.get': getMessage,
  'message.edit': editMessage,
  'message.delete': deleteMessage,
  'typing.start': startTyping,
  'read.ack': ackMessage,
  'read.mark_unread': markUnread,
  'read.ack_all': ackAll,
  'session.renew': renewSession,
};
