/** Accounts, inside a transaction. */
import type { Id } from '@snug/protocol';
import type { AccountChange, NewAccount, StoredAccount } from '../auth-store.ts';
import { StoreRefusal } from '../store-refusal.ts';
import type { FeedRows } from './feed-rows.ts';
import type { Database, Row } from './open-database.ts';

export class AccountRows {
  readonly #db: Database;
  readonly #feed: FeedRows;

  constructor(db: Database, feed: FeedRows) {
    this.#db = db;
    this.#feed = feed;
  }

  hasAdmin(): boolean {
    return this.#db.get('SELECT 1 FROM accounts WHERE is_admin = 1 LIMIT 1') !== undefined;
  }

  admins(): Id[] {
    return this.#db.all('SELECT id FROM accounts WHERE is_admin = 1').map((row) => row.id as Id);
  }

  suspended(): Id[] {
    return this.#db.all('SELECT id FROM accounts WHERE suspended_at IS NOT NULL').map((row) => row.id as Id);
  }

  newestId(): Id | null {
    return (this.#db.get('SELECT max(id) AS id FROM accounts')?.id ?? null) as Id | null;
  }

  insert(account: NewAccount): StoredAccount {
    this.requireFree(account.username_key, account.email_key);
    this.#db.run(
      `INSERT INTO accounts (id, username, username_key, email, email_key, display_name, password_hash, is_admin, created_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      account.id,
      account.username,
      account.username_key,
      account.email,
      account.email_key,
      account.display_name,
      account.password_hash,
      account.is_admin ? 1 : 0,
      account.created_at,
    );
    // Whoever administers the instance ends the first start.
    if (account.is_admin) {
      this.#db.run('DELETE FROM first_start');
      this.#feed.append({ at: account.created_at, kind: 'admin_changed', user_id: account.id, is_admin: true });
    }
    return this.byId(account.id) as StoredAccount;
  }

  /** Refuses names that somebody other than `except` has. */
  requireFree(usernameKey: string | null, emailKey: string | null, except: Id | null = null): void {
    const takenBy = (column: string, key: string) => {
      const row = this.#db.get(`SELECT id FROM accounts WHERE ${column} = ?`, key);
      return row !== undefined && row.id !== except;
    };
    if (usernameKey !== null && takenBy('username_key', usernameKey)) throw new StoreRefusal('USERNAME_TAKEN');
    if (emailKey !== null && takenBy('email_key', emailKey)) throw new StoreRefusal('EMAIL_TAKEN');
  }

  /** A deleted account is not there. */
  byId(id: Id): StoredAccount | null {
    return this.#one('id', id);
  }

  /** Of whoever is signed in. @throws StoreRefusal SESSION_REVOKED when the account is gone */
  require(id: Id): StoredAccount {
    const account = this.byId(id);
    if (account === null) throw new StoreRefusal('SESSION_REVOKED');
    return account;
  }

  byUsername(key: string): StoredAccount | null {
    return this.#one('username_key', key);
  }

  byEmail(key: string): StoredAccount | null {
    return this.#one('email_key', key);
  }

  update(change: AccountChange): StoredAccount {
    const before = this.require(change.user_id);
    if (change.password_hash !== undefined) requireProof(before, change.password_hash);
    this.requireFree(change.username?.key ?? null, change.email?.key ?? null, change.user_id);
    const set = (columns: string, ...values: (string | null)[]) =>
      this.#db.run(`UPDATE accounts SET ${columns} WHERE id = ?`, ...values, change.user_id);
    if (change.display_name !== undefined) set('display_name = ?', change.display_name);
    if (change.email !== undefined) {
      set('email = ?, email_key = ?', change.email?.address ?? null, change.email?.key ?? null);
    }
    if (change.username !== undefined && change.username.name !== before.username) {
      set('username = ?, username_key = ?', change.username.name, change.username.key);
      this.#feed.append({
        at: change.at,
        kind: 'account_renamed',
        user_id: change.user_id,
        username: change.username.name,
      });
    }
    return this.byId(change.user_id) as StoredAccount;
  }

  setPasswordHash(userId: Id, hash: string): void {
    this.#db.run('UPDATE accounts SET password_hash = ? WHERE id = ?', hash, userId);
  }

  /** They signed in, or renewed a session. */
  seen(userId: Id, at: number): void {
    this.#db.run('UPDATE accounts SET last_seen_at = ? WHERE id = ?', at, userId);
  }

  #one(column: 'id' | 'username_key' | 'email_key', value: string): StoredAccount | null {
    const row = this.#db.get(`SELECT * FROM accounts WHERE ${column} = ? AND deleted_at IS NULL`, value);
    return row === undefined ? null : toAccount(row);
  }
}

/** A password that was checked a moment ago may have been changed since, by its owner or by a reset. */
export function requireProof(account: StoredAccount, proven: string | null): void {
  if (account.password_hash !== proven) throw new StoreRefusal('BAD_CREDENTIALS');
}

export function toAccount(row: Row): StoredAccount {
  return {
    id: row.id as Id,
    username: row.username as string,
    email: row.email as string | null,
    display_name: row.display_name as string,
    password_hash: row.password_hash as string | null,
    is_admin: row.is_admin === 1,
    suspended: row.suspended_at !== null,
    deleted: row.deleted_at !== null,
    created_at: Number(row.created_at),
    last_seen_at: row.last_seen_at as number | null,
  };
}
