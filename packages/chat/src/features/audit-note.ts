import type { Id } from '@snug/protocol';
import { type NewEvent, serverScope } from '../log/envelope.ts';

/** An act and why it was done: the note stands directly before it, where the audit log finds it. */
export function withReason(serverId: Id, reason: string | undefined, act: NewEvent): NewEvent[] {
  const given = reason?.trim() ?? '';
  if (given === '') return [act];
  const body = { server_id: serverId, reason: given };
  return [{ type: 'AUDIT_NOTE', scope: serverScope(serverId), subject: serverId, body }, act];
}
