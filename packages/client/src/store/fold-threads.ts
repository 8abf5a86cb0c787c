import type { Channel, EventBody, Id } from '@snug/protocol';
import { applyMessageEvent } from './apply-message-event.ts';
import type { FoldContext } from './fold-context.ts';
import type { Ledger } from './ledger.ts';
import { showUnread } from './show-unread.ts';
import { Unread } from './unread.ts';

/** Something happened in a channel: false when it is not known, or when what is known has it already. */
export function isNews({ draft, ledger, position }: FoldContext, channelId: Id): boolean {
  const isKnown = draft.state.channels.has(channelId) && !ledger.doubtful.has(channelId);
  if (isKnown) return position > (ledger.channels.get(channelId) ?? -1);
  noteUnknown(ledger.unknown, channelId, position);
  return false;
}

const MAX_UNKNOWN = 1000;

function noteUnknown(unknown: Map<Id, number>, channelId: Id, position: number): void {
  unknown.delete(channelId);
  unknown.set(channelId, position);
  if (unknown.size > MAX_UNKNOWN) unknown.delete(unknown.keys().next().value as Id);
}

/** A follower more. If it is this user, the thread is unread for them from now on (E29). */
export function foldThreadMemberAdd(context: FoldContext, body: EventBody<'THREAD_MEMBER_ADD'>): void {
  const { draft, position } = context;
  const { channel_id: channelId, user_id: userId } = body;
  const channel = draft.state.channels.get(channelId);
  if (isNews(context, channelId)) countMembers(context, channelId, 1);
  if (userId !== draft.state.me?.id) return;
  if (position <= (context.ledger.follows.get(channelId) ?? -1)) return;
  context.ledger.follows.set(channelId, position);
  // What was said before is read (READ).
  if (channel === undefined || channel.is_archived) addFollowed(context, channelId);
  else follow(context, channel, false);
}

export function foldThreadMemberRemove(context: FoldContext, body: EventBody<'THREAD_MEMBER_REMOVE'>): void {
  const { draft, ledger, position } = context;
  const { channel_id: channelId, user_id: userId } = body;
  if (isNews(context, channelId)) countMembers(context, channelId, -1);
  if (userId !== draft.state.me?.id) return;
  if (position <= (ledger.follows.get(channelId) ?? -1)) return;
  ledger.follows.set(channelId, position);
  unfollow(context, channelId);
}

/** A thread that is not archived counts what is unread where it is followed; whether it is stands nowhere in it. */
export function wake(context: FoldContext, thread: Channel): void {
  const { draft, ledger } = context;
  if (thread.is_archived) return;
  if (draft.state.followedThreads.has(thread.id)) follow(context, thread, true);
  else if (!knowsWhetherFollowed(ledger, thread)) ledger.wanted.recounts.add(thread.id);
}

export function knowsWhetherFollowed({ follows, knowsFollows, askFollows }: Ledger, thread: Channel): boolean {
  return follows.has(thread.id) || (knowsFollows && !askFollows.has(thread.parent_id ?? ''));
}

/** What is archived is not counted, as a snapshot leaves it out. */
export function sleep({ draft, ledger }: FoldContext, channelId: Id): void {
  ledger.unread.delete(channelId);
  draft.remove('reads', channelId);
}

/** Counts what is unread in a thread from here on; `isUncertain`: and asks what was unread before. */
export function follow(context: FoldContext, thread: Channel, isUncertain: boolean): void {
  const { ledger, position } = context;
  addFollowed(context, thread.id);
  if (!ledger.unread.has(thread.id)) {
    const count = { unread: 0, mentions: 0 };
    const at = { position, readPosition: position, lastReadId: thread.last_message_id, since: thread.id, count };
    const unread = new Unread({ ...at, roles: ownRoles(context, thread.server_id) });
    unread.uncertain = isUncertain;
    ledger.unread.set(thread.id, unread);
  }
  showUnread(context, thread.id);
}

export function addFollowed({ draft }: FoldContext, channelId: Id): void {
  const { followedThreads } = draft.state;
  if (!followedThreads.has(channelId)) draft.set('followedThreads', new Set([...followedThreads, channelId]));
}

export function unfollow({ draft, ledger }: FoldContext, channelId: Id): void {
  if (!draft.state.followedThreads.has(channelId)) return;
  const rest = new Set(draft.state.followedThreads);
  rest.delete(channelId);
  draft.set('followedThreads', rest);
  ledger.unread.delete(channelId);
  draft.remove('reads', channelId);
}

/** Roles by which somebody's words may mention this user. */
export function ownRoles({ draft }: FoldContext, serverId: Id | undefined): readonly Id[] {
  const { me, members } = draft.state;
  if (serverId === undefined || me === null) return [];
  return members.get(serverId)?.get(me.id)?.role_ids ?? [];
}

/**
 * A thread that was fetched, true at the context's position. False: it is older than what was heard of it; ask again.
 * One that is known already is kept true by events.
 */
export function learnThread(context: FoldContext, thread: Channel): boolean {
  const { draft, ledger, position } = context;
  if (draft.state.channels.has(thread.id) && !ledger.doubtful.has(thread.id)) return true;
  if (thread.parent_id !== undefined && !draft.state.channels.has(thread.parent_id)) return true;
  if (position < (ledger.unknown.get(thread.id) ?? -1)) {
    ledger.wanted.channels.add(thread.id);
    return false;
  }
  ledger.unknown.delete(thread.id);
  ledger.doubtful.delete(thread.id);
  ledger.channels.set(thread.id, position);
  draft.put('channels', thread.id, thread);
  wake(context, thread);
  return true;
}

/** The message that a thread began from says so, as a page of it would. */
export function linkStarter(context: FoldContext, thread: Channel, isThere: boolean): void {
  const { message_id: id, parent_id: channelId } = thread;
  if (id === undefined || channelId === undefined) return;
  applyMessageEvent(context, {
    ...{ kind: 'change', id, channelId, position: context.position },
    change: (message) => {
      if (isThere) return { ...message, thread_id: thread.id };
      const { thread_id: _gone, ...rest } = message;
      return rest;
    },
  });
}

/** Messages came to a thread, or went: it says how many it holds. */
export function countMessages({ draft }: FoldContext, channelId: Id, change: number): void {
  const channel = draft.state.channels.get(channelId);
  if (channel?.message_count === undefined) return;
  draft.put('channels', channelId, { ...channel, message_count: Math.max(0, channel.message_count + change) });
}

function countMembers({ draft }: FoldContext, channelId: Id, change: number): void {
  const channel = draft.state.channels.get(channelId);
  if (channel === undefined) return;
  draft.put('channels', channelId, { ...channel, member_count: Math.max(0, (channel.member_count ?? 0) + change) });
}
