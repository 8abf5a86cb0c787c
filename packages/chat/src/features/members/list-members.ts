import { type Id, LIMITS, Refusal, usernameKey } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { memberEntity } from '../../delivery/snapshot.ts';
import type { MemberState, ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { requireServer } from '../access.ts';

/** Ordered by user id, so that paging is exact whoever comes and goes. */
export const listMembers: HandlerOf<'member.list'> = {
  limit: 'read',
  query: async ({ server_id, after, limit, query, role_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const prefix = usernameKey(query?.trim() ?? '');
    const ids: Id[] = [];
    for (const [id, member] of server.members) {
      if (after !== undefined && id <= after) continue;
      if (role_id !== undefined && role_id !== server.id && !member.roleIds.includes(role_id)) continue;
      if (prefix === '' || isCalled(world, member, prefix)) ids.push(id);
    }
    const items = ids
      .sort()
      .slice(0, size)
      .flatMap((id) => withUser(world, server, id));
    return { result: { items, has_more: ids.length > size }, position: world.tail };
  },
};

export const getMember: HandlerOf<'member.get'> = {
  limit: 'read',
  query: async ({ server_id, user_id }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    const [member] = withUser(world, server, user_id);
    if (member === undefined) throw new Refusal('UNKNOWN_MEMBER');
    return { result: member, position: world.tail };
  },
};

function withUser(world: World, server: ServerState, userId: Id) {
  const member = server.members.get(userId);
  const user = world.users.get(userId)?.user;
  return member === undefined || user === undefined ? [] : [{ ...memberEntity(server, member), user }];
}

/** Whether one of their names begins so, whatever its case. */
function isCalled(world: World, { userId, nickname }: MemberState, prefix: string): boolean {
  const user = world.users.get(userId)?.user;
  return [nickname, user?.display_name, user?.username].some(
    (called) => called !== undefined && usernameKey(called).startsWith(prefix),
  );
}
