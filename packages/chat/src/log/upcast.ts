/** Stored bodies are never rewritten when a schema changes: they are brought up to date as they are read (E1). */
import { EVENTS, type EventType, isEventType } from '@snug/protocol';
import type { LogEvent } from './envelope.ts';
import type { StoredEvent } from './log.ts';

type Upcaster = (body: Record<string, unknown>) => Record<string, unknown>;

/** Per type, the step from version n to n + 1 at index n - 1. */
const UPCASTERS: { readonly [T in EventType]?: readonly Upcaster[] } = {
  SERVER_CREATE: [(body) => ({ ...body, system_channel_id: null })],
  CHANNEL_CREATE: [
    (body) => ({
      ...body,
      is_nsfw: false,
      is_archived: false,
      ...(body.server_id === undefined ? {} : { category_id: null, permission_overrides: [] }),
    }),
  ],
  // It named a range; what is left of it is purged again.
  PURGE: [({ count }) => ({ channels: {}, count })],
  MEMBER_ADD: [(body) => ({ ...body, timed_out_until: null })],
};

/** A stored event as one of today's. Null for a type this version does not know: a newer one wrote it. */
export function upcast(stored: StoredEvent): LogEvent | null {
  if (!isEventType(stored.type)) return null;
  const current = EVENTS[stored.type].v;
  let json = stored.body;
  let body = JSON.parse(json) as Record<string, unknown>;
  if (stored.v < current) {
    for (let v = stored.v; v < current; v++) body = (UPCASTERS[stored.type]?.[v - 1] ?? missing(stored.type, v))(body);
    json = JSON.stringify(body);
  }
  return { ...stored, v: current, body, json } as unknown as LogEvent;
}

function missing(type: string, v: number): never {
  throw new Error(`no upcaster for ${type} from version ${v}`);
}
