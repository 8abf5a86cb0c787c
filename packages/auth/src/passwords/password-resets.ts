/** One-time links that an administrator hands to somebody who forgot the password. */
import { addressKey, type Logger } from '@snug/edge';
import { type CommandParams, type Id, Refusal } from '@snug/protocol';
import type { RateLimits } from '../rate-limits.ts';
import type { Caller } from '../sessions/caller.ts';
import type { Act } from '../store/admin-store.ts';
import type { AuthStore } from '../store/auth-store.ts';
import { tokenHash } from '../tokens/token-hash.ts';
import type { PasswordHasher } from './password-hasher.ts';

export interface PasswordResetsOptions {
  store: AuthStore;
  passwords: PasswordHasher;
  limits: RateLimits;
  logger: Logger;
  now: () => number;
  random: (bytes: number) => Buffer;
}

const LIFE_MS = 24 * 3600_000;
const TOKEN_BYTES = 32;

export class PasswordResets {
  readonly #options: PasswordResetsOptions;

  constructor(options: PasswordResetsOptions) {
    this.#options = options;
  }

  /** The token is in this answer and never again: only its hash is kept. An earlier one of that account ends. */
  async issue(userId: Id, act: Act): Promise<{ token: string; expires_at: string }> {
    const { store, random } = this.#options;
    const token = random(TOKEN_BYTES).toString('base64url');
    const expires = act.at + LIFE_MS;
    await store.addPasswordReset({ user_id: userId, token_hash: tokenHash(token), expires_at: expires }, act);
    return { token, expires_at: new Date(expires).toISOString() };
  }

  /**
   * Sets the password of whoever the token was made for, and ends every session of theirs.
   * @throws Refusal RESET_INVALID, RATE_LIMITED
   */
  async use(params: CommandParams<'auth.reset_password'>, caller: Caller): Promise<void> {
    const { store, passwords, limits, logger, now } = this.#options;
    limits.reset_by_address.take(addressKey(caller.address));
    const hash = tokenHash(params.token);
    // Asked before the hash of the password, which costs a tenth of a second of a core, and again when it counts.
    if (!(await store.hasPasswordReset(hash, now()))) throw new Refusal('RESET_INVALID');
    const userId = await store.redeemPasswordReset(hash, await passwords.hash(params.new_password), now());
    logger.info({ event: 'password_reset', user_id: userId, trace_id: caller.trace_id }, 'password_reset');
  }
}
