/** The part of loading that is about channels: rows of several tables become one entity each. */
import type { Category, Channel, ChannelType, Id, PermissionOverride, Recipient } from '@snug/protocol';
import { addChannel } from '../features/channels/channels.fold.ts';
import { addFollower } from '../features/threads/followers.queries.ts';
import type { SqlRow } from '../log/log.ts';
import { parseOverrides } from './permissions.ts';
import type { World } from './world.ts';

const time = (ms: unknown): string => new Date(ms as number).toISOString();

export interface ChannelRows {
  /** Threads after what they hang under. */
  readonly channels: readonly SqlRow[];
  readonly recipients: readonly SqlRow[];
  readonly groupBans: readonly SqlRow[];
  readonly followers: readonly SqlRow[];
}

export function loadCategory(world: World, row: SqlRow): void {
  const category: Category = {
    id: row.id as Id,
    server_id: row.server_id as Id,
    name: row.name as string,
    position: row.position as number,
    permission_overrides: JSON.parse(row.permission_overrides as string) as PermissionOverride[],
    created_at: time(row.created_at),
  };
  world.servers
    .get(category.server_id)
    ?.categories.set(category.id, { category, overrides: parseOverrides(category.permission_overrides) });
}

export function loadChannels(world: World, { channels, recipients, groupBans, followers }: ChannelRows): void {
  const people = Map.groupBy(recipients, (row) => row.channel_id as Id);
  const following = Map.groupBy(followers, (row) => row.channel_id as Id);
  for (const row of channels) {
    const id = row.id as Id;
    const channel = channelEntity(world, row, people.get(id) ?? [], following.get(id)?.length ?? 0);
    addChannel(world, channel, row.deleted_at as number | null);
    for (const follower of following.get(id) ?? []) addFollower(world, id, nameOf(world, follower.user_id as Id));
  }
  for (const row of groupBans) world.channels.get(row.channel_id as Id)?.groupBans?.add(row.user_id as Id);
}

function channelEntity(world: World, row: SqlRow, people: readonly SqlRow[], followers: number): Channel {
  const server = row.server_id === null ? undefined : world.servers.get(row.server_id as Id);
  return {
    id: row.id as Id,
    type: row.type as ChannelType,
    name: row.name as string,
    topic: row.topic as string,
    position: row.position as number,
    is_private: row.is_private === 1,
    is_nsfw: row.is_nsfw === 1,
    is_archived: row.is_archived === 1,
    slow_mode_delay: row.slow_mode_delay as number,
    last_message_id: row.last_message_id as Id | null,
    last_message_at: row.last_message_at === null ? null : time(row.last_message_at),
    ...(row.last_pin_at === null ? {} : { last_pin_at: time(row.last_pin_at) }),
    ...(server === undefined ? conversationFields(world, row, people) : serverFields(server, row)),
    ...(row.parent_id === null ? {} : threadFields(row, followers)),
    created_at: time(row.created_at),
    updated_at: time(row.updated_at),
  };
}

/** The one string that names this user, instead of a copy. */
function nameOf(world: World, id: Id): Id {
  return world.users.get(id)?.user.id ?? id;
}

function serverFields(server: { id: Id; categories: ReadonlyMap<Id, unknown> }, row: SqlRow): Partial<Channel> {
  const category = row.category_id as Id | null;
  if (row.parent_id !== null) return { server_id: server.id };
  return {
    server_id: server.id,
    // The category may be gone: its channels stay without one.
    category_id: category !== null && server.categories.has(category) ? category : null,
    permission_overrides: JSON.parse(row.permission_overrides as string) as PermissionOverride[],
  };
}

function conversationFields(world: World, row: SqlRow, people: readonly SqlRow[]): Partial<Channel> {
  const ids = people.map(({ user_id }) => nameOf(world, user_id as Id));
  if (row.type !== 'group_dm') return { recipient_ids: ids };
  const recipients = people.map((one, index): Recipient => {
    const role = one.role as Recipient['role'];
    return { user_id: ids[index] as Id, role, joined_at: time(one.joined_at) };
  });
  const owner = recipients.find(({ role }) => role === 'owner')?.user_id;
  return {
    recipient_ids: ids,
    recipients,
    visibility: (row.visibility as Channel['visibility']) ?? 'hidden',
    ...(owner === undefined ? {} : { owner_id: owner }),
  };
}

function threadFields(row: SqlRow, followers: number): Partial<Channel> {
  return {
    parent_id: row.parent_id as Id,
    ...(row.owner_id === null ? {} : { owner_id: row.owner_id as Id }),
    ...(row.message_id === null ? {} : { message_id: row.message_id as Id }),
    auto_archive_after: row.auto_archive_after as number,
    message_count: row.message_count as number,
    member_count: followers,
  };
}
