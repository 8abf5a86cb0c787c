/** BarTAB's long poll: answers what happened since a position, waiting for something to happen if nothing did. */
import { ALL_INTENTS, LIMITS, Refusal } from '@snug/protocol';
import type { Actor } from '../commands/handler.ts';
import type { Frame } from './frames.ts';
import type { Reader, ResetReason, Sink } from './reader.ts';
import type { Arrival, Sessions } from './sessions.ts';
import type { Snapshot } from './snapshot.ts';

/** Events of one answer. A group is never split: the answer is made between turns (E3). */
const MAX_EVENTS = 1000;
/** Enough for everybody near somebody who comes back. */
const MAX_EPHEMERAL = 1000;
const DEFAULT_TIMEOUT = 30_000;
/** Somebody who polls stays present between two polls. */
const LINGER_MS = 30_000;

class SyncSink implements Sink {
  readonly transport = 'sync';
  readonly capacity = Number.POSITIVE_INFINITY;
  readonly events: string[] = [];
  readonly ephemeral: string[] = [];
  resetBy: ResetReason | null = null;
  closedBy: string | null = null;
  #wake: (() => void) | null = null;

  write(frame: Frame): void {
    if (!frame.isEphemeral) this.events.push(frame.sync);
    else if (this.ephemeral.length < MAX_EPHEMERAL) this.ephemeral.push(frame.sync);
    this.#wakeSoon();
  }

  reset(reason: ResetReason): void {
    this.resetBy = reason;
    this.#wakeSoon();
  }

  close(_code: number, reason: string): void {
    this.closedBy = reason;
    this.#wakeSoon();
  }

  /** An answer that is full is given; the rest is for the next poll. */
  get isFilling(): boolean {
    return this.events.length >= MAX_EVENTS;
  }

  /** Until something is there, or `ms` passed, or the client went away. */
  wait(ms: number, gone: AbortSignal): Promise<void> {
    if (this.events.length + this.ephemeral.length > 0 || this.resetBy !== null || this.closedBy !== null)
      return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        gone.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      gone.addEventListener('abort', done, { once: true });
      this.#wake = done;
    });
  }

  /** The rest of the turn belongs to the same answer. */
  #wakeSoon(): void {
    const wake = this.#wake;
    this.#wake = null;
    if (wake !== null) setImmediate(wake);
  }
}

export interface SyncRequest {
  readonly since: number | undefined;
  /** ms */
  readonly timeout: number | undefined;
  readonly arrival: Partial<Arrival>;
  readonly gone: AbortSignal;
}

export class Sync {
  readonly #sessions: Sessions;
  readonly #lingering = new Map<string, { reader: Reader; timer: NodeJS.Timeout }>();
  /** Polls that wait now, for `/metrics`. */
  waiting = 0;
  #isDraining = false;
  readonly #open = new Set<SyncSink>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  async poll(actor: Actor, { since, timeout, arrival, gone }: SyncRequest): Promise<string> {
    if (this.#isDraining) throw new Refusal('SHUTTING_DOWN', { retry_after: 1 });
    const sink = new SyncSink();
    const arriving = { intents: ALL_INTENTS, device: 'web' as const, ...arrival };
    if (since === undefined) return this.#snapshot(actor, sink, arriving, null);
    const outcome = await this.#sessions.resume(actor, sink, arriving, since, async () => !sink.isFilling);
    if (typeof outcome === 'string') return this.#snapshot(actor, sink, arriving, outcome);
    this.#replaceLingering(actor);
    await this.#wait(sink, Math.min(timeout ?? DEFAULT_TIMEOUT, LIMITS.SYNC_TIMEOUT_MAX), gone);
    const next = this.#sessions.advance(outcome);
    this.#release(actor, outcome);
    if (sink.closedBy === 'SESSION_REVOKED' || sink.closedBy === 'ACCOUNT_SUSPENDED') throw new Refusal(sink.closedBy);
    if (sink.resetBy !== null) return this.#snapshot(actor, sink, arriving, sink.resetBy);
    return `{"next":${next},"events":[${sink.events.join()}],"ephemeral":[${sink.ephemeral.join()}]}`;
  }

  /** Everyone who waits is answered now. */
  drain(): void {
    this.#isDraining = true;
    for (const sink of this.#open) sink.close(0, 'SHUTTING_DOWN');
  }

  close(): void {
    for (const { reader, timer } of this.#lingering.values()) {
      clearTimeout(timer);
      this.#sessions.end(reader);
    }
    this.#lingering.clear();
  }

  async #wait(sink: SyncSink, ms: number, gone: AbortSignal): Promise<void> {
    this.waiting += 1;
    this.#open.add(sink);
    await sink.wait(ms, gone);
    this.#open.delete(sink);
    this.waiting -= 1;
  }

  async #snapshot(actor: Actor, sink: SyncSink, arrival: Arrival, reset: ResetReason | null): Promise<string> {
    let answer = '';
    const begin = ({ position, json }: Snapshot): void => {
      const why = reset === null ? '' : `,"reset":"${reset}"`;
      answer = `{"next":${position},"events":[],"ephemeral":[],"snapshot":${json}${why}}`;
    };
    const reader = await this.#sessions.start(actor, sink, arrival, actor.claims.sid, begin, async () => true);
    this.#release(actor, reader);
    return answer;
  }

  /** The poll that is there now says how somebody is, not the one before. */
  #replaceLingering({ claims }: Actor): void {
    const before = this.#lingering.get(claims.sid);
    if (before === undefined) return;
    this.#lingering.delete(claims.sid);
    clearTimeout(before.timer);
    this.#sessions.end(before.reader);
  }

  /** The poll is over: no more events, but present for a while yet. */
  #release(actor: Actor, reader: Reader): void {
    this.#sessions.pause(reader);
    const key = actor.claims.sid;
    this.#replaceLingering(actor);
    const timer = setTimeout(() => {
      this.#lingering.delete(key);
      this.#sessions.end(reader);
    }, LINGER_MS).unref();
    this.#lingering.set(key, { reader, timer });
  }
}
