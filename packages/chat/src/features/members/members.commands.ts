import { can, LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { memberEntity } from '../../delivery/snapshot.ts';
import { serverScope } from '../../log/envelope.ts';
import { permissionsIn } from '../../world/permissions.ts';
import { authorityInServer, requireServer } from '../access.ts';

/** Ordered by user id, so that paging is exact whoever comes and goes. */
export const listMembers: HandlerOf<'member.list'> = {
  limit: 'read',
  query: async ({ server_id, after, limit }, { actor }, { world }) => {
    const server = requireServer(world, actor.userId, server_id);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const ids = [...server.members.keys()].filter((id) => after === undefined || id > after).sort();
    const items = ids.slice(0, size).flatMap((id) => {
      const member = server.members.get(id);
      const user = world.users.get(id)?.user;
      return member === undefined || user === undefined ? [] : [{ ...memberEntity(server, member), user }];
    });
    return { result: { items, has_more: ids.length > size }, position: world.tail };
  },
};

/** Leaving, or removing somebody. The owner stays: a server has one (Blueprint). */
export const removeMember: HandlerOf<'member.remove'> = {
  limit: 'write',
  decide: ({ world, params: { server_id, user_id }, actor }) => {
    const server = requireServer(world, actor.userId, server_id);
    if (user_id === server.ownerId)
      throw new Refusal(actor.userId === user_id ? 'OWNER_CANNOT_LEAVE' : 'MISSING_PERMISSION');
    const isLeaving = actor.userId === user_id;
    if (!isLeaving && !can(permissionsIn(actor.userId, server), Permission.KICK_MEMBERS))
      throw new Refusal('MISSING_PERMISSION');
    if (!server.members.has(user_id)) throw new Refusal('UNKNOWN_MEMBER');
    const body = { user_id, server_id, removed_by: actor.userId };
    return {
      events: [{ type: 'MEMBER_REMOVE', scope: serverScope(server_id), subject: user_id, body }],
      guards: [
        authorityInServer(world, actor.userId, server_id),
        { kind: 'exists', key: 'member', args: [server_id, user_id], refusal: 'UNKNOWN_MEMBER' },
      ],
      result: () => null,
    };
  },
};
