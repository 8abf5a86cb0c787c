import { type Ban, type Id, LIMITS, Permission, Refusal } from '@snug/protocol';
import type { HandlerOf } from '../../commands/handler.ts';
import { authorPurge } from '../../jobs/author-purge.ts';
import { type Guard, type NewEvent, serverScope } from '../../log/envelope.ts';
import { authorityOver, requireServerPermission } from '../access.ts';
import { withReason } from '../audit-note.ts';
import { requireOutranked } from '../escalation.ts';
import { systemMessage } from '../system-message.ts';
import { banQueries } from './bans.queries.ts';

export const listBans: HandlerOf<'ban.list'> = {
  limit: 'read',
  query: async ({ server_id, after, limit }, { actor }, { world, log }) => {
    requireServerPermission(world, actor.userId, server_id, Permission.BAN_MEMBERS);
    const size = limit ?? LIMITS.PAGE_DEFAULT;
    const { value, position } = await log.read({ bans: banQueries.page(server_id, after ?? '', size + 1) });
    requireServerPermission(world, actor.userId, server_id, Permission.BAN_MEMBERS);
    const items = value.bans.slice(0, size).map((ban): Ban => {
      const user = world.users.get(ban.user_id)?.user;
      return user === undefined ? ban : { ...ban, user };
    });
    return { result: { items, has_more: value.bans.length > size }, position };
  },
};

/** Somebody who is here, was here, or is known from elsewhere; of others one cannot tell that they exist. */
export const createBan: HandlerOf<'ban.create'> = {
  limit: 'write',
  load: async ({ server_id, user_id }, _context, { log }) =>
    (await log.read({ was: banQueries.everJoined(server_id, user_id) })).value.was,
  decide: ({ world, params, actor, now, ids, loaded: wasHere }) => {
    const { server_id, user_id, reason = '', delete_message_seconds = 0 } = params;
    const server = requireServerPermission(world, actor.userId, server_id, Permission.BAN_MEMBERS);
    const isKnown = world.users.has(user_id) && (wasHere || world.sharesPlace(actor.userId, user_id));
    if (!isKnown) throw new Refusal('UNKNOWN_USER');
    requireOutranked(actor.userId, server, user_id);
    const scope = serverScope(server_id);
    const created_at = new Date(now).toISOString();
    const ban: Ban = { server_id, user_id, reason: reason.trim(), banned_by: actor.userId, created_at };
    const purges = delete_message_seconds > 0;
    const body = purges ? { ...ban, delete_message_seconds } : ban;
    const isHere = server.members.has(user_id);
    const said = isHere ? systemMessage({ world, ids, now }, server, 'system_leave', user_id) : null;
    return {
      events: [
        { type: 'BAN_ADD', scope, subject: user_id, body },
        ...(isHere ? [removal(server_id, user_id, actor.userId)] : []),
        ...(said?.events ?? []),
        ...(purges ? [purgeOf(server_id, user_id, now - delete_message_seconds * 1000)] : []),
      ],
      guards: [authorityOver(world, actor.userId, server_id, user_id), roomFor(server_id), ...(said?.guards ?? [])],
      result: () => ban,
    };
  },
};

export const deleteBan: HandlerOf<'ban.delete'> = {
  limit: 'write',
  decide: ({ world, params: { server_id, user_id, reason }, actor }) => {
    const server = requireServerPermission(world, actor.userId, server_id, Permission.BAN_MEMBERS);
    if (!server.banned.has(user_id)) throw new Refusal('UNKNOWN_BAN');
    const body = { server_id, user_id };
    return {
      events: withReason(server_id, reason, {
        type: 'BAN_REMOVE',
        scope: serverScope(server_id),
        subject: user_id,
        body,
      }),
      guards: [authorityOver(world, actor.userId, server_id, user_id)],
      result: () => null,
    };
  },
};

function removal(server_id: Id, user_id: Id, removed_by: Id): NewEvent {
  const body = { user_id, server_id, removed_by, is_banned: true as const };
  return { type: 'MEMBER_REMOVE', scope: serverScope(server_id), subject: user_id, body };
}

function purgeOf(server_id: Id, author_id: Id, since: number): NewEvent {
  return authorPurge({ author_id, server_id, since, cause: 'ban' });
}

function roomFor(server_id: Id): Guard {
  return {
    kind: 'count_below',
    key: 'bans_of_server',
    args: [server_id],
    below: LIMITS.BANS_PER_SERVER,
    refusal: 'LIMIT_REACHED',
  };
}
