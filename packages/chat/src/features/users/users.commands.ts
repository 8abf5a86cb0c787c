import { type CommandParams, Refusal, type User } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { channelScope, type Guard, type NewEvent, placesKey, serverScope, userScope } from '../../log/envelope.ts';
import type { World } from '../../world/world.ts';

export const getMe: HandlerOf<'user.me'> = {
  limit: 'read',
  query: async (_params, { actor }, { world, presences }) => {
    const user = requireUser(world, actor.userId);
    return { result: { ...user, status: presences.ownStatus(actor.userId) }, position: world.tail };
  },
};

/** One profile, several scopes: the user's own, and every server and conversation they are in (E2). */
export const updateUser: HandlerOf<'user.update'> = {
  limit: 'write',
  decide: ({ world, params, actor, now }) => {
    const before = requireUser(world, actor.userId);
    const user = changed(before, params, now);
    if (JSON.stringify(user) === JSON.stringify(before)) return { answer: before };
    return { events: profileEvents(world, user), guards: [profileGuard(world, actor.userId)], result: () => user };
  },
};

/** A new custom status stays until it is told when to end; one that is empty has no end. */
function changed(before: User, params: CommandParams<'user.update'>, now: number): User {
  const given = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  const { custom_status_expires_at: known, ...user }: User = { ...before, ...given };
  const isSameStatus = params.custom_status === undefined || params.custom_status === before.custom_status;
  const expires = params.custom_status_expires_at === undefined && !isSameStatus ? null : known;
  if (user.custom_status === '' || expires == null) return user;
  if (params.custom_status_expires_at != null && Date.parse(expires) <= now)
    throw new Refusal('INVALID_PARAMS', {
      issues: [{ path: 'custom_status_expires_at', message: 'must be in the future' }],
    });
  return { ...user, custom_status_expires_at: new Date(expires).toISOString() };
}

/** A profile is written as a whole and into every place: another change of it, or a new place, and it is written anew. */
export function profileGuard(world: World, userId: string): Guard {
  return { kind: 'authority', keys: [userScope(userId), placesKey(userId)], position: world.tail };
}

export function profileEvents(world: World, user: User): NewEvent[] {
  const state = world.users.get(user.id);
  const servers = [...(state?.servers ?? [])].filter((server) => server.deletedAt === null);
  const dms = [...(state?.dms ?? [])].filter((dm) => dm.deletedAt === null);
  return [
    { type: 'USER_UPDATE', scope: userScope(user.id), subject: user.id, body: user },
    ...servers.map((server): NewEvent => {
      const body = { user_id: user.id, server_id: server.id, user };
      return { type: 'MEMBER_UPDATE', scope: serverScope(server.id), subject: user.id, body };
    }),
    ...dms.map((dm): NewEvent => {
      const body = { user_id: user.id, channel_id: dm.channel.id, user };
      return { type: 'RECIPIENT_UPDATE', scope: channelScope(dm.channel.id), subject: user.id, body };
    }),
  ];
}

function requireUser(world: World, userId: string): User {
  const state = world.users.get(userId);
  if (state === undefined) throw new Refusal('UNKNOWN_USER');
  return state.user;
}
