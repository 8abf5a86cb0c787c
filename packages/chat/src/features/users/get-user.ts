import { type Id, Permission, Refusal, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import type { LogReader } from '../../log/log.ts';
import type { Services } from '../../services.ts';
import type { World } from '../../world/world.ts';
import { authorQueries } from './authors.queries.ts';
import { acquaintance, findUser, strangersView } from './known-users.ts';

/** By id or username; the signed-out see whoever has a public profile, and of them what strangers see. */
export const getUser: HandlerOf<'user.get'> = {
  limit: 'read',
  query: async ({ user_id }, { actor }, services) => {
    const { world, log } = services;
    const state = findUser(world, user_id);
    if (state === undefined) throw new Refusal('UNKNOWN_USER');
    const how = acquaintance(world, actor.userId, state);
    if (how === 'none' && !(await isAuthorInSight(world, log, actor.userId, state.user)))
      throw new Refusal('UNKNOWN_USER');
    const result = how === 'close' ? present(services, actor.userId, state.user) : strangersView(state.user);
    return { result, position: world.tail };
  },
};

function present({ presences }: Services, viewerId: Id, user: User): User {
  const status = user.id === viewerId ? presences.ownStatus(user.id) : presences.of([user.id], true)[0]?.status;
  return { ...user, status: status ?? 'offline' };
}

/** Imported authors are known to those who can read their words. */
async function isAuthorInSight(world: World, log: LogReader, viewerId: Id, user: User): Promise<boolean> {
  if (user.origin === undefined) return false;
  const { value } = await log.read({ channels: authorQueries.channelsOf(user.id) });
  return value.channels.some((id) => {
    const channel = world.channel(id);
    return channel !== undefined && world.can(viewerId, channel, Permission.VIEW_CHANNEL);
  });
}
