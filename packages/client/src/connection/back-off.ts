/** Full jitter: a random part of a growing bound, so that a thousand clients of a restarted server do not come as one. */
export class BackOff {
  readonly #random: () => number;
  readonly #base: number;
  readonly #cap: number;
  #failures = 0;

  /** `base` and `cap` in ms. */
  constructor(random: () => number, base = 500, cap = 10_000) {
    this.#random = random;
    this.#base = base;
    this.#cap = cap;
  }

  /** How long to wait before the next try, in ms. */
  next(): number {
    const bound = Math.min(this.#cap, this.#base * 2 ** this.#failures);
    this.#failures++;
    return Math.round(this.#random() * bound);
  }

  reset(): void {
    this.#failures = 0;
  }
}
