/** One reader's journal over any number of connections: what came, where its cursor stands, how to go on. */
import { EPHEMERAL_TYPES, type Ready } from '@snug/protocol';
import { type Ear, type Listening, type ListenOptions, listen, type Transport } from './listener.ts';

export interface Entry {
  readonly type: string;
  /** The cursor after it; null for what does not last. */
  readonly s: number | null;
  /** The cursor before it: equal to `s` for the head of a group. */
  readonly before: number | null;
  readonly d: unknown;
  readonly transport: Transport;
}

/** Follows a journal as it is written. */
export interface Follower {
  ready(snapshot: Ready, s: number): void;
  event(entry: Entry): void;
}

export class Journal implements Ear {
  readonly #url: string;
  readonly #token: string;
  readonly #follower: Follower | null;
  readonly entries: Entry[] = [];
  readonly snapshots: { readonly s: number; readonly d: Ready }[] = [];
  readonly resets: string[] = [];
  /** Null before the first snapshot. */
  cursor: number | null = null;
  current: Listening | null = null;
  /** Frames until the connection is lost; unlimited by default. */
  #framesLeft = Number.POSITIVE_INFINITY;
  #wakers: (() => void)[] = [];

  constructor(url: string, token: string, follower: Follower | null = null) {
    this.#url = url;
    this.#token = token;
    this.#follower = follower;
  }

  /** Goes on from the cursor, or begins. Waits until it is live. */
  async connect(transport: Transport, more: Partial<ListenOptions> = {}): Promise<Listening> {
    const listening = this.attach(transport, more);
    await listening.live;
    return listening;
  }

  /** The same without waiting. */
  attach(transport: Transport, more: Partial<ListenOptions> = {}): Listening {
    if (this.#framesLeft <= 0) this.#framesLeft = Number.POSITIVE_INFINITY;
    this.current = listen(transport, { url: this.#url, token: this.#token, since: this.cursor, ear: this, ...more });
    return this.current;
  }

  /** The connection is lost after so many more frames. */
  loseAfter(frames: number): void {
    this.#framesLeft = frames;
  }

  async drop(): Promise<void> {
    await this.current?.drop();
    this.current = null;
    this.#framesLeft = Number.POSITIVE_INFINITY;
  }

  /** Everything of this type that came. */
  of<T = unknown>(type: string): (Entry & { d: T })[] {
    return this.entries.filter((entry) => entry.type === type) as (Entry & { d: T })[];
  }

  /** Waits until the cursor is there. @throws when the connection ends before. */
  reached(position: number): Promise<void> {
    return this.until(() => (this.cursor ?? 0) >= position, `the cursor to reach ${position}`);
  }

  async until(isSo: () => boolean, what = 'something'): Promise<void> {
    const ended = this.current?.ended ?? Promise.resolve('not connected');
    let how: string | null = null;
    void ended.then((value) => {
      how = value;
      this.#wake();
    });
    while (!isSo()) {
      if (how !== null) throw new Error(`the connection ended (${how}) while waiting for ${what}`);
      await new Promise<void>((resolve) => this.#wakers.push(resolve));
    }
  }

  event(type: string, s: number | undefined, d: unknown): boolean {
    const transport = (this.current as Listening).transport;
    // An event stream has no id on the heads of a group; what does not last comes from a short list.
    const lasts = !(EPHEMERAL_TYPES as readonly string[]).includes(type);
    const at = s ?? (lasts ? this.cursor : null);
    const entry = { type, s: at, before: this.cursor, d, transport };
    this.entries.push(entry);
    this.#follower?.event(entry);
    if (s !== undefined) this.cursor = s;
    return this.#goesOn();
  }

  moved(s: number): void {
    this.cursor = s;
    this.#wake();
  }

  reset(reason: string): void {
    this.resets.push(reason);
    this.#wake();
  }

  ready(d: Ready, s: number): boolean {
    this.snapshots.push({ s, d });
    this.#follower?.ready(d, s);
    this.cursor = s;
    return this.#goesOn();
  }

  #goesOn(): boolean {
    this.#framesLeft -= 1;
    this.#wake();
    return this.#framesLeft > 0;
  }

  #wake(): void {
    const wakers = this.#wakers;
    this.#wakers = [];
    for (const wake of wakers) wake();
  }
}
