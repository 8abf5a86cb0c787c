/** Server-Sent Events (Fechatter's notification stream): the same frames as text blocks, `id:` as the cursor. */
import type { ServerResponse } from 'node:http';
import { ALL_INTENTS } from '@snug/protocol';
import type { Actor } from '../commands/handler.ts';
import type { Frame } from './frames.ts';
import type { Reader, ResetReason, Sink } from './reader.ts';
import type { Arrival, Sessions } from './sessions.ts';
import type { Snapshot } from './snapshot.ts';

/** A quiet stream still moves the cursor, and proxies see that it lives (E7). */
const CURSOR_MS = 30_000;
const DRAIN_MS = 10_000;

export class SseStream implements Sink {
  readonly transport = 'sse';
  readonly #response: ServerResponse;
  readonly #sessions: Sessions;
  readonly #limit: number;
  readonly #actor: Actor;
  readonly #arrival: Arrival;
  #reader: Reader | null = null;
  #isClosed = false;
  #isCorked = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(response: ServerResponse, sessions: Sessions, actor: Actor, arrival: Partial<Arrival>, limit: number) {
    this.#response = response;
    this.#sessions = sessions;
    this.#actor = actor;
    this.#arrival = { intents: ALL_INTENTS, device: 'web', ...arrival };
    this.#limit = limit;
    response.on('close', () => this.#end());
  }

  /** Runs the stream from a cursor, or from a snapshot where there is none. */
  async open(since: number | undefined): Promise<void> {
    this.#timer = setInterval(() => this.#cursor(), CURSOR_MS).unref();
    if (since === undefined) return this.#begin(null);
    const outcome = await this.#sessions.resume(this.#actor, this, this.#arrival, since, this.#room);
    if (typeof outcome === 'string') return this.#begin(outcome);
    this.#enter(outcome);
    this.#cursor();
  }

  get capacity(): number {
    return this.#limit;
  }

  get isFilling(): boolean {
    return this.#isClosed || this.#response.writableLength > this.#limit / 2;
  }

  write(frame: Frame): void {
    // What does not last must not take the place of what does.
    if (this.#isClosed || (frame.isEphemeral && this.isFilling)) return;
    // What this turn brought has not been offered yet: a burst does not make a reader slow.
    if (this.#response.writableLength > this.#limit) this.#uncork();
    if (this.#response.writableLength > this.#limit) return this.#tooSlow();
    this.#text(frame.sse);
  }

  reset(reason: ResetReason): void {
    if (this.#reader !== null) this.#sessions.end(this.#reader);
    this.#reader = null;
    void this.#begin(reason).catch(() => this.close(0, 'INTERNAL'));
  }

  /** The stream ends; the client comes back with Last-Event-ID, or learns from a refusal why it may not. */
  close(_code: number, reason: string): void {
    if (this.#isClosed) return;
    this.#text(`: ${reason}\n\n`);
    this.#end();
    this.#response.end();
    setTimeout(() => this.#response.destroy(), 3000).unref();
  }

  readonly #room = async (): Promise<boolean> => {
    const until = performance.now() + DRAIN_MS;
    while (!this.#isClosed && this.#response.writableLength > this.#limit / 2) {
      if (performance.now() > until) this.#tooSlow();
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return !this.#isClosed;
  };

  #tooSlow(): void {
    if (this.#isClosed) return;
    this.#sessions.wasSlow(this.#actor.claims.sid);
    this.close(0, 'READER_TOO_SLOW');
  }

  async #begin(reset: ResetReason | null): Promise<void> {
    if (reset !== null) this.#text(`event: RESET\ndata: {"reason":"${reset}"}\n\n`);
    const begin = ({ position, json }: Snapshot): void =>
      this.#text(`id: ${position}\nevent: READY\ndata: ${json}\n\n`);
    this.#enter(
      await this.#sessions.start(this.#actor, this, this.#arrival, this.#actor.claims.sid, begin, this.#room),
    );
  }

  #enter(reader: Reader): void {
    if (this.#isClosed) this.#sessions.end(reader);
    else if (!reader.isClosed) this.#reader = reader;
  }

  #cursor(): void {
    if (this.#reader !== null) this.#text(`id: ${this.#sessions.advance(this.#reader)}\n\n`);
  }

  /** One write a turn, whatever the number of blocks. */
  #text(block: string): void {
    if (this.#isClosed) return;
    if (!this.#isCorked) {
      this.#isCorked = true;
      this.#response.cork();
      setImmediate(() => this.#uncork());
    }
    this.#response.write(block);
  }

  #uncork(): void {
    if (!this.#isCorked) return;
    this.#isCorked = false;
    this.#response.uncork();
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    if (this.#timer !== null) clearInterval(this.#timer);
    if (this.#reader !== null) this.#sessions.end(this.#reader);
    this.#reader = null;
  }
}
