/** What administrators do to accounts, inside a transaction: every check that must hold exactly is made here. */
import type { Id, MessageFate } from '@snug/protocol';
import type { AccountQuery, Act, Acted, OwnAct } from '../admin-store.ts';
import type { StoredAccount } from '../auth-store.ts';
import { StoreRefusal } from '../store-refusal.ts';
import { type AccountRows, requireProof, toAccount } from './account-rows.ts';
import type { AuditRows } from './audit-rows.ts';
import type { FeedRows } from './feed-rows.ts';
import type { Database } from './open-database.ts';
import type { PasswordResetRows } from './password-reset-rows.ts';
import type { SessionRows } from './session-rows.ts';

export interface AdminRowsOptions {
  db: Database;
  accounts: AccountRows;
  sessions: SessionRows;
  resets: PasswordResetRows;
  feed: FeedRows;
  audit: AuditRows;
}

const STATES = {
  active: 'suspended_at IS NULL AND deleted_at IS NULL',
  suspended: 'suspended_at IS NOT NULL',
  deleted: 'deleted_at IS NOT NULL',
} as const;

/** Above every character that a name can hold, in the order of UTF-8. */
const LAST_CHARACTER = '\u{10FFFF}';

export class AdminRows {
  readonly #options: AdminRowsOptions;

  constructor(options: AdminRowsOptions) {
    this.#options = options;
  }

  /** @throws StoreRefusal NOT_AN_ADMIN */
  requireAdmin({ actor_id }: Act): void {
    if (actor_id === null) return;
    const actor = this.#options.accounts.byId(actor_id);
    if (actor === null || !actor.is_admin || actor.suspended) throw new StoreRefusal('NOT_AN_ADMIN');
  }

  /** @throws StoreRefusal NOT_AN_ADMIN, UNKNOWN_USER */
  target(userId: Id, act: Act): StoredAccount {
    this.requireAdmin(act);
    const account = this.#options.accounts.byId(userId);
    if (account === null) throw new StoreRefusal('UNKNOWN_USER');
    return account;
  }

  list({ prefix, state, after, limit }: AccountQuery): StoredAccount[] {
    const conditions: string[] = [];
    const values: string[] = [];
    if (state !== null) conditions.push(STATES[state]);
    if (prefix !== null) {
      const end = prefix + LAST_CHARACTER;
      conditions.push(
        'deleted_at IS NULL AND ((username_key >= ? AND username_key < ?) OR (email_key >= ? AND email_key < ?))',
      );
      values.push(prefix, end, prefix, end);
    }
    if (after !== null) {
      conditions.push('id > ?');
      values.push(after);
    }
    const where = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
    const rows = this.#options.db.all(`SELECT * FROM accounts ${where} ORDER BY id LIMIT ?`, ...values, limit);
    return rows.map(toAccount);
  }

  ofAnyState(userId: Id): StoredAccount | null {
    const row = this.#options.db.get('SELECT * FROM accounts WHERE id = ?', userId);
    return row === undefined ? null : toAccount(row);
  }

  suspend(userId: Id, act: Act): Acted {
    const { db, feed, audit, resets } = this.#options;
    const account = this.target(userId, act);
    if (act.actor_id === userId) throw new StoreRefusal('NOT_YOURSELF');
    if (account.suspended) return { account, changed: false };
    this.#requireAnotherAdmin(account);
    db.run('UPDATE accounts SET suspended_at = ? WHERE id = ?', act.at, userId);
    resets.dropMadeBy(userId);
    feed.append({ at: act.at, kind: 'account_suspended', user_id: userId });
    audit.append(act, { action: 'user.suspend', target_id: userId });
    return this.#acted(userId);
  }

  restore(userId: Id, act: Act): Acted {
    const { db, feed, audit, sessions } = this.#options;
    const account = this.target(userId, act);
    if (!account.suspended) return { account, changed: false };
    db.run('UPDATE accounts SET suspended_at = NULL WHERE id = ?', userId);
    // Only now, so that until here the sessions heard why they were refused; and before the entry that lets in again.
    sessions.endAll(userId, act.at);
    feed.append({ at: act.at, kind: 'account_restored', user_id: userId });
    audit.append(act, { action: 'user.restore', target_id: userId });
    return this.#acted(userId);
  }

  setAdmin(userId: Id, isAdmin: boolean, act: Act): Acted {
    const { db, feed, audit, resets } = this.#options;
    const account = this.target(userId, act);
    if (account.is_admin === isAdmin) return { account, changed: false };
    if (!isAdmin) this.#requireAnotherAdmin(account);
    db.run('UPDATE accounts SET is_admin = ? WHERE id = ?', isAdmin ? 1 : 0, userId);
    if (!isAdmin) resets.dropMadeBy(userId);
    feed.append({ at: act.at, kind: 'admin_changed', user_id: userId, is_admin: isAdmin });
    audit.append(act, { action: isAdmin ? 'user.promote' : 'user.demote', target_id: userId });
    return this.#acted(userId);
  }

  /** The row stays, so that the id is never anybody else's and the audit still names it. */
  remove(userId: Id, messages: MessageFate, by: Act | OwnAct): void {
    const { db, feed, audit, resets, sessions } = this.#options;
    const { at } = by;
    const account = 'password_hash' in by ? this.#own(userId, by) : this.target(userId, by);
    if ('actor_id' in by && by.actor_id === userId) throw new StoreRefusal('NOT_YOURSELF');
    this.#requireAnotherAdmin(account);
    // No username holds a colon, so the key is nobody's name.
    db.run(
      `UPDATE accounts SET username = '', username_key = 'deleted:' || id, email = NULL, email_key = NULL,
         display_name = '', password_hash = NULL, is_admin = 0, suspended_at = NULL, last_seen_at = NULL, deleted_at = ?
       WHERE id = ?`,
      at,
      userId,
    );
    resets.dropFor(userId);
    resets.dropMadeBy(userId);
    feed.forgetNames(userId);
    // First: live connections end because the account did, not because a session was revoked.
    feed.append({ at, kind: 'account_deleted', user_id: userId, messages });
    sessions.endAll(userId, at);
    if ('actor_id' in by) audit.append(by, { action: 'user.delete', target_id: userId, changes: { messages } });
  }

  #own(userId: Id, { password_hash }: OwnAct): StoredAccount {
    const account = this.#options.accounts.require(userId);
    if (account.suspended) throw new StoreRefusal('ACCOUNT_SUSPENDED');
    requireProof(account, password_hash);
    return account;
  }

  #requireAnotherAdmin(account: StoredAccount): void {
    if (!account.is_admin || account.suspended) return;
    const other = this.#options.db.get(
      'SELECT 1 FROM accounts WHERE is_admin = 1 AND suspended_at IS NULL AND id <> ? LIMIT 1',
      account.id,
    );
    if (other === undefined) throw new StoreRefusal('LAST_ADMIN');
  }

  #acted(userId: Id): Acted {
    return { account: this.#options.accounts.byId(userId) as StoredAccount, changed: true };
  }
}
