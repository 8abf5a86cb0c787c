/** Opens auth.db: private to its owner, durable, and at the schema this code knows. */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { MIGRATIONS } from './migrations.ts';

const BUSY_TIMEOUT_MS = 5000;

export type Row = Record<string, SQLOutputValue>;

/** A connection with its prepared statements; each SQL text is prepared once. */
export class Database {
  readonly #connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(connection: DatabaseSync) {
    this.#connection = connection;
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** How many rows it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  /** Runs `work` as one transaction: all of it, or nothing of it. */
  transaction<T>(work: () => T): T {
    this.#connection.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#connection.exec('COMMIT');
      return result;
    } catch (error) {
      // A failed COMMIT (disk full) may have rolled back by itself already.
      if (this.#connection.isTransaction) this.#connection.exec('ROLLBACK');
      throw error;
    }
  }

  /**
   * Empties the write-ahead log, where pages of before an erasure may still stand (E25). False when somebody else reads
   * it; not waited for, because everybody who signs in would wait too.
   */
  scrub(): boolean {
    this.#connection.exec('PRAGMA busy_timeout = 0');
    try {
      return this.#connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()?.busy === 0;
    } finally {
      this.#connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  get isOpen(): boolean {
    return this.#connection.isOpen;
  }

  close(): void {
    this.#connection.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.#connection.prepare(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

export function openDatabase(file: string): Database {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // SQLite gives -wal and -shm the mode of the main file, so that one must be right before they exist.
  closeSync(openSync(file, 'a', 0o600));
  chmodSync(file, 0o600);
  const connection = new DatabaseSync(file);
  try {
    configure(connection);
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return new Database(connection);
}

/**
 * For looking only, also while an instance runs on it.
 * @throws if there is none, or it is of another version
 */
export function openToRead(file: string): Database {
  const connection = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
  const version = schemaOf(connection);
  if (version === MIGRATIONS.length) return new Database(connection);
  connection.close();
  throw new Error(`auth.db has schema ${version}; this version of Snug reads ${MIGRATIONS.length}`);
}

function schemaOf(connection: DatabaseSync): number {
  return Number(connection.prepare('PRAGMA user_version').get()?.user_version);
}

/** Durable is asserted, not hoped for: a build with other defaults must not start (E16). */
function configure(connection: DatabaseSync): void {
  connection.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  expectPragma(connection, 'journal_mode', 'WAL', 'wal');
  expectPragma(connection, 'synchronous', 'FULL', 2);
  expectPragma(connection, 'secure_delete', 'ON', 1);
  expectPragma(connection, 'foreign_keys', 'ON', 1);
  connection.exec('PRAGMA journal_size_limit = 16777216');
}

function expectPragma(connection: DatabaseSync, name: string, value: string, expected: string | number): void {
  connection.exec(`PRAGMA ${name} = ${value}`);
  const actual = connection.prepare(`PRAGMA ${name}`).get()?.[name];
  if (actual !== expected) throw new Error(`auth.db: ${name} is ${String(actual)}, not ${String(expected)}`);
}

function migrate(connection: DatabaseSync): void {
  const version = schemaOf(connection);
  if (version > MIGRATIONS.length) {
    throw new Error(`auth.db has schema ${version}; this version of Snug knows ${MIGRATIONS.length}`);
  }
  for (const [index, step] of MIGRATIONS.entries()) {
    if (index < version) continue;
    connection.exec('BEGIN IMMEDIATE');
    connection.exec(step);
    connection.exec(`PRAGMA user_version = ${index + 1}`);
    connection.exec('COMMIT');
  }
}
