/** How often one may try. What is refused says when to come back (RATE_LIMITED with `retry_after`). */
import { TokenBuckets } from '@snug/edge';
import { AUTH_RATES } from '@snug/protocol';

export type RateLimits = Record<keyof typeof AUTH_RATES, TokenBuckets>;

export function createRateLimits(switched: 'on' | 'off', now: () => number): RateLimits {
  const limits = Object.entries(AUTH_RATES).map(([name, rate]) => [
    name,
    new TokenBuckets(switched === 'off' ? 'off' : rate, now),
  ]);
  return Object.fromEntries(limits) as RateLimits;
}
