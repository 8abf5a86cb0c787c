import type { Handlers } from '../../commands/handler.ts';

export const notificationHandlers = {} satisfies Partial<Handlers>;
