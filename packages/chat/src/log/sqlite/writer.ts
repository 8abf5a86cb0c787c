/**
 * The only writer of the log: one transaction per batch, positions in commit order, guards before rows, projections
 * beside the events they come from. It runs in a worker thread so that no disk ever holds up the event loop.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { EventType } from '@snug/protocol';
import { project } from '../../projections/index.ts';
import { authorityKeys, type Guard, type LogEvent, type Scope } from '../envelope.ts';
import { blank, type Erasure, erasureOf } from '../erase.ts';
import { Guards, Operations } from './statements.ts';

/** scope, type, v, subject, body as JSON. */
export type WireEvent = readonly [Scope, EventType, number, string, string];

/** One command on its way to the writer; arrays, because structured cloning likes them. */
export type WireAppend = readonly [
  actor: string,
  at: number,
  trace: string,
  nonce: string | null,
  origin: 'import' | null,
  guards: readonly Guard[],
  events: readonly WireEvent[],
];

/** What became of one command: its first position, the position that already has its nonce (negative), or a code. */
export type WireOutcome = number | string;

export interface WireResult {
  /** First position of the batch. */
  readonly batch: number;
  readonly outcomes: readonly WireOutcome[];
}

export class Writer {
  readonly #db: DatabaseSync;
  readonly #operations: Operations;
  readonly #guards: Guards;
  readonly #insert: StatementSync;
  readonly #byNonce: StatementSync;
  readonly #erasing: ErasureStatements;
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
    this.#head = (db.prepare('SELECT coalesce(max(position), 0) AS head FROM events').get() as { head: number }).head;
  }

  /** Commits a batch. A failure nobody foresaw is retried one command at a time, so that one cannot fail the rest (E15). */
  commit(appends: readonly WireAppend[]): WireResult {
    const batch = this.#head + 1;
    try {
      return { batch, outcomes: this.#transaction(appends) };
    } catch (error) {
      if (isDiskFailure(error) || appends.length === 1) throw error;
    }
    const outcomes = appends.map((append): WireOutcome => {
      try {
        return this.#transaction([append])[0] as WireOutcome;
      } catch (error) {
        if (isDiskFailure(error)) throw error;
        return 'INTERNAL';
      }
    });
    return { batch, outcomes };
  }

  /** Erased words must not linger in the write-ahead log (E25). */
  scrub(): void {
    this.#db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  get head(): number {
    return this.#head;
  }

  #transaction(appends: readonly WireAppend[]): WireOutcome[] {
    const before = this.#head;
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const outcomes = appends.map((append) => this.#append(append, before + 1));
      this.#db.exec('COMMIT');
      return outcomes;
    } catch (error) {
      this.#head = before;
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #append(append: WireAppend, batch: number): WireOutcome {
    const [actor, at, trace, nonce, origin, guards, events] = append;
    const refusal = this.#guards.check(guards);
    if (refusal !== null) return (nonce === null ? undefined : this.#known(actor, nonce)) ?? refusal;
    const first = this.#head + 1;
    for (const [index, wire] of events.entries()) {
      const [scope, type, v, subject, json] = wire;
      const position = this.#head + 1;
      const ownNonce = index === 0 ? nonce : null;
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
      this.#erase(type, scope, body);
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

  #erase(type: EventType, scope: Scope, body: unknown): void {
    const erasure = erasureOf(type, scope, body);
    if (erasure !== null) this.#erasing.run(erasure);
  }
}

interface ErasableRow {
  readonly position: number;
  readonly type: string;
  readonly body: string;
}

class ErasureStatements {
  readonly #ofMessage: StatementSync;
  readonly #ofRange: StatementSync;
  readonly #blank: StatementSync;

  constructor(db: DatabaseSync) {
    this.#ofMessage = db.prepare(
      `SELECT position, type, body FROM events WHERE position = (SELECT position FROM messages WHERE channel_id = ?1 AND id = ?2)
       UNION ALL SELECT position, type, body FROM events WHERE subject = ?2 AND type = 'MESSAGE_UPDATE'`,
    );
    this.#ofRange = db.prepare(
      'SELECT position, type, body FROM events WHERE scope = ? AND position > ? AND position <= ? ORDER BY position LIMIT 1000',
    );
    this.#blank = db.prepare('UPDATE events SET body = ? WHERE position = ?');
  }

  run(erasure: Erasure): void {
    if (erasure.kind === 'message') {
      this.#blankAll(this.#ofMessage.all(erasure.channel_id, erasure.id) as unknown as ErasableRow[]);
      return;
    }
    for (let after = erasure.after; ; ) {
      const rows = this.#ofRange.all(erasure.scope, after, erasure.upTo) as unknown as ErasableRow[];
      this.#blankAll(rows);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = last.position;
    }
  }

  #blankAll(rows: readonly ErasableRow[]): void {
    for (const row of rows) {
      const body = blank(row.type, row.body);
      if (body !== null) this.#blank.run(body, row.position);
    }
  }
}

/** SQLite's codes for a disk that failed or is full: nothing after it can be trusted. */
function isDiskFailure(error: unknown): boolean {
  const code = (error as { errcode?: number }).errcode;
  const primary = code === undefined ? undefined : code & 0xff;
  return primary === 10 || primary === 11 || primary === 13 || primary === 14 || primary === 26;
}
