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
    if (account.is_admin) this.#db.run('DELETE FROM first_start');
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

  byId(id: Id): StoredAccount | null {
    return toAccount(this.#db.get('SELECT * FROM accounts WHERE id = ?', id));
  }

  byUsername(key: string): StoredAccount | null {
    return toAccount(this.#db.get('SELECT * FROM accounts WHERE username_key = ?', key));
  }

  byEmail(key: string): StoredAccount | null {
    return toAccount(this.#db.get('SELECT * FROM accounts WHERE email_key = ?', key));
  }

  update(change: AccountChange): StoredAccount {
    const before = this.byId(change.user_id);
    if (before === null) throw new StoreRefusal('UNKNOWN_USER');
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

  /** False when it was so already, or there is no such account. */
  setSuspended(userId: Id, suspended: boolean, at: number): boolean {
    const changed = suspended
      ? this.#db.run('UPDATE accounts SET suspended_at = ? WHERE id = ? AND suspended_at IS NULL', at, userId)
      : this.#db.run('UPDATE accounts SET suspended_at = NULL WHERE id = ? AND suspended_at IS NOT NULL', userId);
    if (changed === 0) return false;
    this.#feed.append({ at, kind: suspended ? 'account_suspended' : 'account_restored', user_id: userId });
    return true;
  }
}

function toAccount(row: Row | undefined): StoredAccount | null {
  if (row === undefined) return null;
  return {
    id: row.id as Id,
    username: row.username as string,
    email: row.email as string | null,
    display_name: row.display_name as string,
    password_hash: row.password_hash as string | null,
    is_admin: row.is_admin === 1,
    suspended: row.suspended_at !== null,
    created_at: Number(row.created_at),
  };
}
