import type { Handlers } from '../../commands/handler.ts';
import { createGroup } from './create-group.ts';
import { discoverGroups } from './discover-groups.ts';
import { listDms, openDm } from './dms.commands.ts';
import { banRecipient, listGroupBans, unbanRecipient } from './group-bans.ts';
import { createGroupInvite, listGroupInvites } from './group-links.ts';
import { addRecipient, joinGroup, listRecipients, removeRecipient } from './group-people.ts';
import { setGroupRole } from './group-roles.ts';
import { listConversations } from './list-conversations.ts';

export const conversationHandlers = {
  'dm.list': listDms,
  'dm.open': openDm,
  'conversation.list': listConversations,
  'group.create': createGroup,
  'group.discover': discoverGroups,
  'group.join': joinGroup,
  'group.recipients': listRecipients,
  'group.add': addRecipient,
  'group.set_role': setGroupRole,
  'group.remove': removeRecipient,
  'group.ban': banRecipient,
  'group.unban': unbanRecipient,
  'group.bans': listGroupBans,
  'group.create_invite': createGroupInvite,
  'group.invites': listGroupInvites,
} satisfies Partial<Handlers>;
