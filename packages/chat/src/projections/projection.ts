/** A projection: a fold of the log into tables, as a pure function from an event to row operations (E11). */
import type { EventType } from '@snug/protocol';
import type { LogEventOf } from '../log/envelope.ts';
import type { RowOperation, TableSpec } from '../log/rows.ts';

export interface Projection {
  readonly name: string;
  /** Grows when tables or folds change: the projection is rebuilt at the next start, before ready (E1). */
  readonly version: number;
  readonly tables: readonly TableSpec[];
  readonly on: { readonly [T in EventType]?: (event: LogEventOf<T>) => RowOperation[] };
}
