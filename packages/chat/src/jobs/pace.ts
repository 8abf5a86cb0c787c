/**
 * How much of a long erasure goes into one commit, and how long it rests in between: others share the writer, and must
 * hardly notice. When nobody else writes it goes as fast as it can.
 */

/** What one commit may take while others write, in ms, and alone. */
const GENTLE_MS = 2;
const ALONE_MS = 25;
const FEWEST = 8;
/** Rests so many times as long as it worked, while others write. */
const REST = 4;
/** Nobody wrote for so long (ms): it is alone. */
const QUIET_MS = 250;

export class Pace {
  readonly #now: () => number;
  /** Most of a commit (E17). */
  readonly #most: number;
  #size = FEWEST;
  #othersAt = Number.NEGATIVE_INFINITY;

  constructor(most: number, now: () => number = () => performance.now()) {
    this.#most = most;
    this.#now = now;
  }

  /** How many the next commit takes. */
  get size(): number {
    return this.#size;
  }

  /** Somebody else wrote. */
  othersWrote(): void {
    this.#othersAt = this.#now();
  }

  /** A commit of `count` took `ms`: how long to rest before the next, in ms. */
  done(count: number, ms: number): number {
    const isAlone = this.#now() - this.#othersAt > QUIET_MS;
    const fitting = (count * (isAlone ? ALONE_MS : GENTLE_MS)) / Math.max(0.05, ms);
    // Up slowly and down at once: one slow commit must not be followed by another.
    this.#size = Math.round(Math.min(this.#most, Math.max(FEWEST, Math.min(fitting, this.#size * 1.5))));
    return isAlone ? 0 : ms * REST;
  }
}
