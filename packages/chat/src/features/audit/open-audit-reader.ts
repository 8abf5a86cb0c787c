/** Looks into a server's audit log without being the instance: nothing is written, and one may run on it meanwhile. */
import { join } from 'node:path';
import { type AuditEntry, type Id, LIMITS } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import { SqliteReader } from '../../log/sqlite/reader.ts';
import { auditQueries } from './audit.queries.ts';

export interface AuditAsked {
  readonly server_id: Id;
  readonly actor_id?: Id | undefined;
  readonly action?: string | undefined;
  /** Position of the last entry seen. */
  readonly before?: number | undefined;
  /** At most PAGE_MAX. */
  readonly limit?: number | undefined;
}

export interface AuditReader {
  /** Newest first; `names` are the usernames, or what is left of a name, of people in it. Null: there is no such server. */
  list(asked: AuditAsked): Promise<{ items: AuditEntry[]; has_more: boolean; names: Map<Id, string> } | null>;
  /** Who has this username, whatever its case; null: nobody. */
  userOf(usernameKey: string): Promise<Id | null>;
  close(): void;
}

const namesOf = (ids: readonly string[]): Query<Map<Id, string>> => ({
  sql: 'SELECT id, username, display_name FROM users WHERE id IN (SELECT value FROM json_each(?))',
  params: [JSON.stringify(ids)],
  map: (rows) =>
    new Map(rows.map((row) => [row.id as Id, (row.username as string) || (row.display_name as string) || '(deleted)'])),
});

const server = (id: Id): Query<boolean> => ({
  sql: 'SELECT 1 FROM servers WHERE id = ?',
  params: [id],
  map: (rows) => rows.length > 0,
});

const user = (key: string): Query<Id | null> => ({
  sql: 'SELECT id FROM users WHERE username_key = ?',
  params: [key],
  map: ([row]) => (row?.id as Id | undefined) ?? null,
});

/** @throws if there is no `chat.db` in the folder */
export function openAuditReader(data: string): AuditReader {
  const reader = new SqliteReader(join(data, 'chat.db'));
  return {
    list: async ({ before = Number.MAX_SAFE_INTEGER, limit = LIMITS.PAGE_DEFAULT, ...asked }) => {
      const { value } = await reader.read({
        isThere: server(asked.server_id),
        page: auditQueries.page(asked, before, limit + 1),
      });
      if (!value.isThere) return null;
      const items = value.page.slice(0, limit);
      const people = items.flatMap(({ actor_id, target_id }) => [actor_id ?? [], target_id ?? []].flat());
      const { names } = (await reader.read({ names: namesOf(people) })).value;
      return { items, has_more: value.page.length > limit, names };
    },
    userOf: async (key) => (await reader.read({ user: user(key) })).value.user,
    close: () => reader.close(),
  };
}
