/** Sessions and the refresh token each of them stands on (E33), inside a transaction. */
import type { Id } from '@snug/protocol';
import type { NewSession, Rotated, Rotation, StartState, StoredSession } from '../auth-store.ts';
import { StoreRefusal } from '../store-refusal.ts';
import { type AccountRows, requireProof } from './account-rows.ts';
import type { FeedRows } from './feed-rows.ts';
import type { Database, Row } from './open-database.ts';

export class SessionRows {
  readonly #db: Database;
  readonly #accounts: AccountRows;
  readonly #feed: FeedRows;

  constructor(db: Database, accounts: AccountRows, feed: FeedRows) {
    this.#db = db;
    this.#accounts = accounts;
    this.#feed = feed;
  }

  /** @param proven the password hash that was checked; null when nobody was asked */
  open(session: NewSession, proven: string | null): void {
    const account = this.#accounts.byId(session.user_id);
    if (account === null) throw new StoreRefusal('BAD_CREDENTIALS');
    if (proven !== null) requireProof(account, proven);
    if (account.suspended) throw new StoreRefusal('ACCOUNT_SUSPENDED');
    this.insert(session);
  }

  insert(session: NewSession): void {
    this.#db.run(
      `INSERT INTO sessions
         (id, user_id, current_hash, created_at, last_seen_at, expires_at, access_until, user_agent, address)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      session.id,
      session.user_id,
      session.refresh_hash,
      session.created_at,
      session.last_seen_at,
      session.expires_at,
      session.access_until,
      session.user_agent,
      session.address,
    );
    this.#accounts.seen(session.user_id, session.created_at);
  }

  /**
   * E33. The current token rotates: it becomes the previous one, and the one before it is retired. The previous token
   * (its successor was not used yet) gets that same successor again. Anything else that is authentic is retired, so
   * somebody has a copy: the session ends.
   */
  rotate(rotation: Rotation): Rotated {
    const row = this.#db.get(
      'SELECT user_id, current_hash, previous_hash, step_salt FROM sessions WHERE id = ? AND expires_at > ?',
      rotation.session_id,
      rotation.at,
    );
    const account = row === undefined ? null : this.#accounts.byId(row.user_id as Id);
    if (row === undefined || account === null) return { outcome: 'unknown' };
    const isCurrent = row.current_hash === rotation.presented;
    if (!isCurrent && row.previous_hash !== rotation.presented) {
      this.end(rotation.session_id, account.id, rotation.at);
      return { outcome: 'reused', user_id: account.id };
    }
    if (account.suspended) return { outcome: 'suspended' };
    if (isCurrent) {
      this.#db.run(
        'UPDATE sessions SET previous_hash = current_hash, current_hash = ?, step_salt = ? WHERE id = ?',
        rotation.fresh.refresh_hash,
        rotation.fresh.salt,
        rotation.session_id,
      );
    }
    this.#db.run(
      'UPDATE sessions SET last_seen_at = ?, expires_at = ?, access_until = max(access_until, ?) WHERE id = ?',
      rotation.at,
      rotation.expires_at,
      rotation.access_until,
      rotation.session_id,
    );
    this.#accounts.seen(account.id, rotation.at);
    return { outcome: 'rotated', account, salt: isCurrent ? rotation.fresh.salt : (row.step_salt as string) };
  }

  list(userId: Id, at: number, limit: number): StoredSession[] {
    return this.#db
      .all(
        `SELECT id, user_id, created_at, last_seen_at, expires_at, user_agent, address FROM sessions
         WHERE user_id = ? AND expires_at > ? ORDER BY last_seen_at DESC, id DESC LIMIT ?`,
        userId,
        at,
        limit,
      )
      .map(toSession);
  }

  /** Ends it now: its tokens are refused for as long as any could still be valid. */
  end(sessionId: Id, userId: Id | null, at: number): Id | null {
    const row = this.#db.get('SELECT user_id, access_until FROM sessions WHERE id = ?', sessionId);
    if (row === undefined || (userId !== null && row.user_id !== userId)) return null;
    this.#db.run('DELETE FROM sessions WHERE id = ?', sessionId);
    this.#db.run(
      'INSERT OR IGNORE INTO revocations (session_id, until) VALUES (?, ?)',
      sessionId,
      row.access_until ?? at,
    );
    this.#feed.append({ at, kind: 'session_revoked', user_id: row.user_id as Id, session_id: sessionId });
    return row.user_id as Id;
  }

  /** All of theirs but `keep`. */
  endAll(userId: Id, at: number, keep: Id | null = null): void {
    const rows = this.#db.all('SELECT id FROM sessions WHERE user_id = ? ORDER BY id', userId);
    for (const { id } of rows) if (id !== keep) this.end(id as Id, userId, at);
  }

  /** Sessions end by themselves when nobody refreshed them: no entry in the feed, their access tokens ended long ago. */
  sweep(at: number): void {
    this.#db.run('DELETE FROM sessions WHERE expires_at <= ? AND access_until <= ?', at, at);
    this.#db.run('DELETE FROM revocations WHERE until <= ?', at);
  }

  start(at: number): Pick<StartState, 'revoked' | 'longest_access'> & { newest: Id | null } {
    const revoked = this.#db.all('SELECT session_id, until FROM revocations WHERE until > ?', at);
    const sums = this.#db.get('SELECT coalesce(max(access_until), 0) AS longest, max(id) AS newest FROM sessions');
    return {
      revoked: revoked.map((row) => ({ session_id: row.session_id as Id, until: Number(row.until) })),
      longest_access: Number(sums?.longest),
      newest: (sums?.newest ?? null) as Id | null,
    };
  }
}

function toSession(row: Row): StoredSession {
  return {
    id: row.id as Id,
    user_id: row.user_id as Id,
    created_at: Number(row.created_at),
    last_seen_at: Number(row.last_seen_at),
    expires_at: Number(row.expires_at),
    user_agent: row.user_agent as string,
    address: row.address as string,
  };
}
