import {
  type Channel,
  can,
  DM_PERMISSIONS,
  type Id,
  type Message,
  Permission,
  type PermissionBits,
  parsePermissions,
  serverPermissions,
} from '@snug/protocol';
import { isHere } from '../store/fold-presence.ts';
import type { State } from '../store/state.ts';
import { memberName, userName } from './member-name.ts';
import { memoize } from './memoize.ts';
import { timeline } from './timeline.ts';

export type { TimelineItem } from './timeline.ts';

export interface ReadSum {
  readonly unread: number;
  readonly mentions: number;
}

const channelsOfServer = memoize((channels: State['channels'], serverId: Id): readonly Channel[] =>
  [...channels.values()]
    .filter((channel) => channel.server_id === serverId)
    .sort((a, b) => a.position - b.position || compare(a.id, b.id)),
);

const directChannels = memoize((channels: State['channels'], _all: null): readonly Channel[] =>
  [...channels.values()]
    .filter((channel) => channel.server_id === undefined)
    .sort((a, b) => compare(b.last_message_id ?? b.id, a.last_message_id ?? a.id)),
);

/** The channels of a server, as its list shows them. */
function serverChannels(state: State, serverId: Id): readonly Channel[] {
  return channelsOfServer(state.channels, serverId);
}

/** DMs, the latest spoken in first. */
function dmChannels(state: State): readonly Channel[] {
  return directChannels(state.channels, null);
}

/** A channel's name; of a DM, the names of its other people. */
function channelTitle(state: State, channelId: Id): string {
  const channel = state.channels.get(channelId);
  if (channel === undefined) return '';
  if (channel.name !== '' || channel.recipient_ids === undefined) return channel.name;
  const others = channel.recipient_ids.filter((id) => id !== state.me?.id);
  const people = others.length > 0 ? others : channel.recipient_ids;
  return people.map((id) => userName(state, id)).join(', ');
}

/** Whom a DM is with; oneself where nobody else is in it. Of a channel of a server, its own id. */
function dmPartner(state: State, channel: Channel): Id {
  const others = channel.recipient_ids?.filter((id) => id !== state.me?.id);
  return others?.[0] ?? channel.recipient_ids?.[0] ?? channel.id;
}

/** What the signed-in user may do in a server; nothing where they are no member (PERM2, PERM3). */
function permissions(state: State, serverId: Id): PermissionBits {
  const server = state.servers.get(serverId);
  if (server === undefined || state.me === null) return 0n;
  const held = new Set<Id>([serverId, ...(state.members.get(serverId)?.get(state.me.id)?.role_ids ?? [])]);
  const roles = (state.roles.get(serverId) ?? []).filter((role) => held.has(role.id));
  return serverPermissions({
    isOwner: server.owner_id === state.me.id,
    roles: roles.map((role) => parsePermissions(role.permissions)),
  });
}

/** What the signed-in user may do in a channel. One that is not visible grants nothing (PERM5). */
function channelPermissions(state: State, channelId: Id): PermissionBits {
  const channel = state.channels.get(channelId);
  if (channel === undefined) return 0n;
  if (channel.server_id === undefined) return DM_PERMISSIONS;
  const bits = permissions(state, channel.server_id);
  return can(bits, Permission.VIEW_CHANNEL) ? bits : 0n;
}

function canSend(state: State, channelId: Id): boolean {
  return can(channelPermissions(state, channelId), Permission.SEND_MESSAGES);
}

/** Who else is typing, by name. */
function typingNames(state: State, channelId: Id): readonly string[] {
  const serverId = state.channels.get(channelId)?.server_id ?? null;
  const typing = [...(state.typing.get(channelId)?.keys() ?? [])];
  return typing.filter((id) => id !== state.me?.id).map((id) => memberName(state, serverId, id));
}

function sumReads(state: State, includes: (channel: Channel) => boolean): ReadSum {
  let unread = 0;
  let mentions = 0;
  for (const [channelId, mark] of state.reads) {
    const channel = state.channels.get(channelId);
    if (channel === undefined || !includes(channel)) continue;
    unread += mark.unread;
    mentions += mark.mentions;
  }
  return { unread, mentions };
}

/** Unread messages everywhere; at least this many, as a channel stops counting at 100. */
function totalUnread(state: State): number {
  return sumReads(state, () => true).unread;
}

/** Unread messages and mentions of one server. */
function serverUnread(state: State, serverId: Id): ReadSum {
  return sumReads(state, (channel) => channel.server_id === serverId);
}

/** The message this one replies to, if it is known and still exists. */
function repliedTo(state: State, message: Message): Message | null {
  if (message.reply_to_id === undefined) return null;
  const inWindow = state.messages.get(message.channel_id)?.get(message.reply_to_id);
  return inWindow ?? state.referenced.get(message.reply_to_id) ?? null;
}

/** Whether a view of this channel should call `loadMessages`: nothing is loaded, or something was missed (STORE2). */
function needsLoad(state: State, channelId: Id): boolean {
  const window = state.windows.get(channelId);
  if (window === undefined) return state.channels.has(channelId);
  return window.stale && window.loading === null && window.error === null;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What views derive from the state. Arrays keep their identity while what they are made of does not change. */
export const select = {
  serverChannels,
  dmChannels,
  channelTitle,
  dmPartner,
  isHere,
  userName,
  memberName,
  permissions,
  channelPermissions,
  canSend,
  timeline,
  typingNames,
  totalUnread,
  serverUnread,
  repliedTo,
  needsLoad,
};
