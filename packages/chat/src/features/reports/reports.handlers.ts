import type { Handlers } from '../../commands/handler.ts';

export const reportHandlers = {} satisfies Partial<Handlers>;
