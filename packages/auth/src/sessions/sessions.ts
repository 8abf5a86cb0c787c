/** A session: one place where somebody is signed in. It stands on one chain of refresh tokens (E33). */
import { addressKey, type Logger } from '@snug/edge';
import { type AccessClaims, type Account, type Id, type IdClock, Refusal, type Session } from '@snug/protocol';
import { toAccount } from '../accounts/to-account.ts';
import type { AuthMetrics } from '../auth-metrics.ts';
import type { AuthSettings } from '../auth-settings.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { AuthStore, NewSession, StoredAccount } from '../store/auth-store.ts';
import type { AccessTokens } from '../tokens/access-tokens.ts';
import type { RefreshToken, RefreshTokens } from '../tokens/refresh-tokens.ts';
import type { Caller } from './caller.ts';

/** What signing in gives, before it is decided how the refresh token travels (E34). */
export interface Grant {
  user: Account;
  session_id: Id;
  access_token: string;
  /** Seconds. */
  expires_in: number;
  refresh_token: string;
}

export interface SessionsOptions {
  store: AuthStore;
  settings: AuthSettings;
  access: AccessTokens;
  refresh: RefreshTokens;
  limits: RateLimits;
  metrics: AuthMetrics;
  logger: Logger;
  ids: IdClock;
  now: () => number;
  random: (bytes: number) => Buffer;
}

const SALT_BYTES = 32;
const LISTED_SESSIONS = 100;

export class Sessions {
  readonly #options: SessionsOptions;

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** A session that is not stored yet, and its first refresh token. */
  prepare(userId: Id, caller: Caller): { session: NewSession; token: RefreshToken } {
    const { ids, refresh, random, settings, now } = this.#options;
    const at = now();
    const id = ids.next();
    const token = refresh.first(id, random);
    const session: NewSession = {
      id,
      user_id: userId,
      refresh_hash: refresh.hash(token),
      created_at: at,
      last_seen_at: at,
      expires_at: at + settings.refresh_token_ttl * 1000,
      access_until: at + settings.access_token_ttl * 1000,
      user_agent: caller.user_agent,
      address: caller.address,
    };
    return { session, token };
  }

  /**
   * Signs an account in: whoever calls has checked that it is them.
   * @param proven the hash of the password that was checked; null when nobody was asked for one
   * @throws Refusal BAD_CREDENTIALS, ACCOUNT_SUSPENDED when that holds no longer
   */
  async open(account: StoredAccount, caller: Caller, proven: string | null): Promise<Grant> {
    const { session, token } = this.prepare(account.id, caller);
    await this.#options.store.openSession(session, proven);
    return this.grant(account, token);
  }

  async grant(account: StoredAccount, token: RefreshToken): Promise<Grant> {
    const { access, refresh, settings } = this.#options;
    const access_token = await access.issue({
      sub: account.id,
      sid: token.session_id,
      username: account.username,
      name: account.display_name,
      ...(account.is_admin ? { admin: true } : {}),
    });
    return {
      user: toAccount(account),
      session_id: token.session_id,
      access_token,
      expires_in: settings.access_token_ttl,
      refresh_token: refresh.format(token),
    };
  }

  /**
   * A new access token and the successor of the refresh token (E33).
   * @throws Refusal REFRESH_INVALID, ACCOUNT_SUSPENDED, RATE_LIMITED
   */
  async refresh(text: string | undefined, caller: Caller): Promise<Grant> {
    const { store, refresh, limits, metrics, settings, random, now } = this.#options;
    limits.refresh_by_address.take(addressKey(caller.address));
    const presented = text === undefined ? null : refresh.parse(text);
    if (presented === null) {
      metrics.refreshes.inc({ result: 'unknown' });
      throw new Refusal('REFRESH_INVALID');
    }
    limits.refresh_by_session.take(presented.session_id);
    const salt = random(SALT_BYTES).toString('base64url');
    const at = now();
    const rotated = await store.rotate({
      session_id: presented.session_id,
      presented: refresh.hash(presented),
      fresh: { salt, refresh_hash: refresh.hash(refresh.successor(presented, salt)) },
      at,
      expires_at: at + settings.refresh_token_ttl * 1000,
      access_until: at + settings.access_token_ttl * 1000,
    });
    metrics.refreshes.inc({ result: rotated.outcome });
    if (rotated.outcome === 'rotated') {
      return this.grant(rotated.account, refresh.successor(presented, rotated.salt));
    }
    if (rotated.outcome === 'suspended') throw new Refusal('ACCOUNT_SUSPENDED');
    if (rotated.outcome === 'reused') this.#warnOfReuse(presented.session_id, rotated.user_id, caller);
    throw new Refusal('REFRESH_INVALID');
  }

  /** The newest hundred that live, last used first. */
  async list(claims: AccessClaims): Promise<{ items: Session[]; has_more: boolean }> {
    const stored = await this.#options.store.sessions(claims.sub, this.#options.now(), LISTED_SESSIONS + 1);
    const items = stored.slice(0, LISTED_SESSIONS).map((session) => ({
      id: session.id,
      created_at: new Date(session.created_at).toISOString(),
      last_seen_at: new Date(session.last_seen_at).toISOString(),
      expires_at: new Date(session.expires_at).toISOString(),
      user_agent: session.user_agent,
      address: session.address,
      is_current: session.id === claims.sid,
    }));
    return { items, has_more: stored.length > LISTED_SESSIONS };
  }

  /** @throws Refusal UNKNOWN_SESSION when it is not one of theirs */
  async revoke(sessionId: Id, claims: AccessClaims, caller: Caller): Promise<void> {
    const ended = await this.#options.store.endSession(sessionId, claims.sub, this.#options.now());
    if (ended === null) throw new Refusal('UNKNOWN_SESSION');
    this.#logEnd('session_revoked', sessionId, claims.sub, caller);
  }

  /** Ends the sessions that these name. What names none is no error: the caller wanted to be out, and is. */
  async logout(given: { refresh_tokens: string[]; claims: AccessClaims | null }, caller: Caller): Promise<void> {
    const { store, refresh, now } = this.#options;
    const sessionIds = new Set(given.refresh_tokens.flatMap((text) => refresh.parse(text)?.session_id ?? []));
    if (given.claims !== null) sessionIds.add(given.claims.sid);
    for (const sessionId of sessionIds) {
      const userId = await store.endSession(sessionId, null, now());
      if (userId !== null) this.#logEnd('signed_out', sessionId, userId, caller);
    }
  }

  #logEnd(event: string, sessionId: Id, userId: Id, caller: Caller): void {
    this.#options.logger.info({ event, session_id: sessionId, user_id: userId, trace_id: caller.trace_id }, event);
  }

  #warnOfReuse(sessionId: Id, userId: Id, caller: Caller): void {
    this.#options.logger.warn(
      { event: 'refresh_reused', session_id: sessionId, user_id: userId, trace_id: caller.trace_id },
      'a retired refresh token was presented: its session ends',
    );
  }
}
