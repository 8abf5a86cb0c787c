/** The record of administrative acts: append-only, and the database itself refuses to change it. */
import type { Id, InstanceAuditAction } from '@snug/protocol';
import type { Act, AuditQuery, StoredAuditEntry } from '../admin-store.ts';
import type { Database, Row } from './open-database.ts';

export interface Recorded {
  action: InstanceAuditAction;
  target_id: Id | null;
  /** What was set, by name. Never a secret. */
  changes?: Record<string, string | null>;
}

export class AuditRows {
  readonly #db: Database;

  constructor(db: Database) {
    this.#db = db;
  }

  append({ id, at, actor_id, reason }: Act, { action, target_id, changes = {} }: Recorded): void {
    this.#db.run(
      'INSERT INTO audit (id, action, actor_id, target_id, reason, changes, at) VALUES (?, ?, ?, ?, ?, ?, ?)',
      id,
      action,
      actor_id,
      target_id,
      reason,
      JSON.stringify(changes),
      at,
    );
  }

  list({ actor_id, action, target_id, before, limit }: AuditQuery): StoredAuditEntry[] {
    const filters: [string, string | null][] = [
      ['audit.actor_id = ?', actor_id],
      ['audit.action = ?', action],
      ['audit.target_id = ?', target_id],
      ['audit.id < ?', before],
    ];
    const given = filters.filter((filter): filter is [string, string] => filter[1] !== null);
    const where = given.length === 0 ? '' : `WHERE ${given.map(([condition]) => condition).join(' AND ')}`;
    return this.#db
      .all(
        `SELECT audit.*, actors.username AS actor_username, targets.username AS target_username FROM audit
         LEFT JOIN accounts AS actors ON actors.id = audit.actor_id AND actors.deleted_at IS NULL
         LEFT JOIN accounts AS targets ON targets.id = audit.target_id AND targets.deleted_at IS NULL
         ${where} ORDER BY audit.id DESC LIMIT ?`,
        ...given.map(([, value]) => value),
        limit,
      )
      .map(toEntry);
  }

  newestId(): Id | null {
    return (this.#db.get('SELECT max(id) AS id FROM audit')?.id ?? null) as Id | null;
  }
}

function toEntry(row: Row): StoredAuditEntry {
  return {
    id: row.id as Id,
    action: row.action as InstanceAuditAction,
    actor_id: row.actor_id as Id | null,
    target_id: row.target_id as Id | null,
    reason: row.reason as string,
    changes: JSON.parse(row.changes as string) as Record<string, string | null>,
    at: Number(row.at),
    actor_username: row.actor_username as string | null,
    target_username: row.target_username as string | null,
  };
}
