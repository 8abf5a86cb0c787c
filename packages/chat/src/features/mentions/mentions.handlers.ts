import type { Handlers } from '../../commands/handler.ts';
import { listMentions } from './list-mentions.ts';

export const mentionHandlers = { 'mention.list': listMentions } satisfies Partial<Handlers>;
