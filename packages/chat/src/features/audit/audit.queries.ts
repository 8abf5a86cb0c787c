import type { AuditEntry, Id } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';
import type { SqlValue } from '../../log/rows.ts';

interface Asked {
  readonly server_id: Id;
  readonly actor_id?: string | undefined;
  readonly target_id?: string | undefined;
  readonly action?: string | undefined;
}

const FILTERS = ['actor_id', 'target_id', 'action'] as const;

export const auditQueries = {
  /** The latest first, below a position. */
  page: (asked: Asked, below: number, limit: number): Query<AuditEntry[]> => {
    const given = FILTERS.filter((field) => asked[field] !== undefined);
    const params: SqlValue[] = [asked.server_id, below, ...given.map((field) => asked[field] as string), limit];
    return {
      sql: `SELECT audit.*, audit_reasons.reason AS reason FROM audit
            LEFT JOIN audit_reasons ON audit_reasons.position = audit.position
            WHERE audit.server_id = ? AND audit.position < ? ${given.map((field) => `AND audit.${field} = ?`).join(' ')}
            ORDER BY audit.position DESC LIMIT ?`,
      params,
      map: (rows) => rows.map(entryEntity),
    };
  },
};

function entryEntity(row: SqlRow): AuditEntry {
  return {
    position: row.position as number,
    server_id: row.server_id as Id,
    action: row.action as string,
    actor_id: row.actor_id as Id | null,
    target_id: row.target_id as string | null,
    channel_id: row.channel_id as Id | null,
    changes: JSON.parse(row.changes as string) as AuditEntry['changes'],
    reason: (row.reason as string | null) ?? '',
    at: new Date(row.at as number).toISOString(),
  };
}
