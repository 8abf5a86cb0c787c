import { type Id, LIMITS, type User, usernameKey } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { Query } from '../../log/log.ts';
import type { UserState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { isBlockBetween } from '../relationships/relationships.queries.ts';
import { isThere } from './is-there.ts';
import { acquaintance, strangersView } from './known-users.ts';

/** Names that one read looks at, and that one search passes over at most because they are not to be found. */
const PAGE = 200;
const MAX_PASSED = 2000;

interface Place {
  readonly key: string;
  readonly id: Id;
}

/** Names that begin so, in their order: each half is a stretch of its index, however many names there are. */
function names(prefix: string, after: Place): Query<Place[]> {
  const half = (column: string): string =>
    `SELECT * FROM (SELECT ${column} AS key, id FROM users
       WHERE ${column} >= ?1 AND ${column} < ?2 AND (${column}, id) > (?3, ?4) ORDER BY ${column}, id LIMIT ${PAGE})`;
  return {
    sql: `${half('username_key')} UNION ${half('display_key')} ORDER BY key, id LIMIT ${PAGE}`,
    params: [prefix, `${prefix}\u{10ffff}`, after.key, after.id],
    map: (rows) => rows as unknown as Place[],
  };
}

/** By the start of a username or display name, without case; ordered by the name that fits. */
export const searchUsers: HandlerOf<'user.search'> = {
  limit: 'search',
  query: async ({ q, after, limit }, { actor }, { world, log, presences }) => {
    const prefix = usernameKey(q);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const found: User[] = [];
    let place = startOf(world, prefix, after);
    for (let passed = 0; passed < MAX_PASSED && found.length <= size; passed += PAGE) {
      const { page } = (await log.read({ page: names(prefix, place) })).value;
      for (const { key, id } of page) {
        const state = world.users.get(id);
        if (state === undefined || keyOf(state.user, prefix) !== key) continue;
        const user = seenBy(world, actor.userId, state);
        if (user !== null) found.push(user);
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) break;
      place = last;
      // Reading is synchronous underneath: others come in between.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const status = new Map(presences.of(found.map(({ id }) => id)).map((presence) => [presence.user_id, presence]));
    const items = found.slice(0, size).map((user) => {
      const isClose = acquaintance(world, actor.userId, world.users.get(user.id) as UserState) === 'close';
      return isClose ? { ...user, status: status.get(user.id)?.status ?? 'offline' } : user;
    });
    return { result: { items, has_more: found.length > size }, position: world.tail };
  },
};

/** Neither sees the other where one of them blocks; who is not findable is found by friends and in shared places. */
function seenBy(world: World, viewerId: Id, state: UserState): User | null {
  const { user, settings } = state;
  if (user.id === viewerId || !isThere(user) || isBlockBetween(world, viewerId, user.id)) return null;
  if (acquaintance(world, viewerId, state) === 'close') return user;
  return settings.is_findable ? strangersView(user) : null;
}

/** Somebody whose username and display name both fit stands where the first of them does. */
function keyOf({ username, display_name }: User, prefix: string): string | undefined {
  return [usernameKey(username), usernameKey(display_name)].filter((key) => key.startsWith(prefix)).sort()[0];
}

function startOf(world: World, prefix: string, after: Id | undefined): Place {
  const user = world.users.get(after ?? '')?.user;
  if (user === undefined) return { key: '', id: '' };
  return { key: keyOf(user, prefix) ?? usernameKey(user.username), id: user.id };
}
