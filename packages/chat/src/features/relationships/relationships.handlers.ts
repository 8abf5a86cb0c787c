import type { Handlers } from '../../commands/handler.ts';

export const relationshipHandlers = {} satisfies Partial<Handlers>;
