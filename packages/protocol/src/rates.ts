/**
 * How often somebody may do what: a burst, then so many a second. Published in `/.well-known/snug` beside the limits;
 * what goes beyond is refused with RATE_LIMITED and `retry_after` (seconds). The setting `rate_limits: off` is for tests
 * and benchmarks.
 */
export interface RateLimit {
  readonly burst: number;
  readonly per_second: number;
}

/** By user, for everything chat answers. Somebody without a token is limited by address alone. */
export const CHAT_RATES = {
  send: { burst: 20, per_second: 5 },
  react: { burst: 20, per_second: 4 },
  typing: { burst: 5, per_second: 1 },
  /** Invite links. */
  invite: { burst: 10, per_second: 0.1 },
  /** New DMs, groups and friend requests: what reaches people who did not ask for it. */
  contact: { burst: 40, per_second: 0.5 },
  report: { burst: 5, per_second: 0.02 },
  /** Everything else that changes something. */
  write: { burst: 30, per_second: 3 },
  read: { burst: 100, per_second: 30 },
  /** Looking for people. */
  search: { burst: 20, per_second: 2 },
} as const satisfies Record<string, RateLimit>;
export type ChatRateName = keyof typeof CHAT_RATES;

/** One address, whoever speaks from it, has so many times the rate of one user: people share addresses. */
export const ADDRESS_FACTOR = 20;

/** Bursts are for people and shared addresses; the steady rate is what a guesser gets. */
export const AUTH_RATES = {
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
} as const satisfies Record<string, RateLimit>;
