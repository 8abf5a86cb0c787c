/**
 * A batch on its way to the writer thread, as one flat array of primitives: structured cloning of nested arrays and
 * objects costs several times as much, for every send.
 */
import { EVENTS, type EventType } from '@snug/protocol';
import type { Guard, Scope } from '../envelope.ts';
import type { Append } from '../log.ts';

export interface WireEvent {
  readonly scope: Scope;
  readonly type: EventType;
  readonly v: number;
  readonly subject: string;
  /** The body as JSON. */
  readonly json: string;
}

export interface WireAppend {
  readonly actor: string;
  readonly at: number;
  readonly trace: string;
  readonly nonce: string | null;
  readonly nonceAt: number;
  readonly origin: 'import' | null;
  readonly guards: readonly Guard[];
  readonly events: readonly WireEvent[];
}

type Primitive = string | number | null;

const NO_GUARDS: readonly Guard[] = [];

export function encodeAppend(
  into: Primitive[],
  append: Append,
  bodies: readonly string[],
  guards: readonly Guard[],
): void {
  const { actor, at, trace, nonce = null, nonceAt = 0, origin = null, events } = append;
  into.push(
    actor,
    at,
    trace,
    nonce,
    nonceAt,
    origin,
    guards.length === 0 ? null : JSON.stringify(guards),
    events.length,
  );
  for (const [index, { scope, type, subject }] of events.entries()) {
    into.push(scope, type, EVENTS[type].v, subject, bodies[index] as string);
  }
}

export function decodeAppends(flat: readonly Primitive[]): WireAppend[] {
  const appends: WireAppend[] = [];
  let at = 0;
  const next = (): Primitive => flat[at++] as Primitive;
  while (at < flat.length) {
    const [actor, time, trace, nonce, nonceAt] = [next(), next(), next(), next(), next()];
    const [origin, guards, count] = [next(), next(), next()];
    const events: WireEvent[] = [];
    for (let index = 0; index < (count as number); index++) {
      events.push({
        scope: next() as Scope,
        type: next() as EventType,
        v: next() as number,
        subject: next() as string,
        json: next() as string,
      });
    }
    appends.push({
      actor: actor as string,
      at: time as number,
      trace: trace as string,
      nonce: nonce as string | null,
      nonceAt: nonceAt as number,
      origin: origin as 'import' | null,
      guards: guards === null ? NO_GUARDS : (JSON.parse(guards as string) as Guard[]),
      events,
    });
  }
  return appends;
}
