import type { Id, Report } from '@snug/protocol';
import type { Query, SqlRow } from '../../log/log.ts';

const time = (ms: unknown): string => new Date(ms as number).toISOString();

function reportEntity(row: SqlRow): Report {
  return {
    id: row.id as Id,
    reporter_id: row.reporter_id as Id,
    user_id: row.user_id as Id,
    ...(row.channel_id === null ? {} : { channel_id: row.channel_id as Id }),
    ...(row.message_id === null ? {} : { message_id: row.message_id as Id }),
    reason: row.reason as string,
    evidence: row.evidence as string,
    status: row.status as Report['status'],
    note: row.note as string,
    resolved_by: row.resolved_by as Id | null,
    resolved_at: row.resolved_at === null ? null : time(row.resolved_at),
    created_at: time(row.created_at),
  };
}

const many = (rows: SqlRow[]): Report[] => rows.map(reportEntity);
const FIRST = '\u{10ffff}';

export const reportQueries = {
  one: (id: Id): Query<Report | null> => ({
    sql: 'SELECT * FROM reports WHERE id = ?',
    params: [id],
    map: ([row]) => (row === undefined ? null : reportEntity(row)),
  }),

  /** Newest first; of one state, or all. */
  page: (status: Report['status'] | undefined, before: Id | undefined, limit: number): Query<Report[]> =>
    status === undefined
      ? {
          sql: 'SELECT * FROM reports WHERE id < ? ORDER BY id DESC LIMIT ?',
          params: [before ?? FIRST, limit],
          map: many,
        }
      : {
          sql: 'SELECT * FROM reports WHERE status = ? AND id < ? ORDER BY id DESC LIMIT ?',
          params: [status, before ?? FIRST, limit],
          map: many,
        },
};
