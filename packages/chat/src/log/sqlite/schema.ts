/** The log's own tables, and DDL from table specs. */
import type { DatabaseSync } from 'node:sqlite';
import type { TableSpec } from '../rows.ts';

/**
 * The nonce comes first in its index: nonces that begin with a time, as our clients make them, then touch the same
 * page, while an index by actor touches another page for every sender of a batch (a third of the cost of a send).
 *
 * The index by scope is written behind, for the same reason: `scope_index` holds every event up to `indexed`, and the
 * few above it are found by looking at each. Both together are the view `scope_positions` (RFD-0006).
 *
 * Migrations of the log itself; projections are rebuilt instead (E1). Append only, never edit.
 */
const MIGRATIONS: readonly string[] = [
  `CREATE TABLE events (
     position INTEGER PRIMARY KEY,
     scope TEXT NOT NULL,
     type TEXT NOT NULL,
     v INTEGER NOT NULL,
     subject TEXT NOT NULL,
     actor TEXT NOT NULL,
     at INTEGER NOT NULL,
     trace TEXT NOT NULL,
     nonce TEXT,
     batch INTEGER NOT NULL,
     origin TEXT,
     body TEXT NOT NULL
   ) STRICT;
   CREATE INDEX events_scope ON events (scope, position);
   CREATE UNIQUE INDEX events_nonce ON events (nonce, actor) WHERE nonce IS NOT NULL;
   CREATE INDEX events_edits ON events (subject) WHERE type = 'MESSAGE_UPDATE';
   CREATE TABLE epochs (first INTEGER PRIMARY KEY, last INTEGER) STRICT;
   INSERT INTO epochs VALUES (1, NULL);
   CREATE TABLE projections (name TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT;`,
  `CREATE INDEX events_people ON events (subject) WHERE type IN
     ('USER_CREATE', 'USER_UPDATE', 'MEMBER_ADD', 'MEMBER_UPDATE', 'RECIPIENT_ADD', 'RECIPIENT_UPDATE');`,
  `CREATE INDEX events_places ON events (subject) WHERE type IN ('CHANNEL_CREATE', 'CHANNEL_UPDATE');
   CREATE INDEX events_reports ON events (actor) WHERE type IN ('REPORT_CREATE', 'REPORT_UPDATE');`,
  `CREATE TABLE scope_index (scope TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (scope, position))
     STRICT, WITHOUT ROWID;
   INSERT INTO scope_index SELECT scope, position FROM events ORDER BY scope, position;
   DROP INDEX events_scope;
   CREATE TABLE indexed (position INTEGER NOT NULL) STRICT;
   INSERT INTO indexed SELECT coalesce(max(position), 0) FROM events;
   CREATE VIEW scope_positions AS
     SELECT scope, position FROM scope_index
     UNION ALL SELECT scope, position FROM events WHERE position > (SELECT position FROM indexed);`,
];

/** Names of places, and what was reported: found by who it is about, or who said it. */
export const PLACE_TYPES = ['CHANNEL_CREATE', 'CHANNEL_UPDATE'] as const;
export const REPORT_TYPES = ['REPORT_CREATE', 'REPORT_UPDATE'] as const;

/** Events whose subject is a person and whose body says something of them. As in the index above. */
export const PERSONAL_TYPES = [
  'USER_CREATE',
  'USER_UPDATE',
  'MEMBER_ADD',
  'MEMBER_UPDATE',
  'RECIPIENT_ADD',
  'RECIPIENT_UPDATE',
] as const;

export const BUSY_TIMEOUT_MS = 5000;

export function openLogDatabase(db: DatabaseSync): void {
  db.exec('PRAGMA journal_mode = WAL');
  db.exec('PRAGMA synchronous = FULL');
  db.exec('PRAGMA secure_delete = ON');
  db.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  db.exec('PRAGMA cache_size = -65536');
  db.exec('PRAGMA temp_store = MEMORY');
  db.exec('PRAGMA wal_autocheckpoint = 8000');
  db.exec('PRAGMA journal_size_limit = 67108864');
  assertDurable(db);
}

/** An acknowledgement is a promise only if these hold: WAL with synchronous=FULL (2) or more. */
export function assertDurable(db: DatabaseSync): void {
  const mode = db.prepare('PRAGMA journal_mode').get() as { journal_mode: string };
  const sync = db.prepare('PRAGMA synchronous').get() as { synchronous: number };
  if (mode.journal_mode !== 'wal' || sync.synchronous < 2) {
    throw new Error(`the log is not durable: journal_mode=${mode.journal_mode}, synchronous=${sync.synchronous}`);
  }
}

export function migrateLog(db: DatabaseSync): void {
  const { user_version: at } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (at > MIGRATIONS.length) throw new Error(`this data folder was written by a newer Snug (schema ${at})`);
  for (let version = at; version < MIGRATIONS.length; version++) {
    db.exec('BEGIN IMMEDIATE');
    db.exec(MIGRATIONS[version] as string);
    db.exec(`PRAGMA user_version = ${version + 1}`);
    db.exec('COMMIT');
  }
}

const SQL_TYPES = { id: 'TEXT', text: 'TEXT', integer: 'INTEGER' } as const;

export function createTableSql(spec: TableSpec, prefix = ''): string[] {
  const columns = Object.entries(spec.columns).map(
    ([name, column]) => `"${name}" ${SQL_TYPES[column.type]}${column.nullable ? '' : ' NOT NULL'}`,
  );
  const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');
  const isRowId = spec.key.length === 1 && spec.columns[spec.key[0] as string]?.type === 'integer';
  return [
    `CREATE TABLE ${prefix}"${spec.name}" (${columns.join(', ')}, PRIMARY KEY (${quoted(spec.key)})) STRICT${isRowId ? '' : ', WITHOUT ROWID'}`,
    ...spec.unique.map(
      (names) => `CREATE UNIQUE INDEX ${prefix}"${spec.name}_${names.join('_')}" ON "${spec.name}" (${quoted(names)})`,
    ),
    ...spec.indexes.map(
      ({ columns: names, where }) =>
        `CREATE INDEX ${prefix}"${spec.name}_by_${names.join('_')}" ON "${spec.name}" (${quoted(names)})${where === undefined ? '' : ` WHERE ${where}`}`,
    ),
  ];
}

export function dropTableSql(spec: TableSpec): string {
  return `DROP TABLE IF EXISTS "${spec.name}"`;
}
