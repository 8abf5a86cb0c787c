import type { Folds } from '../../world/folds.ts';
import { NO_ROLES } from '../../world/state.ts';

export const memberFolds: Folds = {
  MEMBER_ADD: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    if (server === undefined) return;
    server.members.set(body.user_id, {
      userId: body.user_id,
      nickname: body.nickname,
      roleIds: body.role_ids.length === 0 ? NO_ROLES : body.role_ids,
      joinedAt: Date.parse(body.joined_at),
      joinedPosition: position,
    });
    const user = world.users.get(body.user_id);
    if (user === undefined) return;
    user.servers.add(server);
    if (body.via === 'invite') user.visibleSince = position;
  },
  MEMBER_UPDATE: (world, { body }) => {
    const member =
      body.server_id === undefined ? undefined : world.servers.get(body.server_id)?.members.get(body.user_id);
    if (member !== undefined && body.nickname !== undefined) member.nickname = body.nickname;
  },
  MEMBER_REMOVE: (world, { body, position }) => {
    const server = world.servers.get(body.server_id);
    const user = world.users.get(body.user_id);
    if (server === undefined || user === undefined) return;
    server.members.delete(body.user_id);
    user.servers.delete(server);
    user.visibleSince = position;
  },
};
