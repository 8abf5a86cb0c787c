import { type Category, type Id, LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { type NewEvent, serverScope } from '../../log/envelope.ts';
import type { CategoryState, ServerState } from '../../world/state.ts';
import { authorityInServer, requireCategory, requireServer, requireServerPermission } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { requireHeld, requireMayDissolve } from '../escalation.ts';

export const listCategories: HandlerOf<'category.list'> = {
  limit: 'read',
  query: async ({ server_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    return { result: { items: categoriesOf(server), has_more: false }, position: world.tail };
  },
};

export const createCategory: HandlerOf<'category.create'> = {
  limit: 'write',
  decide: ({ world, params, actor, now, ids }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_CHANNELS);
    const category: Category = {
      id: ids.next(),
      server_id: server.id,
      name: params.name,
      position: Math.max(-1, ...[...server.categories.values()].map((state) => state.category.position)) + 1,
      permission_overrides: [],
      created_at: new Date(now).toISOString(),
    };
    return {
      events: [{ type: 'CATEGORY_CREATE', scope: serverScope(server.id), subject: category.id, body: category }],
      guards: [
        authorityInServer(world, actor.userId, server.id),
        {
          kind: 'count_below',
          key: 'categories_of_server',
          args: [server.id],
          below: LIMITS.CATEGORIES_PER_SERVER,
          refusal: 'LIMIT_REACHED',
        },
      ],
      result: () => category,
    };
  },
  replay: (event, params, world) =>
    event.type === 'CATEGORY_CREATE' && event.body.server_id === params.server_id && event.body.name === params.name
      ? (world.server(event.body.server_id)?.categories.get(event.body.id)?.category ?? event.body)
      : null,
};

export const updateCategory: HandlerOf<'category.update'> = {
  limit: 'write',
  decide: ({ world, params: { category_id, name, reason }, actor }) => {
    const { server, category } = requireCategory(world, actor.userId, category_id);
    requireHeld(actor.userId, server, Permission.MANAGE_CHANNELS);
    if (name === undefined || name === category.category.name) return { answer: category.category };
    const body = { id: category_id, server_id: server.id, name };
    const act: NewEvent = { type: 'CATEGORY_UPDATE', scope: serverScope(server.id), subject: category_id, body };
    return {
      events: withReason(server.id, reason, act),
      guards: [authorityInServer(world, actor.userId, server.id)],
      result: () => ({ ...category.category, name }),
    };
  },
};

export const reorderCategories: HandlerOf<'category.reorder'> = {
  limit: 'write',
  decide: ({ world, params, actor }) => {
    const server = requireServerPermission(world, actor.userId, params.server_id, Permission.MANAGE_CHANNELS);
    const order = requireWholeOrder(server, params.category_ids);
    const events = order.flatMap(({ category: { id, position } }, index): NewEvent[] => {
      const body = { id, server_id: server.id, position: index };
      const event: NewEvent = { type: 'CATEGORY_UPDATE', scope: serverScope(server.id), subject: id, body };
      return position === index ? [] : [event];
    });
    if (events.length === 0) return { answer: { items: categoriesOf(server), has_more: false } };
    return {
      events,
      guards: [authorityInServer(world, actor.userId, server.id)],
      result: () => ({ items: categoriesOf(server), has_more: false }),
    };
  },
};

/** Its channels stay, and lose what it changed for them: so that takes every bit its overrides name. */
export const deleteCategory: HandlerOf<'category.delete'> = {
  limit: 'write',
  decide: ({ world, params: { category_id, reason }, actor }) => {
    const { server } = requireCategory(world, actor.userId, category_id);
    requireHeld(actor.userId, server, Permission.MANAGE_CHANNELS);
    requireMayDissolve(actor.userId, server, category_id);
    const body = { id: category_id, server_id: server.id };
    const act: NewEvent = { type: 'CATEGORY_DELETE', scope: serverScope(server.id), subject: category_id, body };
    return {
      events: withReason(server.id, reason, act),
      guards: [authorityInServer(world, actor.userId, server.id)],
      result: () => null,
    };
  },
};

function categoriesOf(server: ServerState): Category[] {
  return [...server.categories.values()].map(({ category }) => category).sort(byPlace);
}

function byPlace(a: Category, b: Category): number {
  return a.position - b.position || (a.id < b.id ? -1 : 1);
}

/** Every category, once each. One that is missing was made a moment ago: CONFLICT. */
function requireWholeOrder(server: ServerState, ids: readonly Id[]): CategoryState[] {
  const order = ids.map((id) => {
    const state = server.categories.get(id);
    if (state === undefined) throw new Refusal('UNKNOWN_CATEGORY');
    return state;
  });
  if (new Set(ids).size !== ids.length)
    throw new Refusal('INVALID_PARAMS', { issues: [{ path: 'category_ids', message: 'names a category twice' }] });
  if (order.length !== server.categories.size) throw new Refusal('CONFLICT');
  return order;
}
