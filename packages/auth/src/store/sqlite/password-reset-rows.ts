/** One-time password resets: at most one an account, and only the hash of its token. */
import type { Id } from '@snug/protocol';
import type { NewPasswordReset } from '../admin-store.ts';
import { StoreRefusal } from '../store-refusal.ts';
import type { Database } from './open-database.ts';

export class PasswordResetRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  replace(reset: NewPasswordReset, createdBy: Id | null, at: number): void {
    this.#db.run(
      `INSERT OR REPLACE INTO password_resets (user_id, token_hash, created_by, created_at, expires_at)
       VALUES (?, ?, ?, ?, ?)`,
      reset.user_id,
      reset.token_hash,
      createdBy,
      at,
      reset.expires_at,
    );
  }

  /** Whose it is; null when there is none, or its time is over. */
  ownerOf(tokenHash: string, at: number): Id | null {
    const row = this.#db.get(
      'SELECT user_id FROM password_resets WHERE token_hash = ? AND expires_at > ?',
      tokenHash,
      at,
    );
    return (row?.user_id ?? null) as Id | null;
  }

  /** @throws StoreRefusal RESET_INVALID */
  take(tokenHash: string, at: number): Id {
    const owner = this.ownerOf(tokenHash, at);
    if (owner === null) throw new StoreRefusal('RESET_INVALID');
    this.dropFor(owner);
    return owner;
  }

  dropFor(userId: Id): void {
    this.#db.run('DELETE FROM password_resets WHERE user_id = ?', userId);
  }

  /** Whoever may administer no more holds no keys to other people's accounts either. */
  dropMadeBy(userId: Id): void {
    this.#db.run('DELETE FROM password_resets WHERE created_by = ?', userId);
  }

  sweep(at: number): void {
    this.#db.run('DELETE FROM password_resets WHERE expires_at <= ?', at);
  }
}
