/**
 * The log (design section 1): the one place where something becomes true. `append` answers after the commit reached
 * the disk; whoever listens hears of it once, in order, from the log and from nobody else.
 */
import type { Id, RefusalCode } from '@snug/protocol';
import type { Guard, LogEvent, NewEvent } from './envelope.ts';
import type { SqlValue } from './rows.ts';

/** One command's events, all or none. */
export interface Append {
  readonly actor: Id;
  /** ms since 1970. */
  readonly at: number;
  readonly trace: string;
  readonly nonce?: string | undefined;
  /** Which of the events carries the nonce: the first, where it is left out. */
  readonly nonceAt?: number | undefined;
  readonly origin?: 'import';
  readonly events: readonly NewEvent[];
  readonly guards: readonly Guard[];
  /** Of the appends with this key that still wait, only the one of the highest rank is written (E23). */
  readonly replaces?: { readonly key: string; readonly rank: number } | undefined;
}

export type AppendResult =
  | { readonly kind: 'committed'; readonly events: readonly LogEvent[] }
  /** The nonce is known: the event that carries it. */
  | { readonly kind: 'duplicate'; readonly position: number }
  /** `retry_after`: seconds, where it ends by itself. */
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly retry_after?: number }
  /** The authority the decision read has changed: decide again. */
  | { readonly kind: 'stale' };

/** A read: SQL that both engines understand, with `?` for parameters. */
export interface Query<T> {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  readonly map: (rows: SqlRow[]) => T;
}
export type SqlRow = Record<string, SqlValue>;

export type Queries = Record<string, Query<unknown>>;
export type NoQueries = Record<never, never>;
export type Answers<Q extends Queries> = { [K in keyof Q]: Q[K] extends Query<infer T> ? T : never };

export interface Stamped<T> {
  /** The log's head as this read saw it (E6). */
  readonly position: number;
  readonly value: T;
}

/** Rows a read of the log gives. */
export interface StoredEvent {
  readonly position: number;
  readonly scope: string;
  readonly type: string;
  readonly v: number;
  readonly subject: Id;
  readonly actor: Id;
  readonly at: number;
  readonly trace: string;
  readonly nonce: string | null;
  readonly batch: number;
  readonly origin: string | null;
  readonly body: string;
}

export interface LogReader {
  /**
   * Several queries in one read transaction, with the head they saw (E6). `more` asks in the same transaction what
   * depends on the first answers, and `last` what depends on those.
   */
  read<Q extends Queries, M extends Queries = NoQueries, L extends Queries = NoQueries>(
    queries: Q,
    more?: (answers: Answers<Q>) => M,
    last?: (answers: Answers<Q> & Answers<M>) => L,
  ): Promise<Stamped<Answers<Q> & Answers<M> & Answers<L>>>;
  /** Positions of events in these scopes in (after, upTo], rising, at most `limit`. */
  positions(scopes: readonly string[], after: number, upTo: number, limit: number): Promise<number[]>;
  /** The events at these positions, rising. */
  events(positions: readonly number[]): Promise<StoredEvent[]>;
  /** Ranges of positions that exist, for cursors from before a restore (E8). */
  epochs(): Promise<readonly { first: number; last: number | null }[]>;
}

export type BatchListener = (events: readonly LogEvent[]) => void;

export interface Log extends LogReader {
  append(append: Append): Promise<AppendResult>;
  /** Called once per commit, in one turn: fold, dispatch; acknowledgements follow it (E14). */
  onBatch(listener: BatchListener): void;
  /** Position of the last event announced. */
  readonly tail: number;
  /** Appends that wait, for limits and `/metrics`. */
  readonly pending: number;
  /** Removes what erasure left in the write-ahead log (E25). False if somebody still reads there: try again. */
  scrub(): Promise<boolean>;
  close(): Promise<void>;
}
