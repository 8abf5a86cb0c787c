/**
 * Verified tokens, by hash, until they end (E32): verifying costs about 100 us, looking up about 2. What auth's feed
 * says is looked at on every call, so that a revoked session is refused at once.
 */
import { type AccessClaims, type FeedEntry, type Id, Refusal } from '@snug/protocol';
import type { StartState } from '../store/auth-store.ts';
import { tokenHash } from './token-hash.ts';

export interface VerifyCacheOptions {
  verify: (token: string) => Promise<AccessClaims>;
  now: () => number;
  /** ms that an access token given out now can live. */
  ttl: number;
  start: Pick<StartState, 'revoked' | 'suspended' | 'admins' | 'longest_access'>;
  onVerify?: (result: 'cached' | 'verified') => void;
  capacity?: number;
}

const CAPACITY = 50_000;
/** How many new entries come between two looks at those that time has ended. */
const SWEEP_EVERY = 1000;

export class VerifyCache {
  readonly #options: VerifyCacheOptions;
  readonly #capacity: number;
  readonly #claims = new Map<string, AccessClaims>();
  /** Until when a token of the session could still be valid. */
  readonly #revoked = new Map<Id, number>();
  readonly #suspended: Set<Id>;
  readonly #admins: Set<Id>;
  readonly #renamed = new Map<Id, { username: string; until: number }>();
  #sinceSweep = 0;

  constructor(options: VerifyCacheOptions) {
    this.#options = options;
    this.#capacity = options.capacity ?? CAPACITY;
    for (const { session_id, until } of options.start.revoked) this.#revoked.set(session_id, until);
    this.#suspended = new Set(options.start.suspended);
    this.#admins = new Set(options.start.admins);
  }

  get size(): number {
    return this.#claims.size;
  }

  /** @throws Refusal TOKEN_INVALID, TOKEN_EXPIRED, SESSION_REVOKED, ACCOUNT_SUSPENDED */
  async verify(token: string): Promise<AccessClaims> {
    const key = tokenHash(token);
    const known = this.#claims.get(key);
    if (known !== undefined) {
      this.#options.onVerify?.('cached');
      this.#claims.delete(key);
      const claims = this.check(known);
      // Putting it back at the end is what makes the first entry the least recently used.
      this.#claims.set(key, known);
      return claims;
    }
    const verified = await this.#options.verify(token);
    this.#options.onVerify?.('verified');
    const claims = this.check(verified);
    if (this.#claims.size >= this.#capacity) this.#claims.delete(this.#claims.keys().next().value as string);
    this.#claims.set(key, verified);
    this.#sweep();
    return claims;
  }

  /** Whether the account administers the instance now. What a token says of that is as old as the token. */
  isAdmin(userId: Id): boolean {
    return this.#admins.has(userId);
  }

  /** Refuses what has ended since the claims were signed; name and administration are those of today. */
  check(claims: AccessClaims): AccessClaims {
    if (claims.exp * 1000 <= this.#options.now()) throw new Refusal('TOKEN_EXPIRED');
    if (this.#revoked.has(claims.sid)) throw new Refusal('SESSION_REVOKED');
    if (this.#suspended.has(claims.sub)) throw new Refusal('ACCOUNT_SUSPENDED');
    const renamed = this.#renamed.get(claims.sub);
    const isAdmin = this.#admins.has(claims.sub);
    if (renamed === undefined && isAdmin === (claims.admin === true)) return claims;
    const { admin: _admin, ...rest } = claims;
    return { ...rest, username: renamed?.username ?? claims.username, ...(isAdmin ? { admin: true } : {}) };
  }

  hear(entry: FeedEntry): void {
    // A token of before a restart may live longer than those of today, if the setting was lowered.
    const until = Math.max(entry.at + this.#options.ttl, this.#options.start.longest_access);
    if (entry.kind === 'session_revoked' && entry.session_id !== undefined) this.#revoked.set(entry.session_id, until);
    if (entry.kind === 'account_suspended') this.#suspended.add(entry.user_id);
    if (entry.kind === 'account_restored') this.#suspended.delete(entry.user_id);
    if (entry.kind === 'account_renamed' && entry.username !== undefined) {
      this.#renamed.set(entry.user_id, { username: entry.username, until });
    }
    if (entry.kind === 'admin_changed' && entry.is_admin === true) this.#admins.add(entry.user_id);
    if (entry.kind === 'admin_changed' && entry.is_admin === false) this.#admins.delete(entry.user_id);
    if (entry.kind === 'account_deleted') this.#forget(entry.user_id);
    this.#sweep();
  }

  /** Its sessions are revoked one by one; what is left of it here is its name. */
  #forget(userId: Id): void {
    this.#suspended.delete(userId);
    this.#admins.delete(userId);
    this.#renamed.delete(userId);
    for (const [key, claims] of this.#claims) if (claims.sub === userId) this.#claims.delete(key);
  }

  #sweep(): void {
    this.#sinceSweep += 1;
    if (this.#sinceSweep < SWEEP_EVERY) return;
    this.#sinceSweep = 0;
    const now = this.#options.now();
    for (const [key, claims] of this.#claims) if (claims.exp * 1000 <= now) this.#claims.delete(key);
    for (const [id, until] of this.#revoked) if (until <= now) this.#revoked.delete(id);
    for (const [id, { until }] of this.#renamed) if (until <= now) this.#renamed.delete(id);
  }
}
