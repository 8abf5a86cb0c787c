/**
 * What the passing of time causes (E18): each kind says when something of it is next due, and appends it then. One
 * holder, this job, for all of them.
 */
import type { Logger } from '@snug/edge';
import type { EventType } from '@snug/protocol';
import type { LogEvent } from '../log/envelope.ts';
import type { World } from '../world/world.ts';

/** One kind of thing that time causes. */
export interface Due {
  readonly name: string;
  /** The events after which something may be due earlier than was known. What delays it need not be named. */
  readonly on: readonly EventType[];
  /** When something is due next, in ms since 1970; null: nothing is. Asked after such an event and after `run`. */
  next(world: World): number | null;
  /** Appends what is due at `now`. What it leaves is asked for again. */
  run(now: number): Promise<void>;
}

/** The clock may be set, and a machine may sleep: what is due is compared with the time at least this often. */
const LOOK_MS = 1000;
/** After a run that left something due, or failed, it rests. */
const PAUSE_MS = 1000;

interface Entry {
  readonly due: Due;
  readonly on: ReadonlySet<EventType>;
  at: number | null;
  isRunning: boolean;
  isStale: boolean;
}

export class DueJob {
  readonly #world: World;
  readonly #now: () => number;
  readonly #logger: Logger;
  readonly #entries: Entry[] = [];
  #timer: NodeJS.Timeout | null = null;
  #asking: NodeJS.Immediate | null = null;
  #isStopped = false;

  constructor(world: World, now: () => number, logger: Logger) {
    this.#world = world;
    this.#now = now;
    this.#logger = logger;
  }

  /** Registers a kind and looks at it at once. */
  register(due: Due): void {
    const at = due.next(this.#world);
    this.#entries.push({ due, on: new Set(due.on), at, isRunning: false, isStale: false });
    this.#wait();
  }

  /** Something happened: what it touches is asked again, once a turn, however many events came. */
  heard({ type }: LogEvent): void {
    for (const entry of this.#entries) if (entry.on.has(type)) entry.isStale = true;
    if (this.#asking !== null || this.#isStopped || !this.#entries.some(({ isStale }) => isStale)) return;
    this.#asking = setImmediate(() => this.#askAgain());
  }

  #askAgain(): void {
    this.#asking = null;
    for (const entry of this.#entries) {
      // One that runs asks again when it is done.
      if (entry.isStale && !entry.isRunning) entry.at = entry.due.next(this.#world);
      entry.isStale = false;
    }
    this.#wait();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#asking !== null) clearImmediate(this.#asking);
    this.#asking = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #wait(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const next = this.#entries.reduce((first, { at }) => Math.min(first, at ?? first), Number.POSITIVE_INFINITY);
    if (this.#isStopped || next === Number.POSITIVE_INFINITY) return;
    const wait = Math.min(LOOK_MS, Math.max(1, next - this.#now()));
    this.#timer = setTimeout(() => this.#look(), wait).unref();
  }

  #look(): void {
    const now = this.#now();
    for (const entry of this.#entries) {
      if (entry.at !== null && entry.at <= now && !entry.isRunning) void this.#run(entry, now);
    }
    this.#wait();
  }

  async #run(entry: Entry, now: number): Promise<void> {
    entry.isRunning = true;
    entry.at = null;
    try {
      await entry.due.run(now);
    } catch (error) {
      // A log that is closing takes nothing more: the next start finds it due.
      if (!this.#isStopped) this.#logger.error({ err: error, due: entry.due.name }, 'what was due was not done yet');
    }
    entry.isRunning = false;
    const next = entry.due.next(this.#world);
    entry.at = next !== null && next <= now ? this.#now() + PAUSE_MS : next;
    this.#wait();
  }
}
