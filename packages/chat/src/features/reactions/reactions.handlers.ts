import type { Handlers } from '../../commands/handler.ts';

export const reactionHandlers = {} satisfies Partial<Handlers>;
