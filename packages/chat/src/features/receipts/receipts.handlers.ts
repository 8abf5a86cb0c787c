import type { Handlers } from '../../commands/handler.ts';

export const receiptHandlers = {} satisfies Partial<Handlers>;
