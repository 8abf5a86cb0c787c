import { type Channel, type EventBody, firstIdAt, type Id } from '@snug/protocol';
import { defined } from './defined.ts';
import type { FoldContext } from './fold-context.ts';
import { isNews, linkStarter, ownRoles, sleep, unfollow, wake } from './fold-threads.ts';
import { meetUser } from './fold-users.ts';
import { showUnread } from './show-unread.ts';
import type { State } from './state.ts';
import { Unread } from './unread.ts';

/**
 * A new channel, or one that has become visible: then only the server knows what was not read in it. Whoever comes into a
 * conversation has read what was said before.
 */
export function foldChannelCreate(context: FoldContext, body: Channel): void {
  const isOld = body.last_message_id !== null || (body.member_count ?? 0) > 0;
  if (isOld && !context.draft.state.channels.has(body.id)) {
    context.ledger.wanted.notifications.add('all');
    context.ledger.askFollows.add(body.id);
  }
  putChannel(context, body, isOld && body.server_id !== undefined);
}

/** `isUncertain`: there may be something in it that was said before, and is unread. */
export function putChannel(context: FoldContext, body: Channel, isUncertain: boolean): void {
  const { draft, ledger, position } = context;
  const isKnown = draft.state.channels.has(body.id);
  draft.put('channels', body.id, body);
  ledger.channels.delete(body.id);
  ledger.unknown.delete(body.id);
  ledger.doubtful.delete(body.id);
  for (const userId of body.recipient_ids ?? []) meetUser(context, userId);
  if (body.parent_id !== undefined) {
    linkStarter(context, body, true);
    // Nobody follows a thread before it is there.
    if ((body.member_count ?? 0) === 0 && !isKnown) ledger.follows.set(body.id, position);
    wake(context, body);
    return;
  }
  if (ledger.unread.has(body.id)) return;
  const count = { unread: 0, mentions: 0 };
  const at = { position, readPosition: position, lastReadId: body.last_message_id, since: body.id, count };
  const unread = new Unread({ ...at, roles: ownRoles(context, body.server_id) });
  unread.uncertain = isUncertain;
  ledger.unread.set(body.id, unread);
  showUnread(context, body.id);
}

export function foldChannelUpdate(context: FoldContext, body: EventBody<'CHANNEL_UPDATE'>): void {
  const { draft, ledger } = context;
  const isNew = isNews(context, body.id);
  const channel = draft.state.channels.get(body.id);
  if (!isNew && isWhole(draft.state, body)) {
    if (channel === undefined || ledger.doubtful.has(body.id)) putChannel(context, body, false);
    return;
  }
  // A thread that slept too long to be known, and is not told as a whole: it is fetched.
  if (channel === undefined && body.is_archived === false) ledger.wanted.channels.add(body.id);
  if (channel === undefined || !isNew) return;
  const changed = { ...channel, ...defined(body) };
  draft.put('channels', body.id, changed);
  if (channel.parent_id === undefined || changed.is_archived === channel.is_archived) return;
  if (changed.is_archived) sleep(context, body.id);
  else wake(context, changed);
}

/** A thread that wakes comes with all of itself, for those who never saw it (THREAD7). */
function isWhole({ channels }: State, body: EventBody<'CHANNEL_UPDATE'>): body is Channel {
  if (body.parent_id === undefined || body.is_archived !== false) return false;
  return channels.has(body.parent_id) && body.created_at !== undefined && body.message_count !== undefined;
}

/** `deleted_at` is null where it still exists, and only this user sees it no more. */
export function foldChannelDelete(
  context: FoldContext,
  body: { id: Id; server_id?: Id | undefined; deleted_at?: string | null | undefined },
): void {
  const { draft } = context;
  const channel = draft.state.channels.get(body.id);
  const server = draft.state.servers.get(channel?.server_id ?? body.server_id ?? '');
  if (typeof body.deleted_at === 'string' && server?.system_channel_id === body.id) {
    draft.put('servers', server.id, { ...server, system_channel_id: null });
  }
  if (channel?.parent_id !== undefined) linkStarter(context, channel, false);
  dropChannel(context, body.id);
}

const OF_CHANNEL = ['channels', 'messages', 'windows', 'reads', 'typing', 'receipts', 'rooms'] as const;

/** Nothing of a channel, and of its threads, stays that can no longer be seen; what this user still has to say does (STORE2). */
export function dropChannel(context: FoldContext, channelId: Id): void {
  const { draft, ledger } = context;
  for (const { id, parent_id } of [...draft.state.channels.values()]) {
    if (parent_id === channelId) dropChannel(context, id);
  }
  unfollow(context, channelId);
  for (const memory of [ledger.unread, ledger.notFollowing, ledger.channels, ledger.follows, ledger.doubtful])
    memory.delete(channelId);
  for (const slice of OF_CHANNEL) draft.remove(slice, channelId);
  for (const message of [...draft.state.referenced.values()]) {
    if (message.channel_id === channelId) draft.remove('referenced', message.id);
  }
}

/** The id below which nothing counts as unread: the moment of joining; a DM counts from its beginning. */
export function countsSince(joinedAt: string | null): Id {
  return firstIdAt(joinedAt === null ? 0 : Math.max(0, Date.parse(joinedAt) || 0));
}
