import { LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { requireServerPermission } from '../access.ts';
import { auditQueries } from './audit.queries.ts';

/** The cursor is the position of the last entry shown. */
export const listAudit: HandlerOf<'audit.list'> = {
  limit: 'read',
  query: async ({ cursor, limit, ...asked }, { actor }, { world, log }) => {
    requireServerPermission(world, actor.userId, asked.server_id, Permission.MANAGE_SERVER);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({ page: auditQueries.page(asked, positionOf(cursor), size + 1) });
    // The answer is stamped with the position of the read: whoever lost the permission before it gets none.
    requireServerPermission(world, actor.userId, asked.server_id, Permission.MANAGE_SERVER);
    const items = value.page.slice(0, size);
    const has_more = value.page.length > size;
    const people = new Set(items.flatMap(({ actor_id }) => actor_id ?? []));
    const users = [...people].flatMap((id) => world.users.get(id)?.user ?? []);
    return { result: { items, has_more, next: has_more ? String(items.at(-1)?.position) : null, users }, position };
  },
};

function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const position = /^\d{1,16}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw new Refusal('INVALID_PARAMS', { issues: [{ path: 'cursor', message: 'must be a cursor that a page gave' }] });
}
