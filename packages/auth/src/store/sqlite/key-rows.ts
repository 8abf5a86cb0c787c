/** Signing keys and the instance's own secrets, inside a transaction. */
import type { StoredKey } from '../auth-store.ts';
import type { Database } from './open-database.ts';

export class KeyRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  /** The value of that name, which the first caller decides. */
  keepMeta(name: string, candidate: string): string {
    this.#db.run('INSERT OR IGNORE INTO meta (name, value) VALUES (?, ?)', name, candidate);
    return this.#db.get('SELECT value FROM meta WHERE name = ?', name)?.value as string;
  }

  list(): StoredKey[] {
    return this.#db.all('SELECT * FROM signing_keys ORDER BY created_at DESC, kid').map((row) => ({
      kid: row.kid as string,
      algorithm: row.algorithm as StoredKey['algorithm'],
      private_jwk: row.private_jwk as string,
      public_jwk: row.public_jwk as string,
      created_at: Number(row.created_at),
      retired_at: row.retired_at as number | null,
    }));
  }

  add(key: StoredKey): void {
    this.#db.run('UPDATE signing_keys SET retired_at = ? WHERE retired_at IS NULL', key.created_at);
    this.#db.run(
      'INSERT INTO signing_keys (kid, algorithm, private_jwk, public_jwk, created_at) VALUES (?, ?, ?, ?, ?)',
      key.kid,
      key.algorithm,
      key.private_jwk,
      key.public_jwk,
      key.created_at,
    );
  }

  sweep(retiredBefore: number): void {
    this.#db.run('DELETE FROM signing_keys WHERE retired_at < ?', retiredBefore);
  }
}
