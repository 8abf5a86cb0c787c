/** Builds projections from the log: at start for those whose version changed, in a scratch database for verify. */
import type { DatabaseSync } from 'node:sqlite';
import type { LogEvent } from '../log/envelope.ts';
import type { StoredEvent } from '../log/log.ts';
import type { RowOperation } from '../log/rows.ts';
import { createTableSql, dropTableSql } from '../log/sqlite/schema.ts';
import { Operations } from '../log/sqlite/statements.ts';
import { upcast } from '../log/upcast.ts';
import { PROJECTIONS } from './index.ts';
import type { Projection } from './projection.ts';

const PAGE = 1000;

/** Rebuilds what is out of date and says which; an instance of the current version does nothing here. */
export function rebuildOutdated(db: DatabaseSync): string[] {
  const known = new Map(
    (db.prepare('SELECT name, version FROM projections').all() as { name: string; version: number }[]).map((row) => [
      row.name,
      row.version,
    ]),
  );
  const outdated = PROJECTIONS.filter((projection) => known.get(projection.name) !== projection.version);
  if (outdated.length === 0) return [];
  db.exec('BEGIN IMMEDIATE');
  try {
    for (const { tables } of outdated) for (const table of tables) db.exec(dropTableSql(table));
    buildProjections(db, db, outdated);
    const record = db.prepare(
      'INSERT INTO projections VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET version = excluded.version',
    );
    for (const { name, version } of outdated) record.run(name, version);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
  return outdated.filter(({ name }) => known.has(name)).map(({ name }) => name);
}

/** Creates the tables of `projections` in `into` and folds the whole log of `from` into them. */
export function buildProjections(
  from: DatabaseSync,
  into: DatabaseSync,
  projections: readonly Projection[],
  progress: (position: number) => void = () => {},
): void {
  for (const { tables } of projections)
    for (const table of tables) for (const sql of createTableSql(table)) into.exec(sql);
  const operations = new Operations(into);
  const page = from.prepare('SELECT * FROM events WHERE position > ? ORDER BY position LIMIT ?');
  let position = 0;
  for (;;) {
    const rows = page.all(position, PAGE) as unknown as StoredEvent[];
    if (rows.length === 0) return;
    for (const row of rows) {
      const event = upcast(row);
      if (event !== null) for (const operation of projectWith(projections, event)) operations.run(operation);
    }
    position = (rows.at(-1) as StoredEvent).position;
    progress(position);
  }
}

function projectWith(projections: readonly Projection[], event: LogEvent): RowOperation[] {
  return projections.flatMap(({ on }) => {
    const fold = on[event.type] as ((event: LogEvent) => RowOperation[]) | undefined;
    return fold === undefined ? [] : fold(event);
  });
}
