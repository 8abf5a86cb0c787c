/** Every command of chat and who answers it, a noun a line; the verbs stand with their noun. */
import { auditHandlers } from '../features/audit/audit.handlers.ts';
import { categoryHandlers } from '../features/categories/categories.handlers.ts';
import { channelHandlers } from '../features/channels/channels.handlers.ts';
import { conversationHandlers } from '../features/conversations/conversations.handlers.ts';
import { inviteHandlers } from '../features/invites/invites.handlers.ts';
import { memberHandlers } from '../features/members/members.handlers.ts';
import { mentionHandlers } from '../features/mentions/mentions.handlers.ts';
import { messageHandlers } from '../features/messages/messages.handlers.ts';
import { notificationHandlers } from '../features/notifications/notifications.handlers.ts';
import { pinHandlers } from '../features/pins/pins.handlers.ts';
import { reactionHandlers } from '../features/reactions/reactions.handlers.ts';
import { readHandlers } from '../features/reads/reads.handlers.ts';
import { receiptHandlers } from '../features/receipts/receipts.handlers.ts';
import { relationshipHandlers } from '../features/relationships/relationships.handlers.ts';
import { reportHandlers } from '../features/reports/reports.handlers.ts';
import { roleHandlers } from '../features/roles/roles.handlers.ts';
import { serverHandlers } from '../features/servers/servers.handlers.ts';
import { threadHandlers } from '../features/threads/threads.handlers.ts';
import { userHandlers } from '../features/users/users.handlers.ts';
import type { Handlers } from './handler.ts';
import { renewSession } from './renew-session.ts';

export const HANDLERS: Handlers = {
  ...userHandlers,
  ...relationshipHandlers,
  ...reportHandlers,
  ...notificationHandlers,
  ...serverHandlers,
  ...roleHandlers,
  ...categoryHandlers,
  ...channelHandlers,
  ...threadHandlers,
  ...conversationHandlers,
  ...memberHandlers,
  ...auditHandlers,
  ...inviteHandlers,
  ...messageHandlers,
  ...reactionHandlers,
  ...pinHandlers,
  ...mentionHandlers,
  ...readHandlers,
  ...receiptHandlers,
  'session.renew': renewSession,
};
