import type { Handlers } from '../../commands/handler.ts';

export const mentionHandlers = {} satisfies Partial<Handlers>;
