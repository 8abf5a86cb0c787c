/** Reads off the main thread's own read-only connection: short, prepared, and never open across an await (E14). */
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Answers, LogReader, NoQueries, Queries, SqlRow, Stamped, StoredEvent } from '../log.ts';

const HEAD = 'SELECT coalesce(max(position), 0) AS head FROM events';
const EVENT_COLUMNS = 'position, scope, type, v, subject, actor, at, trace, nonce, batch, origin, body';
const MAX_STATEMENTS = 500;

export class SqliteReader implements LogReader {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(file: string) {
    this.#db = new DatabaseSync(file, { readOnly: true });
    this.#db.exec('PRAGMA query_only = ON');
    this.#db.exec('PRAGMA busy_timeout = 5000');
    this.#db.exec('PRAGMA cache_size = -65536');
  }

  async read<Q extends Queries, M extends Queries = NoQueries, L extends Queries = NoQueries>(
    queries: Q,
    more?: (answers: Answers<Q>) => M,
    last?: (answers: Answers<Q> & Answers<M>) => L,
  ): Promise<Stamped<Answers<Q> & Answers<M> & Answers<L>>> {
    this.#db.exec('BEGIN');
    try {
      const { head } = this.#prepare(HEAD).get() as { head: number };
      const value = this.#answer(queries);
      if (more !== undefined) Object.assign(value, this.#answer(more(value)));
      if (last !== undefined) Object.assign(value, this.#answer(last(value as Answers<Q> & Answers<M>)));
      return { position: head, value: value as Answers<Q> & Answers<M> & Answers<L> };
    } finally {
      this.#db.exec('COMMIT');
    }
  }

  #answer<Q extends Queries>(queries: Q): Answers<Q> {
    const answers = Object.entries(queries).map(([name, { sql, params, map }]) => [
      name,
      map(this.#prepare(sql).all(...params) as SqlRow[]),
    ]);
    return Object.fromEntries(answers) as Answers<Q>;
  }

  async positions(scopes: readonly string[], after: number, upTo: number, limit: number): Promise<number[]> {
    // As the view `scope_positions`, but of what the index does not hold yet only what lies behind `after` is looked at.
    const sql = `SELECT position FROM scope_index
                   WHERE scope IN (SELECT value FROM json_each(?1)) AND position > ?2 AND position <= ?3
                 UNION ALL
                 SELECT position FROM events
                   WHERE position > max(?2, (SELECT position FROM indexed)) AND position <= ?3
                     AND scope IN (SELECT value FROM json_each(?1))
                 ORDER BY position LIMIT ?4`;
    const rows = this.#prepare(sql).all(JSON.stringify(scopes), after, upTo, limit) as { position: number }[];
    return rows.map((row) => row.position);
  }

  async events(positions: readonly number[]): Promise<StoredEvent[]> {
    const sql = `SELECT ${EVENT_COLUMNS} FROM events WHERE position IN (SELECT value FROM json_each(?)) ORDER BY position`;
    return this.#prepare(sql).all(JSON.stringify(positions)) as unknown as StoredEvent[];
  }

  async epochs(): Promise<{ first: number; last: number | null }[]> {
    return this.#prepare('SELECT first, last FROM epochs ORDER BY first').all() as unknown as {
      first: number;
      last: number | null;
    }[];
  }

  close(): void {
    this.#db.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear();
      statement = this.#db.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}
