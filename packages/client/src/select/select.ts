import type { Channel, Id, Message } from '@snug/protocol';
import { isHere } from '../store/fold-presence.ts';
import type { State } from '../store/state.ts';
import * as badges from './badges.ts';
import { channelsOfServer, conversations, serverLayout, threadOfMessage, threadsOf } from './layout.ts';
import { memberName, userName } from './member-name.ts';
import * as people from './people.ts';
import * as permission from './permissions.ts';
import { reactionsOf } from './reactions-of.ts';
import { timeline } from './timeline.ts';

export type { Badge } from './badges.ts';
export type { LayoutSection } from './layout.ts';
export type { MessageReceipts } from './people.ts';
export type { TimelineItem } from './timeline.ts';

export interface ReadSum {
  readonly unread: number;
  readonly mentions: number;
}

/** The channels of a server, as its list shows them: without threads. */
function serverChannels(state: State, serverId: Id): readonly Channel[] {
  return channelsOfServer(state.channels, serverId);
}

/** DMs and groups, the latest spoken in first. */
function dmChannels(state: State): readonly Channel[] {
  return conversations(state.channels, null);
}

/** A channel's name; of a DM, and of a group without a title, the names of its other people. */
function channelTitle(state: State, channelId: Id): string {
  const channel = state.channels.get(channelId);
  return channel === undefined ? '' : people.groupTitle(state, channel);
}

/** Whom a DM is with; oneself where nobody else is in it. Of a channel of a server, its own id. */
function dmPartner(state: State, channel: Channel): Id {
  const others = channel.recipient_ids?.filter((id) => id !== state.me?.id);
  return others?.[0] ?? channel.recipient_ids?.[0] ?? channel.id;
}

/** Who else is typing, by name; those one blocks are left out. */
function typingNames(state: State, channelId: Id): readonly string[] {
  const serverId = state.channels.get(channelId)?.server_id ?? null;
  const typing = [...(state.typing.get(channelId)?.keys() ?? [])];
  return typing
    .filter((id) => id !== state.me?.id && !people.isBlocked(state, id))
    .map((id) => memberName(state, serverId, id));
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

/** What views derive from the state. Arrays keep their identity while what they are made of does not change. */
export const select = {
  ...badges,
  ...people,
  ...permission,
  serverChannels,
  serverLayout,
  threadsOf,
  threadOfMessage,
  dmChannels,
  channelTitle,
  dmPartner,
  isHere,
  userName,
  memberName,
  timeline,
  reactionsOf,
  typingNames,
  totalUnread,
  serverUnread,
  repliedTo,
  needsLoad,
};
