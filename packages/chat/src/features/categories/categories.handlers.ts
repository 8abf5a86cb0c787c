import type { Handlers } from '../../commands/handler.ts';

export const categoryHandlers = {} satisfies Partial<Handlers>;
