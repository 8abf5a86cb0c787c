import type { State } from '@snug/client';
import type { Category, Id } from '@snug/protocol';

const NONE: readonly Category[] = [];

/** The categories of a server, by position. */
export function categoriesOf(state: State, serverId: Id): readonly Category[] {
  return state.categories.get(serverId) ?? NONE;
}

export function findCategory(state: State, serverId: Id, categoryId: Id): Category | undefined {
  return categoriesOf(state, serverId).find((category) => category.id === categoryId);
}
