/**
 * Stored events as frames, for the many who come back to the same stretch of the log after an outage: each is read and
 * encoded once for all of them (E27). Only a cache: bounded, and emptied whenever something is erased, so that no words
 * outlive their erasure in it (E25).
 */
import { EVENTS, isEventType } from '@snug/protocol';
import type { Scope } from '../log/envelope.ts';
import type { LogReader, StoredEvent } from '../log/log.ts';
import { upcast } from '../log/upcast.ts';
import { Frame } from './frames.ts';

export interface Replayed {
  readonly position: number;
  readonly type: string;
  readonly scope: Scope;
  readonly origin: string | null;
  /** Null for a type this version does not know: a newer one wrote it. */
  readonly frame: Frame | null;
}

/** Characters of bodies. */
const CAPACITY = 4 * 1024 * 1024;

export class ReplayCache {
  readonly #log: LogReader;
  readonly #entries = new Map<number, Replayed>();
  #size = 0;
  /** Grows with every erasure: what was read before it must not be kept after it. */
  #generation = 0;

  constructor(log: LogReader) {
    this.#log = log;
  }

  /** The events at these positions, rising. */
  async events(positions: readonly number[]): Promise<Replayed[]> {
    const missing = positions.filter((position) => !this.#entries.has(position));
    if (missing.length === 0) return positions.map((position) => this.#entries.get(position) as Replayed);
    const known = new Map(positions.map((position) => [position, this.#entries.get(position)]));
    const generation = this.#generation;
    for (const stored of await this.#log.events(missing)) known.set(stored.position, replayed(stored));
    const events = positions.flatMap((position) => known.get(position) ?? []);
    if (generation === this.#generation) for (const event of events) this.#keep(event);
    return events;
  }

  clear(): void {
    this.#generation += 1;
    this.#entries.clear();
    this.#size = 0;
  }

  #keep(event: Replayed): void {
    if (this.#entries.has(event.position)) return;
    this.#entries.set(event.position, event);
    this.#size += event.frame?.json.length ?? 0;
    for (const [position, oldest] of this.#entries) {
      if (this.#size <= CAPACITY) return;
      this.#entries.delete(position);
      this.#size -= oldest.frame?.json.length ?? 0;
    }
  }
}

function replayed(stored: StoredEvent): Replayed {
  const { position, type, scope, origin } = stored;
  return { position, type, scope: scope as Scope, origin, frame: frameOf(stored) };
}

function frameOf(stored: StoredEvent): Frame | null {
  if (!isEventType(stored.type)) return null;
  const isCurrent = stored.v === EVENTS[stored.type].v;
  const json = isCurrent ? stored.body : (upcast(stored)?.json ?? stored.body);
  return Frame.ofEvent(stored.type, stored.position, json);
}
