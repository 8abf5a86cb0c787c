import type { Handlers } from '../../commands/handler.ts';

export const threadHandlers = {} satisfies Partial<Handlers>;
