import type { Channel, Id, NotificationLevel } from '@snug/protocol';
import type { State } from '../store/state.ts';

/** What a list shows beside a channel, a server, or the whole. */
export interface Badge {
  /** A dot: something is unread. Never where it is muted. */
  readonly hasUnread: boolean;
  /** A number: mentions, and in DMs and groups every message. At most 100, which stands for 99+. Never where it is muted. */
  readonly count: number;
  readonly isMuted: boolean;
}

const CAP = 100;

/** Settings that apply to a channel, the nearest first: its own, its parent's, its server's. */
function targetsOf(state: State, channelId: Id): readonly Id[] {
  const { parent_id, server_id } = state.channels.get(channelId) ?? {};
  return [channelId, parent_id, server_id].filter((id) => id !== undefined);
}

/** What one wants to be told of a channel: the nearest setting that says so; all in DMs and groups, mentions in servers. */
export function notificationLevel(state: State, channelId: Id): NotificationLevel {
  for (const id of targetsOf(state, channelId)) {
    const level = state.notifications.get(id)?.level ?? null;
    if (level !== null) return level;
  }
  return state.channels.get(channelId)?.server_id === undefined ? 'all' : 'mentions';
}

/** Whether a channel, or what it belongs to, is muted. `id`: of a channel or a server; `now`: ms since 1970. */
export function isMuted(state: State, id: Id, now: number): boolean {
  return targetsOf(state, id).some((target) => {
    const until = state.notifications.get(target)?.muted_until ?? null;
    return until !== null && Date.parse(until) > now;
  });
}

/** Whether the user asked for quiet: until a time, or by their presence. */
export function isDoNotDisturb(state: State, now: number): boolean {
  const until = state.settings?.dnd_until ?? null;
  if (until !== null && Date.parse(until) > now) return true;
  return state.me !== null && state.presences.get(state.me.id)?.status === 'dnd';
}

export function channelBadge(state: State, channelId: Id, now: number): Badge {
  const mark = state.reads.get(channelId);
  if (isMuted(state, channelId, now)) return { hasUnread: false, count: 0, isMuted: true };
  const { unread = 0, mentions = 0 } = mark ?? {};
  const level = notificationLevel(state, channelId);
  const isConversation = state.channels.get(channelId)?.server_id === undefined;
  const loud = isConversation && level === 'all' ? unread : mentions;
  return { hasUnread: unread > 0, count: level === 'none' ? 0 : loud, isMuted: false };
}

/** A server with its threads. */
export function serverBadge(state: State, serverId: Id, now: number): Badge {
  return sum(state, now, isMuted(state, serverId, now), (channel) => channel.server_id === serverId);
}

/** All DMs and groups together. */
export function conversationsBadge(state: State, now: number): Badge {
  return sum(state, now, false, (channel) => channel.server_id === undefined);
}

/** Everything, as a window's title tells it. */
export function totalBadge(state: State, now: number): Badge {
  return sum(state, now, false, () => true);
}

function sum(state: State, now: number, muted: boolean, includes: (channel: Channel) => boolean): Badge {
  let hasUnread = false;
  let count = 0;
  for (const channelId of state.reads.keys()) {
    const channel = state.channels.get(channelId);
    if (muted || channel === undefined || !includes(channel)) continue;
    const badge = channelBadge(state, channelId, now);
    hasUnread ||= badge.hasUnread;
    count += badge.count;
  }
  return { hasUnread, count: Math.min(CAP, count), isMuted: muted };
}
