import type { Handlers } from '../../commands/handler.ts';
import { ackAll, ackMessage, markUnread } from './reads.commands.ts';

export const readHandlers = {
  'read.ack': ackMessage,
  'read.mark_unread': markUnread,
  'read.ack_all': ackAll,
} satisfies Partial<Handlers>;
