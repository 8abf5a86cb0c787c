import type { Channel, GroupRole, Id } from '@snug/protocol';
import type { Folds } from '../../world/folds.ts';
import { isShown } from '../../world/is-shown.ts';
import { forgetPermissions, parseOverrides, refreshMemberOverrides } from '../../world/permissions.ts';
import { type ChannelState, NO_THREADS } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { changesView } from './changes-view.ts';

export const channelFolds: Folds = {
  CHANNEL_CREATE: (world, { body }) => {
    addChannel(world, body, null);
  },
  CHANNEL_UPDATE: (world, { body, at, position }) => {
    const state = world.channels.get(body.id);
    if (state === undefined) return;
    const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
    state.channel = { ...state.channel, ...given, updated_at: new Date(at).toISOString() };
    if (body.is_archived !== undefined) showOrHide(world, state);
    if (body.visibility !== undefined) listOrHide(world, state);
    if (state.server === null || !changesView(body)) return;
    state.server.visibleSince = position;
    if (body.permission_overrides === undefined) {
      forgetPermissions(state.server);
    } else {
      state.overrides = parseOverrides(body.permission_overrides);
      refreshMemberOverrides(state.server);
    }
  },
  CHANNEL_DELETE: (world, { body, at }) => {
    const state = world.channels.get(body.id);
    if (state === undefined) return;
    state.deletedAt = at;
    for (const gone of [state, ...state.threads]) showOrHide(world, gone);
    listOrHide(world, state);
    if (state.server?.systemChannelId === body.id) state.server.systemChannelId = null;
  },
};

export function addChannel(world: World, channel: Channel, deletedAt: number | null): ChannelState {
  const server = channel.server_id === undefined ? null : (world.servers.get(channel.server_id) ?? null);
  const parent = channel.parent_id === undefined ? null : (world.channels.get(channel.parent_id) ?? null);
  const isGroup = channel.type === 'group_dm';
  const state: ChannelState = {
    channel,
    server,
    parent,
    overrides: parseOverrides(channel.permission_overrides),
    recipients: channel.recipient_ids ?? [],
    groupRoles: isGroup ? rolesOf(channel) : null,
    groupBans: isGroup ? new Set() : null,
    followers: parent === null ? null : new Set(),
    threads: NO_THREADS,
    deletedAt,
  };
  world.channels.set(channel.id, state);
  server?.channels.set(channel.id, state);
  if (parent !== null) addThread(parent, state);
  showOrHide(world, state);
  listOrHide(world, state);
  for (const userId of state.recipients) world.users.get(userId)?.dms.add(state);
  if (server !== null && state.overrides.size > 0) refreshMemberOverrides(server);
  return state;
}

function addThread(parent: ChannelState, thread: ChannelState): void {
  if (parent.threads === NO_THREADS) parent.threads = [thread];
  else parent.threads.push(thread);
}

function showOrHide(world: World, state: ChannelState): void {
  const { server } = state;
  if (server === null) return;
  if (isShown(state)) {
    server.hidden.delete(state);
    server.shown.add(state);
  } else {
    server.shown.delete(state);
    server.hidden.put(state, world.scopeTails.get(`channel:${state.channel.id}`) ?? 0);
  }
}

function listOrHide(world: World, state: ChannelState): void {
  if (state.deletedAt === null && state.channel.visibility === 'discoverable') world.discoverable.add(state);
  else world.discoverable.delete(state);
}

function rolesOf(channel: Channel): Map<Id, GroupRole> {
  return new Map((channel.recipients ?? []).map(({ user_id, role }) => [user_id, role]));
}
