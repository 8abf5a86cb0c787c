/**
 * Erasure (E25): the one exception to append-only, and only here. It blanks what somebody said, in the stored events
 * and in the rows made from them, and leaves the skeleton: positions, types, ids, times.
 */
import { EVENTS, type EventBody, type EventType, isEventType } from '@snug/protocol';
import type { Scope } from './envelope.ts';

/** Which stored events an event erases. */
export type Erasure =
  /** The message's MESSAGE_CREATE and every MESSAGE_UPDATE of it. */
  | { readonly kind: 'message'; readonly channel_id: string; readonly id: string }
  /** Everything said in a channel within (after, upTo]. */
  | { readonly kind: 'range'; readonly scope: Scope; readonly after: number; readonly upTo: number };

export function erasureOf(type: EventType, scope: Scope, body: unknown): Erasure | null {
  if (type === 'MESSAGE_DELETE') {
    const { channel_id, id } = body as EventBody<'MESSAGE_DELETE'>;
    return { kind: 'message', channel_id, id };
  }
  if (type === 'PURGE') {
    const { after, up_to } = body as EventBody<'PURGE'>;
    return { kind: 'range', scope, after, upTo: up_to };
  }
  return null;
}

/** A stored body with its erasable fields blank; null when there was nothing to blank. */
export function blank(type: string, json: string): string | null {
  const fields = isEventType(type) ? EVENTS[type].erasable : [];
  if (fields.length === 0) return null;
  const body = JSON.parse(json) as Record<string, unknown>;
  for (const field of fields) {
    if (field === 'nonce') delete body[field];
    else if (Object.hasOwn(body, field)) body[field] = Array.isArray(body[field]) ? [] : '';
  }
  return JSON.stringify(body);
}
