/** What the end of an account does at once: its words go out of the log, its places and their people see who is gone. */
import type { Id, MessageFate, User } from '@snug/protocol';
import { channelScope, type Guard, type NewEvent, relationsKey, userScope } from '../../log/envelope.ts';
import type { Query } from '../../log/log.ts';
import type { World } from '../../world/world.ts';
import { profileEvents, profileGuard } from './users.commands.ts';

/**
 * @param began threads and groups that they began, by id.
 * Null where there is nothing to end: chat never saw the account, or it is gone already.
 */
export function accountEnd(
  world: World,
  userId: Id,
  messages: MessageFate,
  began: readonly Id[],
): { events: NewEvent[]; guards: Guard[] } | null {
  const user = world.users.get(userId)?.user;
  if (user === undefined || user.is_deleted === true) return null;
  const scope = userScope(userId);
  return {
    events: [
      // First: what follows is written after the erasure, and stays.
      { type: 'USER_DELETE', scope, subject: userId, body: { id: userId, messages } },
      ...profileEvents(world, remains(user, messages)),
      ...(messages === 'erase' ? namelessPlaces(world, began) : []),
    ],
    guards: [profileGuard(world, userId), { kind: 'authority', keys: [relationsKey(userId)], position: world.tail }],
  };
}

/** What is left of somebody: an id, and where their words are kept, the name above them. */
function remains({ id, display_name, is_bot, created_at }: User, messages: MessageFate): User {
  return {
    id,
    username: '',
    discriminator: '0',
    display_name: messages === 'keep' ? display_name : '',
    avatar_url: '',
    bio: '',
    status: 'offline',
    custom_status: '',
    is_bot,
    is_deleted: true,
    created_at,
  };
}

/** The log and the tables blank what these were called; so the places themselves say. */
function namelessPlaces(world: World, began: readonly Id[]): NewEvent[] {
  return began.flatMap((channelId): NewEvent[] => {
    const channel = world.channel(channelId)?.channel;
    if (channel === undefined) return [];
    const { id, server_id, parent_id } = channel;
    const place = {
      ...(server_id === undefined ? {} : { server_id }),
      ...(parent_id === undefined ? {} : { parent_id }),
    };
    const body = { id, name: '', topic: '', ...place };
    return [{ type: 'CHANNEL_UPDATE', scope: channelScope(id), subject: id, body }];
  });
}

/** Everything that has their words for a name. */
export const placesBegunBy = (userId: Id): Query<Id[]> => ({
  sql: "SELECT id FROM channels WHERE owner_id = ? AND type IN ('thread', 'group_dm') AND deleted_at IS NULL",
  params: [userId],
  map: (rows) => rows.map((row) => row.id as Id),
});
