import type { Id } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import { NO_ROLES } from '../../world/state.ts';
import { joinsExisting } from './joins-existing.ts';

/** Sorted, so that equal sets of roles are one permission class. */
export function roleSet(roleIds: readonly Id[]): readonly Id[] {
  return roleIds.length === 0 ? NO_ROLES : [...new Set(roleIds)].sort();
}

export const memberFolds: Folds = {
  MEMBER_ADD: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    if (server === undefined) return;
    server.members.set(body.user_id, {
      userId: body.user_id,
      nickname: body.nickname,
      roleIds: roleSet(body.role_ids.filter((id) => server.roles.has(id))),
      isMuted: body.is_muted,
      isDeafened: body.is_deafened,
      joinedAt: Date.parse(body.joined_at),
      joinedPosition: position,
    });
    const user = world.users.get(body.user_id);
    if (user === undefined) return;
    user.servers.add(server);
    if (joinsExisting(body.via)) user.visibleSince = position;
  },
  MEMBER_UPDATE: (world, { body, position }) => {
    const server = body.server_id === undefined ? undefined : world.servers.get(body.server_id);
    if (server === undefined) return;
    if (body.timed_out_until !== undefined) {
      if (body.timed_out_until === null) server.timeouts.delete(body.user_id);
      else server.timeouts.set(body.user_id, Date.parse(body.timed_out_until));
    }
    const member = server.members.get(body.user_id);
    if (member === undefined) return;
    member.nickname = body.nickname ?? member.nickname;
    member.isMuted = body.is_muted ?? member.isMuted;
    member.isDeafened = body.is_deafened ?? member.isDeafened;
    if (body.role_ids === undefined) return;
    member.roleIds = roleSet(body.role_ids.filter((id) => server.roles.has(id)));
    const user = world.users.get(body.user_id);
    if (user !== undefined) user.visibleSince = position;
  },
  MEMBER_REMOVE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    const user = world.users.get(body.user_id);
    if (server === undefined || user === undefined) return;
    server.members.delete(body.user_id);
    user.servers.delete(server);
    user.visibleSince = position;
  },
  BAN_ADD: (world, { body }) => {
    world.servers.get(body.server_id)?.banned.add(body.user_id);
  },
  BAN_REMOVE: (world, { body }) => {
    world.servers.get(body.server_id)?.banned.delete(body.user_id);
  },
};
