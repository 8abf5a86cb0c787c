/** Looks into the queue of reports without being the instance: nothing is written, and one may run on it meanwhile. */
import { join } from 'node:path';
import { type CommandParams, type Id, LIMITS, type Report } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import { SqliteReader } from '../../log/sqlite/reader.ts';
import { reportQueries } from './reports.queries.ts';

export interface ReportReader {
  /** Newest first; `names` are the usernames, or what is left of a name, of everybody in it. */
  list(params: CommandParams<'report.list'>): Promise<{ items: Report[]; has_more: boolean; names: Map<Id, string> }>;
  /** Null where there is none. */
  get(id: Id): Promise<{ report: Report; names: Map<Id, string> } | null>;
  close(): void;
}

const namesOf = (ids: readonly Id[]): Query<Map<Id, string>> => ({
  sql: 'SELECT id, username, display_name FROM users WHERE id IN (SELECT value FROM json_each(?))',
  params: [JSON.stringify(ids)],
  map: (rows) =>
    new Map(rows.map((row) => [row.id as Id, (row.username as string) || (row.display_name as string) || '(deleted)'])),
});

const peopleIn = (reports: readonly Report[]): Id[] =>
  reports.flatMap(({ reporter_id, user_id, resolved_by }) => [
    reporter_id,
    user_id,
    ...(resolved_by === null ? [] : [resolved_by]),
  ]);

/** @throws if there is no `chat.db` in the folder */
export function openReportReader(data: string): ReportReader {
  const reader = new SqliteReader(join(data, 'chat.db'));
  const named = async (reports: readonly Report[]) =>
    (await reader.read({ names: namesOf(peopleIn(reports)) })).value.names;
  return {
    list: async ({ status, before, limit }) => {
      const size = limit ?? LIMITS.PAGE_DEFAULT;
      const { page } = (await reader.read({ page: reportQueries.page(status, before, size + 1) })).value;
      const items = page.slice(0, size);
      return { items, has_more: page.length > size, names: await named(items) };
    },
    get: async (id) => {
      const { report } = (await reader.read({ report: reportQueries.one(id) })).value;
      return report === null ? null : { report, names: await named([report]) };
    },
    close: () => reader.close(),
  };
}
