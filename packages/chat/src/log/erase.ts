/**
 * Erasure (E25): the one exception to append-only, and only here. It blanks what somebody said, in the stored events
 * and in the rows made from them, and leaves the skeleton: positions, types, ids, times.
 */
import { EVENTS, type EventBody, type EventType, isEventType, type MessageFate } from '@snug/protocol';

/** Which stored events an event erases. */
export type Erasure =
  /** The message's MESSAGE_CREATE and every MESSAGE_UPDATE of it. */
  | { readonly kind: 'message'; readonly channel_id: string; readonly id: string }
  /** Several messages, by channel. */
  | { readonly kind: 'messages'; readonly channels: Readonly<Record<string, readonly string[]>> }
  /** What a person was called and said of themselves, wherever it was recorded; how much of it, `messages` says. */
  | { readonly kind: 'person'; readonly user_id: string; readonly messages: MessageFate };

export function erasureOf(type: EventType, body: unknown): Erasure | null {
  if (type === 'MESSAGE_DELETE') {
    const { channel_id, id } = body as EventBody<'MESSAGE_DELETE'>;
    return { kind: 'message', channel_id, id };
  }
  if (type === 'MESSAGE_DELETE_BULK') {
    const { channel_id, ids } = body as EventBody<'MESSAGE_DELETE_BULK'>;
    return { kind: 'messages', channels: { [channel_id]: ids } };
  }
  if (type === 'USER_DELETE') {
    const { id, messages } = body as EventBody<'USER_DELETE'>;
    return { kind: 'person', user_id: id, messages };
  }
  if (type === 'PURGE') return { kind: 'messages', channels: (body as EventBody<'PURGE'>).channels };
  return null;
}

/** The erasable fields of a type. */
export function erasableOf(type: string): readonly string[] {
  return isEventType(type) ? EVENTS[type].erasable : [];
}

/** A stored body with these fields blank; null when there was nothing to blank. */
export function blank(type: string, json: string, fields: readonly string[] = erasableOf(type)): string | null {
  if (fields.length === 0) return null;
  const body = JSON.parse(json) as Record<string, unknown>;
  for (const field of fields) {
    if (field === 'nonce') delete body[field];
    else blankField(body, field.split('.'));
  }
  return JSON.stringify(body);
}

function blankField(body: Record<string, unknown>, [name, ...rest]: readonly string[]): void {
  if (name === undefined || !Object.hasOwn(body, name)) return;
  const value = body[name];
  if (rest.length > 0) {
    if (typeof value === 'object' && value !== null) blankField(value as Record<string, unknown>, rest);
  } else {
    body[name] = Array.isArray(value) ? [] : '';
  }
}
