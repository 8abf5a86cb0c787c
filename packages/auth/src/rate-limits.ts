/** How often one may try. What is refused says when to come back (RATE_LIMITED with `retry_after`). */
import { type Rate, TokenBuckets } from '@snug/edge';

/** Bursts are for people and shared addresses; the steady rate is what a guesser gets. */
const RATES = {
  register_by_address: { burst: 20, per_second: 1 / 30 },
  login_by_account: { burst: 10, per_second: 1 / 30 },
  login_by_address: { burst: 50, per_second: 1 / 2 },
  refresh_by_session: { burst: 30, per_second: 1 / 10 },
  refresh_by_address: { burst: 300, per_second: 5 },
  password_by_account: { burst: 10, per_second: 1 / 30 },
  ticket_by_session: { burst: 30, per_second: 1 },
  logout_by_address: { burst: 100, per_second: 5 },
  reset_by_address: { burst: 20, per_second: 1 / 30 },
  admin_by_account: { burst: 120, per_second: 4 },
  feed_by_address: { burst: 60, per_second: 2 },
} as const satisfies Record<string, Rate>;

export type RateLimits = Record<keyof typeof RATES, TokenBuckets>;

export function createRateLimits(switched: 'on' | 'off', now: () => number): RateLimits {
  const limits = Object.entries(RATES).map(([name, rate]) => [
    name,
    new TokenBuckets(switched === 'off' ? 'off' : rate, now),
  ]);
  return Object.fromEntries(limits) as RateLimits;
}
