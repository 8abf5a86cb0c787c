/** Token buckets: a burst, then a steady rate. One bucket a key, bounded in number. */
import { Refusal } from '@snug/protocol';

export interface Rate {
  /** How many at once. */
  burst: number;
  /** How many a second after that. */
  per_second: number;
}

interface Bucket {
  tokens: number;
  at: number;
}

const MAX_KEYS = 100_000;

export class TokenBuckets {
  readonly #rate: Rate | 'off';
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();
  /** How often a key was told to wait, for `/metrics`. */
  refused = 0;

  constructor(rate: Rate | 'off', now: () => number = Date.now) {
    this.#rate = rate;
    this.#now = now;
  }

  /** Takes one token, or refuses with RATE_LIMITED and the seconds until the next one. */
  take(key: string): void {
    const wait = this.#take(key);
    if (wait === 0) return;
    this.refused += 1;
    throw new Refusal('RATE_LIMITED', { retry_after: wait });
  }

  /** Gives a token back: the command turned out to be a retry. */
  giveBack(key: string): void {
    const bucket = this.#buckets.get(key);
    if (bucket !== undefined) bucket.tokens += 1;
  }

  #take(key: string): number {
    if (this.#rate === 'off') return 0;
    const { burst, per_second } = this.#rate;
    const now = this.#now();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      if (this.#buckets.size >= MAX_KEYS) this.#evict(now);
      bucket = { tokens: burst, at: now };
      this.#buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + (Math.max(0, now - bucket.at) / 1000) * per_second);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(0.001, Math.round(((1 - bucket.tokens) / per_second) * 1000) / 1000);
  }

  /** Full buckets say nothing; failing those, the oldest goes. */
  #evict(now: number): void {
    const { burst, per_second } = this.#rate as Rate;
    for (const [key, bucket] of this.#buckets) {
      if (bucket.tokens + ((now - bucket.at) / 1000) * per_second >= burst) this.#buckets.delete(key);
    }
    if (this.#buckets.size >= MAX_KEYS) this.#buckets.delete(this.#buckets.keys().next().value as string);
  }
}
