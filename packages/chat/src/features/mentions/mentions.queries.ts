/** Whom a message calls, and what calls a person (E22). */
import { can, collectMentions, type Id, type Mention, Permission, usernameKey } from '@snug/protocol';
import type { Query } from '../../log/log.ts';
import { channelPermissions } from '../../world/permissions.ts';
import type { ChannelState, ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** The fields of a message that say whom it calls. */
export interface Called {
  readonly mentions: Id[];
  readonly mention_roles: Id[];
  readonly mention_everyone: boolean;
}

/** Whether a text can mention anybody at all: what keeps the parser away from most messages. */
export function mayMention(content: string): boolean {
  return content.includes('@');
}

/**
 * Whom these words of `authorId` call in a channel: people who can see it, roles that may be mentioned, everyone if the
 * author may. What calls nobody stays text (MENTION1 and after).
 */
export function calledBy(world: World, channel: ChannelState, authorId: Id, content: string): Called {
  const [users, roles] = [new Set<Id>(), new Set<Id>()];
  const mayCallAll = can(channelPermissions(authorId, channel), Permission.MENTION_EVERYONE);
  let everyone = false;
  for (const mention of collectMentions(content)) {
    if (mention.to === 'everyone' || mention.to === 'here') everyone ||= mayCallAll;
    else if (mention.to === 'channel') continue;
    else addTarget({ world, channel, mayCallAll, users, roles }, mention);
  }
  return { mentions: [...users], mention_roles: [...roles], mention_everyone: everyone };
}

interface Calling {
  readonly world: World;
  readonly channel: ChannelState;
  readonly mayCallAll: boolean;
  readonly users: Set<Id>;
  readonly roles: Set<Id>;
}

/** A name is a person's before it is a role's. */
function addTarget({ world, channel, mayCallAll, users, roles }: Calling, { to, id, name = '' }: Mention): void {
  const userId = to === 'user' ? id : to === 'name' ? world.usernames.get(usernameKey(name)) : undefined;
  if (userId !== undefined && world.users.has(userId) && world.can(userId, channel, Permission.VIEW_CHANNEL)) {
    users.add(userId);
    return;
  }
  const { server } = channel;
  if (server === null || to === 'user') return;
  const role = to === 'role' ? server.roles.get(id ?? '')?.role : roleNamed(server, name);
  if (role !== undefined && !role.is_default && (mayCallAll || role.is_mentionable)) roles.add(role.id);
}

function roleNamed(server: ServerState, name: string) {
  const key = usernameKey(name);
  for (const { role } of server.roles.values()) if (!role.is_default && usernameKey(role.name) === key) return role;
  return undefined;
}

/** What calls a person in a channel, by the roles they hold now. Of a thread they do not follow: their own name only. */
export function targetsOf(userId: Id, { server, channel, followers }: ChannelState): string[] {
  const own = `u:${userId}`;
  if (channel.type === 'dm' || (followers !== null && !followers.has(userId))) return [own];
  const roles = server?.members.get(userId)?.roleIds ?? [];
  return [own, 'everyone', 'here', ...roles.map((id) => `r:${id}`)];
}

/** A channel, what calls somebody in it, and after which position. */
export interface CallsIn {
  readonly channel_id: Id;
  readonly targets: readonly string[];
  readonly after: number;
}

/** A message that calls somebody. */
interface Call {
  readonly position: number;
  readonly channel_id: Id;
  readonly id: Id;
}

export const mentionQueries = {
  /** How many messages of others call them in each channel, up to a position: at most `limit`. */
  counts: (userId: Id, places: readonly CallsIn[], upTo: number, limit: number): Query<Map<Id, number>> => ({
    sql: `SELECT place.value ->> 'channel_id' AS channel_id,
            (SELECT count(*) FROM (SELECT DISTINCT position FROM mentions
               WHERE channel_id = place.value ->> 'channel_id'
                 AND target IN (SELECT value FROM json_each(place.value -> 'targets'))
                 AND position > place.value ->> 'after' AND position <= ? AND author_id <> ? LIMIT ?)) AS mentioned
          FROM json_each(?) AS place`,
    params: [upTo, userId, limit, JSON.stringify(places)],
    map: (rows) => new Map(rows.map((row) => [row.channel_id as Id, row.mentioned as number])),
  }),

  /** Channels in which somebody was ever called by their own name. */
  calledIn: (userId: Id): Query<Id[]> => ({
    sql: 'SELECT DISTINCT channel_id FROM mentions WHERE target = ?',
    params: [`u:${userId}`],
    map: (rows) => rows.map((row) => row.channel_id as Id),
  }),

  /** The latest messages that call them, below one position. A bounded look at each channel and target. */
  latest: (userId: Id, places: readonly CallsIn[], below: number, limit: number): Query<Call[]> => ({
    sql: `SELECT DISTINCT mentions.position AS position, mentions.channel_id AS channel_id, mentions.message_id AS id
          FROM json_each(?) AS place CROSS JOIN json_each(place.value -> 'targets') AS called CROSS JOIN mentions
          WHERE mentions.channel_id = place.value ->> 'channel_id' AND mentions.target = called.value
            AND mentions.position IN (SELECT position FROM mentions AS near
              WHERE near.channel_id = place.value ->> 'channel_id' AND near.target = called.value
                AND near.position > place.value ->> 'after' AND near.position < ? AND near.author_id <> ?
              ORDER BY near.position DESC LIMIT ?)
          ORDER BY mentions.position DESC LIMIT ?`,
    params: [JSON.stringify(places), below, userId, limit, limit],
    map: (rows) => rows as unknown as Call[],
  }),
};
