/** One row of the benchmark: what is measured, beside what, and how good it has to be. */

export interface Scale {
  /** Interleaved rounds that count, after those that warm up. */
  readonly rounds: number;
  /** Divides how many clients and messages there are; 1 is the benchmark, more is for trying it out. */
  readonly divisor: number;
}

/** A count of the benchmark, made smaller for trying it out; at least `least`. */
export function scaled({ divisor }: Scale, count: number, least = 1): number {
  return Math.max(least, Math.round(count / divisor));
}

export interface BenchContext {
  readonly scale: Scale;
  /** Where V8 profiles of the server go; null for none. */
  readonly profiles: string | null;
  /** A fixture that several rows use: made once a run, removed at its end. */
  shared<T extends Disposable>(name: string, make: () => Promise<T>): Promise<T>;
  /** A line about what goes on. */
  say(line: string): void;
}

export interface Measured {
  readonly value: number;
  /** The same of the reference, in the same unit; null where the bar is absolute. */
  readonly reference: number | null;
  /** What the bar is held against; null where it is the value itself. */
  readonly ratio: number | null;
  readonly ok: boolean;
  /** What else a reader wants to know: spreads, counts, what was audited. */
  readonly details: string;
}

export interface Row {
  /** Names it on the command line: kebab-case. */
  readonly name: string;
  readonly what: string;
  /** What it is compared with; '-' for nothing. */
  readonly against: string;
  readonly unit: string;
  readonly bar: string;
  measure(context: BenchContext): Promise<Measured>;
}

export interface Result extends Measured {
  readonly row: Row;
}
