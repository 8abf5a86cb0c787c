import type { Dispatch } from '../store/dispatch.ts';

/** How long frames may wait for each other, in ms: less than anybody sees. */
const BATCH_MS = 16;
const BATCH_MAX = 500;

export interface FrameBufferOptions {
  /** Takes a batch; after it the cursor is where it says. */
  readonly onBatch: (dispatches: readonly Dispatch[], cursor: number) => void;
  readonly now: () => number;
}

/**
 * Makes batches of the gateway's frames, and whole groups.
 *
 * A group is several frames of one position, of which only the last carries it; the earlier ones carry the cursor the
 * reader had (DLV4). They are held back until the last is there: a socket that is lost inside the group brings all of it
 * again (DLV5), and nothing is folded twice. Frames that come in a burst are folded together, so that views are drawn
 * once; the first after a pause is folded at once.
 */
export class FrameBuffer {
  readonly #options: FrameBufferOptions;
  #cursor: number;
  /** Earlier frames of a group whose last one is still to come. */
  #held: { t: string; d: unknown }[] = [];
  #batch: Dispatch[] = [];
  #batchCursor: number;
  #lastFlush = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #catchingUp = false;

  constructor(cursor: number, options: FrameBufferOptions) {
    this.#options = options;
    this.#cursor = cursor;
    this.#batchCursor = cursor;
  }

  get cursor(): number {
    return this.#cursor;
  }

  /** While a resume brings what was missed, only large batches are folded. */
  set catchingUp(value: boolean) {
    this.#catchingUp = value;
    if (!value) this.flush();
  }

  push(t: string, d: unknown, s: number | undefined): void {
    if (s === undefined) this.#batch.push({ t, d, position: null });
    else if (s === this.#cursor) this.#held.push({ t, d });
    else if (s > this.#cursor) this.#complete(t, d, s);
    else return;
    this.#plan();
  }

  /** The cursor moved without an event (DLV12). */
  move(s: number): void {
    if (s <= this.#cursor) return;
    this.#release(s);
    this.#cursor = s;
    this.#plan();
  }

  /** A snapshot of this position takes the place of everything before it. */
  restart(cursor: number): void {
    this.#held = [];
    this.#batch = [];
    this.#cursor = cursor;
    this.#batchCursor = cursor;
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#batch.length === 0 && this.#batchCursor === this.#cursor) return;
    const batch = this.#batch;
    this.#batch = [];
    this.#batchCursor = this.#cursor;
    this.#lastFlush = this.#options.now();
    this.#options.onBatch(batch, this.#cursor);
  }

  /** The socket is gone: what is complete is folded, half a group is forgotten. */
  close(): void {
    this.#held = [];
    this.flush();
  }

  #complete(t: string, d: unknown, s: number): void {
    this.#release(s);
    this.#batch.push({ t, d, position: s });
    this.#cursor = s;
  }

  #release(position: number): void {
    for (const frame of this.#held) this.#batch.push({ ...frame, position });
    this.#held = [];
  }

  #plan(): void {
    const due = !this.#catchingUp && this.#options.now() - this.#lastFlush >= BATCH_MS;
    if (due || this.#batch.length >= BATCH_MAX) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), BATCH_MS);
  }
}
