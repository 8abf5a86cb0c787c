/**
 * A reader: one connection's place in the log, whatever carries it. Gateway, sync and SSE differ only in the sink they
 * put behind it. The cursor moves forward only, and what lies at or below it is never sent again.
 */
import type { Id } from '@snug/protocol';
import type { Frame } from './frames.ts';

/** Where frames go. `write` never blocks; a sink that cannot keep up says so itself and closes. */
export interface Sink {
  readonly transport: 'gateway' | 'sync' | 'sse';
  /** More than half of what may wait for this reader waits: a catch-up pauses until that has left. */
  readonly isFilling: boolean;
  /** Bytes that may wait for this reader. */
  readonly capacity: number;
  write(frame: Frame): void;
  /** The catch-up was not possible, or is not any more: the client needs a fresh snapshot. */
  reset(reason: ResetReason): void;
  /** Ends the connection; the client may resume unless the code is final. */
  close(code: number, reason: string): void;
}

export type ResetReason =
  | 'VIEW_CHANGED'
  | 'TOO_FAR_BEHIND'
  | 'UNKNOWN_POSITION'
  | 'READER_TOO_SLOW'
  /** Whether they administer the instance changed, and the snapshot says so. */
  | 'ADMIN_CHANGED';

/**
 * Characters of live frames held while a catch-up runs. Past this, or a quarter of what the sink may hold, the catch-up
 * goes on from the log instead, which waits for the reader: what is held comes all at once and does not.
 */
const MAX_HELD = 64 * 1024;

export class Reader {
  readonly userId: Id;
  /** auth's session: signing it out ends this reader (E32). */
  readonly authSessionId: Id;
  readonly sink: Sink;
  intents: number;
  /** ms since 1970: when the token that opened it ends. */
  expiresAt: number;
  cursor = 0;
  /** Frames that came while catching up; null when live. */
  #held: Frame[] | null = null;
  #heldSize = 0;
  #overflowed = false;
  isClosed = false;

  constructor(userId: Id, authSessionId: Id, sink: Sink, intents: number, expiresAt: number) {
    this.userId = userId;
    this.authSessionId = authSessionId;
    this.sink = sink;
    this.intents = intents;
    this.expiresAt = expiresAt;
  }

  /** A frame from the live end of the log. */
  deliver(frame: Frame): void {
    if (this.isClosed) return;
    if (this.#held !== null) {
      if (frame.position === null) return;
      this.#heldSize += frame.json.length;
      if (this.#heldSize > Math.min(MAX_HELD, this.sink.capacity / 4)) this.#overflowed = true;
      else this.#held.push(frame);
      return;
    }
    this.#write(frame);
  }

  /** Frames of one position, for this reader alone: only the last one moves the cursor there (E3). */
  deliverGroup(frames: readonly Frame[]): void {
    const wanted = frames.filter((frame) => (frame.intent & this.intents) !== 0);
    for (const [index, frame] of wanted.entries()) {
      this.deliver(index === wanted.length - 1 ? frame : frame.asHead());
    }
  }

  /** Live frames wait from here until `goLive`. */
  hold(): void {
    this.#held = [];
    this.#heldSize = 0;
    this.#overflowed = false;
  }

  /** Everything up to `cursor` was written; what came meanwhile follows. False: too much came, catch up again. */
  goLive(cursor: number): boolean {
    this.cursor = Math.max(this.cursor, cursor);
    if (this.#overflowed) return false;
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#write(frame);
    return true;
  }

  /** A catch-up's own frame. */
  replay(frame: Frame): void {
    this.#write(frame);
  }

  get isLive(): boolean {
    return this.#held === null && !this.isClosed;
  }

  #write(frame: Frame): void {
    if (frame.position === null) {
      this.sink.write(frame);
    } else if (frame.position > this.cursor && frame.isHead) {
      this.sink.write(frame.repeating(this.cursor));
    } else if (frame.position > this.cursor) {
      this.cursor = frame.position;
      this.sink.write(frame);
    }
  }
}
