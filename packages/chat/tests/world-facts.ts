/** A world as plain values, so that two can be compared: what it knows, without who is connected or what is cached. */
import type { ChannelState, ServerState } from '../src/world/state.ts';
import type { World } from '../src/world/world.ts';

const sorted = <V>(map: Iterable<readonly [string, V]>): Record<string, V> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

function channelFacts({
  channel,
  server,
  parent,
  overrides,
  recipients,
  groupRoles,
  groupBans,
  followers,
  threads,
  deletedAt,
}: ChannelState) {
  const isGone = [deletedAt, server?.deletedAt, parent?.deletedAt].some((at) => typeof at === 'number');
  // What was said last in a channel that is gone is known until it is purged, and matters to nobody.
  const last = isGone ? { last_message_id: null, last_message_at: null } : {};
  return {
    channel: { ...channel, ...last },
    server: server?.id ?? null,
    parent: parent?.channel.id ?? null,
    overrides: sorted([...overrides].map(([id, { allow, deny }]) => [id, `${allow}/${deny}`])),
    recipients: [...recipients].sort(),
    groupRoles: groupRoles === null ? null : sorted(groupRoles),
    groupBans: groupBans === null ? null : [...groupBans].sort(),
    followers: followers === null ? null : [...followers].sort(),
    threads: threads.map((thread) => thread.channel.id),
    deletedAt,
  };
}

function serverFacts({
  roles,
  members,
  channels,
  shown,
  hidden,
  categories,
  banned,
  timeouts,
  memberOverrides,
  classes: _classes,
  bits: _bits,
  ...server
}: ServerState) {
  return {
    ...server,
    categories: sorted([...categories].map(([id, { category }]) => [id, category])),
    banned: [...banned].sort(),
    timeouts: sorted(timeouts),
    memberOverrides: [...memberOverrides].sort(),
    roles: sorted([...roles].map(([id, { role, bits }]) => [id, { role, bits: String(bits) }])),
    members: sorted([...members].map(([id, member]) => [id, { ...member, roleIds: [...member.roleIds] }])),
    channels: [...channels.keys()].sort(),
    shown: [...shown].map((state) => state.channel.id).sort(),
    hidden: hidden.since(0).map((state) => state.channel.id),
  };
}

export function worldFacts(world: World) {
  return {
    tail: world.tail,
    usernames: sorted(world.usernames),
    scopeTails: sorted(world.scopeTails),
    users: sorted(
      [...world.users].map(([id, { user, settings, relations, servers, dms, visibleSince }]) => [
        id,
        {
          user,
          settings,
          relations: sorted(relations),
          servers: [...servers].map((server) => server.id).sort(),
          dms: [...dms].map((dm) => dm.channel.id).sort(),
          visibleSince,
        },
      ]),
    ),
    discoverable: [...world.discoverable].map(({ channel }) => channel.id).sort(),
    followed: sorted(
      [...world.followed].map(([id, threads]) => [id, [...threads].map(({ channel }) => channel.id).sort()]),
    ),
    servers: sorted([...world.servers].map(([id, server]) => [id, serverFacts(server)])),
    channels: sorted([...world.channels].map(([id, channel]) => [id, channelFacts(channel)])),
  };
}
