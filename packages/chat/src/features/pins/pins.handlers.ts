import type { Handlers } from '../../commands/handler.ts';

export const pinHandlers = {} satisfies Partial<Handlers>;
