import type { Handlers } from '../../commands/handler.ts';
import { listDms, openDm } from './dms.commands.ts';

export const conversationHandlers = {
  'dm.list': listDms,
  'dm.open': openDm,
} satisfies Partial<Handlers>;
