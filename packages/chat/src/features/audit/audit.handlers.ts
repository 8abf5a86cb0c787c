import type { Handlers } from '../../commands/handler.ts';

export const auditHandlers = {} satisfies Partial<Handlers>;
