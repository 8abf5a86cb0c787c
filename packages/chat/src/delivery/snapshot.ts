/**
 * What a client draws its first screen from: READY's d, and the SERVER_CREATE of a join. Built from the world at one
 * position; read states and unread counts come from the tables, bounded to that same position (E6, E22).
 */
import { EVENTS, type Id, LIMITS, type Ready, type ServerSnapshot } from '@snug/protocol';
import { nearPeople } from '../ephemeral/near-people.ts';
import type { Presences } from '../ephemeral/presence.ts';
import { isTargetInSight, notificationQueries } from '../features/notifications/notifications.queries.ts';
import { readBaseline, readStatesOf } from '../features/reads/reads.queries.ts';
import { profileFor } from '../features/users/known-users.ts';
import type { LogReader } from '../log/log.ts';
import type { ChannelState, MemberState, ServerState } from '../world/state.ts';
import { serverFor, type World } from '../world/world.ts';
import { Frame } from './frames.ts';

export function memberEntity(server: ServerState, member: MemberState) {
  return {
    user_id: member.userId,
    server_id: server.id,
    nickname: member.nickname,
    role_ids: [...member.roleIds],
    joined_at: new Date(member.joinedAt).toISOString(),
    is_muted: member.isMuted,
    is_deafened: member.isDeafened,
    timed_out_until: timedOutUntil(server, member.userId),
  };
}

function timedOutUntil(server: ServerState, userId: Id): string | null {
  const until = server.timeouts.get(userId);
  return until === undefined ? null : new Date(until).toISOString();
}

export function serverSnapshot(world: World, server: ServerState, userId: Id): ServerSnapshot {
  const member = server.members.get(userId);
  return {
    ...serverFor(world, userId, server),
    categories: [...server.categories.values()].map(({ category }) => category),
    channels: world.visibleChannels(userId, server).map((state) => state.channel),
    roles: [...server.roles.values()].map(({ role }) => role),
    member: member === undefined ? null : memberEntity(server, member),
  };
}

export function serverSnapshotFrame(world: World, server: ServerState, userId: Id, position: number): Frame {
  return new Frame(
    'SERVER_CREATE',
    position,
    EVENTS.SERVER_CREATE.intent,
    JSON.stringify(serverSnapshot(world, server, userId)),
  );
}

export function channelFrame(
  type: 'CHANNEL_CREATE' | 'CHANNEL_DELETE',
  { channel }: ChannelState,
  position: number,
): Frame {
  const body = type === 'CHANNEL_CREATE' ? channel : { id: channel.id, server_id: channel.server_id, deleted_at: null };
  return new Frame(type, position, EVENTS[type].intent, JSON.stringify(body));
}

export interface Snapshot {
  readonly position: number;
  readonly json: string;
}

export interface SnapshotSource {
  readonly world: World;
  readonly reader: LogReader;
  readonly presences: Presences;
  readonly now: () => number;
}

/** Of threads only those that one follows are unread (E29). */
function isCounted(userId: Id): (state: ChannelState) => boolean {
  return ({ followers }) => followers === null || followers.has(userId);
}

/** Of an archived thread it must be known too: it may wake. */
function followedBy(world: World, userId: Id): Id[] {
  const followed = [...(world.followed.get(userId) ?? [])].flatMap(({ channel: { id } }) => {
    const state = world.channel(id);
    return state !== undefined && world.can(userId, state, 0n) ? [id] : [];
  });
  return followed.sort().slice(-LIMITS.FOLLOWED_IN_READY);
}

export async function readySnapshot(
  source: SnapshotSource,
  userId: Id,
  sessionId: string,
  isAdmin: boolean,
): Promise<Snapshot> {
  const { world } = source;
  const position = world.tail;
  const user = world.users.get(userId);
  if (user === undefined) throw new Error(`user ${userId} is not provisioned`);
  // Everything from memory first, in this turn: it is all true at `position`.
  const servers = [...user.servers].filter((server) => server.deletedAt === null);
  const dms = [...user.dms].filter((dm) => dm.deletedAt === null);
  const partners = new Set(dms.flatMap((dm) => dm.recipients).filter((id) => id !== userId));
  const counted = servers.flatMap((server) => world.visibleChannels(userId, server)).filter(isCounted(userId));
  const places = [...counted, ...dms].map((channel) => ({ channel, baseline: readBaseline(userId, channel) }));
  const ready: Ready = {
    session_id: sessionId,
    user: { ...user.user, status: source.presences.ownStatus(userId) },
    account: { is_admin: isAdmin },
    servers: servers.map((server) => serverSnapshot(world, server, userId)),
    dms: dms.map((dm) => ({ ...dm.channel })),
    users: [...new Set([...partners, ...user.relations.keys()])].flatMap((id) => profileFor(world, userId, id) ?? []),
    settings: user.settings,
    relationships: [...user.relations].map(([user_id, { type, since }]) => ({
      user_id,
      type,
      since: new Date(since).toISOString(),
    })),
    notification_settings: [],
    followed_threads: followedBy(world, userId),
    read_states: [],
    presences: source.presences.of(nearPeople(world, userId)),
    server_time: new Date(source.now()).toISOString(),
  };
  const head = JSON.stringify(ready);
  const { states } = await readStatesOf(source.reader, world, userId, places, position);
  const { told } = (await source.reader.read({ told: notificationQueries.of(userId) })).value;
  const inSight = told.filter(({ target_id }) => isTargetInSight(world, userId, target_id));
  const json = head
    .replace('"read_states":[]', () => `"read_states":${JSON.stringify(states)}`)
    .replace('"notification_settings":[]', () => `"notification_settings":${JSON.stringify(inSight)}`);
  return { position, json };
}
