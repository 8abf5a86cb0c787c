import type { Handlers } from '../../commands/handler.ts';
import { getRead } from './get-read.ts';
import { markAllRead } from './mark-all-read.ts';
import { ackAll, ackMessage, markUnread } from './reads.commands.ts';

export const readHandlers = {
  'read.get': getRead,
  'read.ack': ackMessage,
  'read.mark_unread': markUnread,
  'read.ack_all': ackAll,
  'read.mark_all': markAllRead,
} satisfies Partial<Handlers>;
