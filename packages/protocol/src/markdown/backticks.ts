/** Where the backticks of a text are, found once, so that looking for a closing run never walks over the text again. */
export class BacktickRuns {
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  /** For each run the next one that is at least as long; -1 where there is none. */
  readonly #next: number[] = [];
  /** Runs of one length, and how many of them lie behind the last question. */
  readonly #byLength = new Map<number, { starts: number[]; passed: number }>();

  constructor(source: string) {
    for (const run of source.matchAll(/`+/g)) this.#add(run.index, run[0].length);
    const waiting: number[] = [];
    for (let i = 0; i < this.#lengths.length; i++) {
      while (
        waiting.length > 0 &&
        (this.#lengths[waiting.at(-1) as number] as number) <= (this.#lengths[i] as number)
      ) {
        this.#next[waiting.pop() as number] = i;
      }
      waiting.push(i);
    }
  }

  #add(start: number, length: number): void {
    this.#starts.push(start);
    this.#lengths.push(length);
    this.#next.push(-1);
    const same = this.#byLength.get(length);
    if (same === undefined) this.#byLength.set(length, { starts: [start], passed: 0 });
    else same.starts.push(start);
  }

  get count(): number {
    return this.#starts.length;
  }

  start(run: number): number {
    return this.#starts[run] as number;
  }

  length(run: number): number {
    return this.#lengths[run] as number;
  }

  /** The next run that is at least as long as this one; -1 where there is none. */
  atLeastAsLong(run: number): number {
    return this.#next[run] as number;
  }

  /** Where the next run of exactly this length starts, at or after `from`; -1 where there is none. `from` only grows. */
  nextOf(length: number, from: number): number {
    const same = this.#byLength.get(length);
    if (same === undefined) return -1;
    while (same.passed < same.starts.length && (same.starts[same.passed] as number) < from) same.passed += 1;
    return same.starts[same.passed] ?? -1;
  }
}
