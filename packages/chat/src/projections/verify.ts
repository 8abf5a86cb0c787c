/** `snug log verify`: rebuilds every projection in a scratch database and compares row by row (design section 2). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { TableSpec } from '../log/rows.ts';
import { PROJECTIONS } from './index.ts';
import { buildProjections } from './rebuild.ts';

export interface VerifyReport {
  readonly equal: boolean;
  /** Events read, and the log's head. */
  readonly events: number;
  readonly head: number;
  /** Positions that should be there and are not. */
  readonly gaps: number;
  /** SQLite's own check of the file; 'ok' when sound. */
  readonly integrity: string;
  /** Events that the index by scope does not lead to, and entries of it that lead nowhere. */
  readonly index: { readonly missing: number; readonly unexpected: number };
  readonly tables: readonly { name: string; rows: number; missing: number; unexpected: number }[];
}

const INDEX_DIFFERENCE = `SELECT
  (SELECT count(*) FROM events LEFT JOIN scope_index USING (scope, position)
   WHERE events.position <= (SELECT position FROM indexed) AND scope_index.position IS NULL) AS missing,
  (SELECT count(*) FROM scope_index LEFT JOIN events USING (position)
   WHERE events.scope IS NOT scope_index.scope OR scope_index.position > (SELECT position FROM indexed)) AS unexpected`;

export function verifyLog(file: string, progress: (position: number, head: number) => void = () => {}): VerifyReport {
  const scratch = mkdtempSync(join(tmpdir(), 'snug-verify-'));
  const live = new DatabaseSync(file, { readOnly: true });
  try {
    // One read transaction: a running instance may go on writing meanwhile.
    live.exec('BEGIN');
    const copy = join(scratch, 'verify.db');
    const into = new DatabaseSync(copy);
    into.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
    into.exec('BEGIN');
    const { head, events } = live
      .prepare('SELECT coalesce(max(position), 0) AS head, count(*) AS events FROM events')
      .get() as {
      head: number;
      events: number;
    };
    buildProjections(live, into, PROJECTIONS, (position) => progress(position, head));
    into.exec('COMMIT');
    into.close();
    const { integrity_check: integrity } = live.prepare('PRAGMA integrity_check(1)').get() as {
      integrity_check: string;
    };
    const expected = (
      live
        .prepare('SELECT coalesce(sum(coalesce(last, ?) - first + 1), 0) AS n FROM epochs WHERE first <= ?')
        .get(head, head) as { n: number }
    ).n;
    const tables = PROJECTIONS.flatMap((projection) => projection.tables).map((table) => compare(live, copy, table));
    const index = live.prepare(INDEX_DIFFERENCE).get() as { missing: number; unexpected: number };
    const equal =
      integrity === 'ok' &&
      events === expected &&
      [index, ...tables].every(({ missing, unexpected }) => missing + unexpected === 0);
    return { equal, events, head, gaps: expected - events, integrity, index: { ...index }, tables };
  } finally {
    live.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Reads both sides in key order side by side, so that memory stays flat whatever the size. */
function compare(live: DatabaseSync, copy: string, table: TableSpec): VerifyReport['tables'][number] {
  const rebuilt = new DatabaseSync(copy, { readOnly: true });
  try {
    const columns = Object.keys(table.columns)
      .map((name) => `"${name}"`)
      .join(', ');
    const sql = `SELECT json_array(${columns}) AS row FROM "${table.name}" ORDER BY ${table.key.map((name) => `"${name}"`).join(', ')}`;
    const left = live.prepare(sql).iterate() as Iterator<{ row: string }>;
    const right = rebuilt.prepare(sql).iterate() as Iterator<{ row: string }>;
    return { name: table.name, ...difference(left, right) };
  } finally {
    rebuilt.close();
  }
}

function difference(live: Iterator<{ row: string }>, rebuilt: Iterator<{ row: string }>) {
  const unmatchedLive = new Set<string>();
  const unmatchedRebuilt = new Set<string>();
  let rows = 0;
  for (let a = live.next(), b = rebuilt.next(); !(a.done && b.done); a = live.next(), b = rebuilt.next()) {
    if (!a.done) rows += 1;
    if (!a.done && !b.done && a.value.row === b.value.row) continue;
    if (!a.done && !unmatchedRebuilt.delete(a.value.row)) unmatchedLive.add(a.value.row);
    if (!b.done && !unmatchedLive.delete(b.value.row)) unmatchedRebuilt.add(b.value.row);
  }
  return { rows, missing: unmatchedRebuilt.size, unexpected: unmatchedLive.size };
}
