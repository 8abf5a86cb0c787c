/** Row operations and guards as prepared statements, each compiled once (E11, E12). */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RefusalCode } from '@snug/protocol';
import { UNREAD_MAX } from '../../features/reads/unread-max.ts';
import { COUNT_KEYS, EXISTS_KEYS, type Guard, UNIQUE_KEYS, VALUE_KEYS } from '../envelope.ts';
import type { OperationSpec, RowOperation } from '../rows.ts';

/** As `mentionCount` of the mentions' queries, within the transaction. */
const COUNT_MENTIONS = `SELECT count(*) AS n FROM (
  SELECT DISTINCT position FROM mentions WHERE channel_id = ? AND target IN (SELECT value FROM json_each(?))
    AND position > ? AND author_id <> ? LIMIT ${UNREAD_MAX})`;

/** A refusal that ends by itself, with the seconds until then. */
export function refusedFor(code: RefusalCode, seconds: number): string {
  return `${code}:${Math.ceil(seconds * 10) / 10}`;
}

const quoted = (name: string): string => `"${name}"`;
const matching = (columns: readonly string[]): string => columns.map((name) => `${quoted(name)} = ?`).join(' AND ');

export function operationSql(spec: OperationSpec): string {
  const into = quoted(spec.table.name);
  switch (spec.kind) {
    case 'insert':
    case 'ensure':
    case 'upsert': {
      const values = spec.columns.map(() => '?').join(', ');
      const sql = `INSERT INTO ${into} (${spec.columns.map(quoted).join(', ')}) VALUES (${values})`;
      if (spec.kind === 'insert') return sql;
      if (spec.kind === 'ensure') return `${sql} ON CONFLICT DO NOTHING`;
      const others = spec.columns.filter((name) => !spec.key.includes(name));
      const sets = others.map((name) => `${quoted(name)} = excluded.${quoted(name)}`).join(', ');
      const otherwise = others.length === 0 ? 'NOTHING' : `UPDATE SET ${sets}`;
      return `${sql} ON CONFLICT (${spec.key.map(quoted).join(', ')}) DO ${otherwise}`;
    }
    case 'patch':
      return `UPDATE ${into} SET ${spec.columns.map((name) => `${quoted(name)} = ?`).join(', ')} WHERE ${matching(spec.key)}`;
    case 'add': {
      const column = quoted(spec.columns[0] as string);
      return `UPDATE ${into} SET ${column} = ${column} + ? WHERE ${matching(spec.key)}`;
    }
    case 'remove':
      return `DELETE FROM ${into} WHERE ${matching(spec.key)}`;
    case 'removeRange': {
      const upTo = quoted(spec.key.at(-1) as string);
      return `DELETE FROM ${into} WHERE ${matching(spec.key.slice(0, -1))} AND ${upTo} <= ?`;
    }
  }
}

export class Operations {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<OperationSpec, StatementSync>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  run(operation: RowOperation): void {
    let statement = this.#statements.get(operation.spec);
    if (statement === undefined) {
      statement = this.#db.prepare(operationSql(operation.spec));
      this.#statements.set(operation.spec, statement);
    }
    statement.run(...operation.values);
  }
}

/** Evaluates guards inside the transaction. Answers the refusal of the first that fails, or null. */
export class Guards {
  readonly #db: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();
  /** Authority key to the last position that changed it, since this writer began. */
  readonly #authority = new Map<string, number>();
  /** The same for the transaction under way: what is rolled back changed nothing. */
  readonly #changing = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  /** A key without an entry has not changed since this writer began, and every decision is younger than that. */
  authorityChanged(keys: readonly string[], position: number): void {
    for (const key of keys) this.#changing.set(key, position);
  }

  /** The transaction is over. */
  settle(isCommitted: boolean): void {
    if (isCommitted) for (const [key, position] of this.#changing) this.#authority.set(key, position);
    this.#changing.clear();
  }

  check(guards: readonly Guard[]): string | null {
    for (const guard of guards) {
      const refusal = this.#check(guard);
      if (refusal !== null) return refusal;
    }
    return null;
  }

  #check(guard: Guard): string | null {
    switch (guard.kind) {
      case 'authority':
        return guard.keys.some((key) => this.#lastChange(key) > guard.position) ? 'STALE' : null;
      case 'unique': {
        const { table, columns } = UNIQUE_KEYS[guard.key];
        return this.#isThere(`u:${guard.key}`, table, columns, '1 = 1', guard.args) ? guard.refusal : null;
      }
      case 'exists': {
        const { table, columns, live } = EXISTS_KEYS[guard.key];
        return this.#isThere(`e:${guard.key}`, table, columns, live, guard.args) ? null : guard.refusal;
      }
      case 'count_below': {
        const { table, columns, live } = COUNT_KEYS[guard.key];
        return this.#count(`c:${guard.key}`, table, columns, live, guard.args) >= guard.below ? guard.refusal : null;
      }
      case 'unchanged': {
        const { table, columns, value } = VALUE_KEYS[guard.key];
        const sql = `SELECT (SELECT ${quoted(value)} FROM ${quoted(table)} WHERE ${matching(columns)}) AS n`;
        return this.#get(`v:${guard.key}`, sql, guard.args) === guard.value ? null : 'STALE';
      }
      case 'uses_left': {
        const sql =
          'SELECT count(*) AS n FROM invites WHERE code = ? AND (max_uses = 0 OR uses < max_uses) AND (expires_at IS NULL OR expires_at > ?)';
        return this.#get('uses_left', sql, [guard.code, guard.now]) === 0 ? guard.refusal : null;
      }
      case 'slow_mode': {
        const sql = 'SELECT (SELECT at FROM last_sent WHERE channel_id = ? AND user_id = ?) AS n';
        const last = this.#get('slow_mode', sql, [guard.channel_id, guard.user_id]);
        const left = last === null ? 0 : last + guard.delay - guard.now;
        return left > 0 ? refusedFor('SLOW_MODE', left / 1000) : null;
      }
      case 'mentions': {
        const { targets, channel_id, after, user_id, value } = guard;
        const args = [channel_id, JSON.stringify(targets), after, user_id];
        return this.#get('mentions', COUNT_MENTIONS, args) === value ? null : 'STALE';
      }
    }
  }

  #lastChange(key: string): number {
    return this.#changing.get(key) ?? this.#authority.get(key) ?? 0;
  }

  #count(name: string, table: string, columns: readonly string[], live: string, args: readonly string[]): number {
    const sql = `SELECT count(*) AS n FROM ${quoted(table)} WHERE ${matching(columns)} AND ${live}`;
    return this.#get(name, sql, args) as number;
  }

  #isThere(name: string, table: string, columns: readonly string[], live: string, args: readonly string[]): boolean {
    const sql = `SELECT EXISTS (SELECT 1 FROM ${quoted(table)} WHERE ${matching(columns)} AND ${live}) AS n`;
    return this.#get(name, sql, args) === 1;
  }

  #get(name: string, sql: string, args: readonly (string | number)[]): number | null {
    let statement = this.#statements.get(name);
    if (statement === undefined) {
      statement = this.#db.prepare(sql);
      this.#statements.set(name, statement);
    }
    return (statement.get(...args) as { n: number | null }).n;
  }
}
