/** The feed's table (E32): append-only, and the entries of the transaction that is running. */
import type { FeedEntry, Id, MessageFate } from '@snug/protocol';
import type { Database, Row } from './open-database.ts';

export class FeedRows {
  readonly #db: Database;
  #pending: FeedEntry[] = [];

  constructor(db: Database) {
    this.#db = db;
  }

  append(entry: Omit<FeedEntry, 'seq'>): void {
    const row = this.#db.get(
      `INSERT INTO feed (at, kind, user_id, session_id, username, is_admin, messages)
       VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *`,
      entry.at,
      entry.kind,
      entry.user_id,
      entry.session_id ?? null,
      entry.username ?? null,
      entry.is_admin === undefined ? null : Number(entry.is_admin),
      entry.messages ?? null,
    );
    this.#pending.push(toEntry(row as Row));
  }

  /** The names of an account that ends go out of the past too (E25); the entries stay, for their numbers count. */
  forgetNames(userId: Id): void {
    this.#db.run('UPDATE feed SET username = NULL WHERE user_id = ? AND username IS NOT NULL', userId);
  }

  /** What the last transaction appended; asked for after its commit, and after a rollback to forget it. */
  take(): FeedEntry[] {
    const entries = this.#pending;
    this.#pending = [];
    return entries;
  }

  read(since: number, limit: number): { entries: FeedEntry[]; head: number } {
    const entries = this.#db.all('SELECT * FROM feed WHERE seq > ? ORDER BY seq LIMIT ?', since, limit).map(toEntry);
    const head = this.#db.get('SELECT coalesce(max(seq), 0) AS head FROM feed');
    return { entries, head: Number(head?.head) };
  }
}

function toEntry(row: Row): FeedEntry {
  return {
    seq: Number(row.seq),
    at: Number(row.at),
    kind: row.kind as FeedEntry['kind'],
    user_id: row.user_id as Id,
    ...(row.session_id === null ? {} : { session_id: row.session_id as Id }),
    ...(row.username === null ? {} : { username: row.username as string }),
    ...(row.is_admin === null ? {} : { is_admin: row.is_admin === 1 }),
    ...(row.messages === null ? {} : { messages: row.messages as MessageFate }),
  };
}
