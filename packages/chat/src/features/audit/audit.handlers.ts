import type { Handlers } from '../../commands/handler.ts';
import { listAudit } from './list-audit.ts';

export const auditHandlers = {
  'audit.list': listAudit,
} satisfies Partial<Handlers>;
