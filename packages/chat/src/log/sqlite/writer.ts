/**
 * The only writer of the log: one transaction per batch, positions in commit order, guards before rows, projections
 * beside the events they come from. It runs in a worker thread so that no disk ever holds up the event loop.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventType } from '@snug/protocol';
import { project } from '../../projections/index.ts';
import { authorityKeys, type LogEvent } from '../envelope.ts';
import { erasureOf } from '../erase.ts';
import { ErasureStatements } from './erasure-statements.ts';
import { BUSY_TIMEOUT_MS } from './schema.ts';
import { ScopeIndex } from './scope-index.ts';
import { Guards, Operations } from './statements.ts';
import type { WireAppend } from './wire.ts';

/** What became of one command: its first position, the position that already has its nonce (negative), or a code. */
export type WireOutcome = number | string;

export interface WireResult {
  /** First position of the batch. */
  readonly batch: number;
  readonly outcomes: readonly WireOutcome[];
  /** Why commands failed that nobody expected to: for the log, not for those who asked. */
  readonly faults: readonly string[];
}

const SCRUB_PATIENCE_MS = 250;

export class Writer {
  readonly #db: DatabaseSync;
  readonly #operations: Operations;
  readonly #guards: Guards;
  readonly #insert: StatementSync;
  readonly #byNonce: StatementSync;
  readonly #erasing: ErasureStatements;
  readonly #scopes: ScopeIndex;
  #head: number;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.#operations = new Operations(db);
    this.#guards = new Guards(db);
    this.#insert = db.prepare(
      `INSERT INTO events (position, scope, type, v, subject, actor, at, trace, nonce, batch, origin, body)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (nonce, actor) WHERE nonce IS NOT NULL DO NOTHING`,
    );
    this.#byNonce = db.prepare('SELECT position FROM events WHERE actor = ? AND nonce = ?');
    this.#erasing = new ErasureStatements(db);
    this.#scopes = new ScopeIndex(db);
    this.#head = (db.prepare('SELECT coalesce(max(position), 0) AS head FROM events').get() as { head: number }).head;
  }

  /** Commits a batch. A failure nobody foresaw is retried one command at a time, so that one cannot fail the rest (E15). */
  commit(appends: readonly WireAppend[]): WireResult {
    const batch = this.#head + 1;
    try {
      return { batch, outcomes: this.#transaction(appends), faults: [] };
    } catch (error) {
      if (isDiskFailure(error)) throw error;
      if (appends.length === 1) return { batch, outcomes: ['INTERNAL'], faults: [reasonOf(error)] };
    }
    const faults: string[] = [];
    const outcomes = appends.map((append): WireOutcome => {
      try {
        return this.#transaction([append])[0] as WireOutcome;
      } catch (error) {
        if (isDiskFailure(error)) throw error;
        faults.push(reasonOf(error));
        return 'INTERNAL';
      }
    });
    return { batch, outcomes, faults };
  }

  /**
   * Erased words must not linger in the write-ahead log (E25). False if a reader of another process, such as a backup
   * or `log verify`, still needs it: the commits behind this must not wait for that one.
   */
  scrub(): boolean {
    this.#db.exec(`PRAGMA busy_timeout = ${SCRUB_PATIENCE_MS}`);
    try {
      const { busy } = this.#db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
      return busy === 0;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  get head(): number {
    return this.#head;
  }

  #transaction(appends: readonly WireAppend[]): WireOutcome[] {
    const before = this.#head;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = appends.map((append) => this.#append(append, before + 1));
      this.#scopes.follow(this.#head);
      this.#db.exec('COMMIT');
      this.#scopes.settle(true);
      this.#guards.settle(true);
      return outcomes;
    } catch (error) {
      this.#head = before;
      this.#scopes.settle(false);
      this.#guards.settle(false);
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #append(append: WireAppend, batch: number): WireOutcome {
    const { actor, at, trace, nonce, nonceAt, origin, guards, events } = append;
    const refusal = this.#guards.check(guards);
    if (refusal !== null) return (nonce === null ? undefined : this.#known(actor, nonce)) ?? refusal;
    // Nothing of a known command is written: where its nonce comes later, it is looked up before the rest goes in.
    const known = nonce !== null && nonceAt > 0 ? this.#known(actor, nonce) : undefined;
    if (known !== undefined) return known;
    const first = this.#head + 1;
    for (const [index, { scope, type, v, subject, json }] of events.entries()) {
      const position = this.#head + 1;
      const ownNonce = index === nonceAt ? nonce : null;
      const { changes } = this.#insert.run(
        position,
        scope,
        type,
        v,
        subject,
        actor,
        at,
        trace,
        ownNonce,
        batch,
        origin,
        json,
      );
      if (changes === 0) return this.#known(actor, nonce as string) as number;
      this.#head = position;
      const body: unknown = JSON.parse(json);
      const event = { position, scope, type, v, subject, actor, at, trace, nonce: ownNonce, batch, origin, body, json };
      this.#erase(type, body);
      for (const operation of project(event as LogEvent)) this.#operations.run(operation);
      const keys = authorityKeys(event as LogEvent);
      if (keys.length > 0) this.#guards.authorityChanged(keys, position);
    }
    return first;
  }

  /** A known nonce comes before every refusal (E13): where its event lies, negative. */
  #known(actor: string, nonce: string): number | undefined {
    const row = this.#byNonce.get(actor, nonce) as { position: number } | undefined;
    return row === undefined ? undefined : -row.position;
  }

  #erase(type: EventType, body: unknown): void {
    const erasure = erasureOf(type, body);
    if (erasure !== null) this.#erasing.run(erasure);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** SQLite's codes for a disk that failed or is full: nothing after it can be trusted. */
function isDiskFailure(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  const primary = code === undefined ? undefined : code & 0xff;
  return primary === 10 || primary === 11 || primary === 13 || primary === 14 || primary === 26;
}
