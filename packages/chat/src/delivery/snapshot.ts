/**
 * What a client draws its first screen from: READY's d, and the SERVER_CREATE of a join. Built from the world at one
 * position; read states and unread counts come from the tables, bounded to that same position (E6, E22).
 */
import { EVENTS, type Id, type ReadState, type Ready, type ServerSnapshot } from '@snug/protocol';
import type { Presences } from '../ephemeral/presence.ts';
import { dmReadBaseline, unreadQueries } from '../features/reads/reads.queries.ts';
import type { LogReader } from '../log/log.ts';
import type { ChannelState, MemberState, ServerState } from '../world/state.ts';
import { serverEntity, type World } from '../world/world.ts';
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
    ...serverEntity(server),
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
  const places = [
    ...servers.flatMap((server) => {
      const joined = server.members.get(userId)?.joinedPosition ?? 0;
      return world.visibleChannels(userId, server).map((channel) => ({ channel, baseline: joined }));
    }),
    ...dms.map((channel) => ({ channel, baseline: dmReadBaseline })),
  ];
  const ready: Ready = {
    session_id: sessionId,
    user: { ...user.user, status: source.presences.ownStatus(userId) },
    account: { is_admin: isAdmin },
    servers: servers.map((server) => serverSnapshot(world, server, userId)),
    dms: dms.map((dm) => ({ ...dm.channel })),
    users: [...new Set([...partners, ...user.relations.keys()])].flatMap((id) => world.users.get(id)?.user ?? []),
    settings: user.settings,
    relationships: [...user.relations].map(([user_id, { type, since }]) => ({
      user_id,
      type,
      since: new Date(since).toISOString(),
    })),
    notification_settings: [],
    followed_threads: [],
    read_states: [],
    presences: source.presences.of([...partners]),
    server_time: new Date(source.now()).toISOString(),
  };
  const head = JSON.stringify(ready);
  const states = await readStates(source, userId, places, position);
  return { position, json: head.replace('"read_states":[]', () => `"read_states":${JSON.stringify(states)}`) };
}

async function readStates(
  { reader, world }: SnapshotSource,
  userId: Id,
  places: readonly { channel: ChannelState; baseline: number }[],
  position: number,
): Promise<ReadState[]> {
  const { value: first } = await reader.read({ states: unreadQueries.statesOf(userId) });
  const known = new Map(first.states.map((state) => [state.channel_id, state]));
  const behind = places.flatMap(({ channel, baseline }) => {
    const readTo = known.get(channel.channel.id)?.read_position ?? baseline;
    const tail = world.scopeTails.get(`channel:${channel.channel.id}`) ?? 0;
    return tail > readTo ? [{ channel_id: channel.channel.id, after: readTo }] : [];
  });
  const counts =
    behind.length === 0
      ? new Map<Id, number>()
      : (await reader.read({ counts: unreadQueries.counts(userId, behind, position) })).value.counts;
  return places.flatMap(({ channel, baseline }) => {
    const id = channel.channel.id;
    const state = known.get(id);
    const unread = counts.get(id) ?? 0;
    if (state === undefined && unread === 0 && baseline === 0) return [];
    return [
      {
        user_id: userId,
        channel_id: id,
        last_read_id: state?.last_read_id ?? null,
        read_position: state?.read_position ?? baseline,
        mention_count: state?.mention_count ?? 0,
        unread_count: unread,
        last_pin_timestamp: null,
      },
    ];
  });
}
