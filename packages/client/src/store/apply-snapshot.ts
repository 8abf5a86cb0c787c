import { type Channel, type Id, LIMITS, type Ready } from '@snug/protocol';
import type { Draft } from './draft.ts';
import { countsSince, dropChannel } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { foldNotification } from './fold-people.ts';
import { foldPresence, showOwnPresence } from './fold-presence.ts';
import { takeServer } from './fold-servers.ts';
import { learnUser, wantUser } from './fold-users.ts';
import { showUnread } from './show-unread.ts';
import { Unread } from './unread.ts';
import { putWindow } from './window.ts';

/**
 * READY, or the snapshot of a reset: replaces what is known (E5, STORE2). Windows stay and are stale, the content of
 * channels that are not in it goes, and what this user still has to say stays.
 */
export function applySnapshot(context: FoldContext, snapshot: Ready): void {
  const { draft, ledger, position } = context;
  const channels = [...snapshot.servers.flatMap((server) => server.channels), ...snapshot.dms];
  const present = new Set(channels.map((channel) => channel.id));
  const asleep = openArchived(context, present);
  wipeAbsent(context, new Set([...present, ...asleep.map(({ id }) => id)]));
  ledger.reset(position);
  clearSlices(draft);
  draft.set('ready', true);
  draft.set('cursor', position);
  draft.set('me', snapshot.user);
  draft.set('isAdmin', snapshot.account.is_admin);
  learnUser(context, snapshot.user);
  for (const user of snapshot.users) learnUser(context, user);
  takeOwn(context, snapshot);
  takeReads(context, snapshot, channels);
  for (const server of snapshot.servers) takeServer(context, server);
  for (const dm of snapshot.dms) {
    draft.put('channels', dm.id, dm);
    for (const userId of dm.recipient_ids ?? []) wantUser(context, userId);
  }
  // An archived thread that somebody looks at is in no snapshot: it is asked for, and goes if it is not there.
  for (const thread of asleep) {
    draft.put('channels', thread.id, thread);
    ledger.doubtful.add(thread.id);
    ledger.wanted.channels.add(thread.id);
  }
  for (const presence of snapshot.presences) foldPresence(context, presence);
  showOwnPresence(context);
  for (const channelId of draft.state.windows.keys()) putWindow(draft, channelId, { stale: true, loading: null });
}

/** What only this user knows of themselves. */
function takeOwn(context: FoldContext, snapshot: Ready): void {
  const { draft, ledger, position } = context;
  draft.set('settings', snapshot.settings);
  draft.set('followedThreads', new Set(snapshot.followed_threads));
  ledger.knowsFollows = snapshot.followed_threads.length < LIMITS.FOLLOWED_IN_READY;
  for (const { user_id: userId, type, since } of snapshot.relationships) {
    draft.put('relationships', userId, { type, since });
    wantUser(context, userId);
  }
  for (const setting of snapshot.notification_settings) foldNotification(context, setting);
  for (const { channels } of snapshot.servers) {
    for (const { id, parent_id } of channels) if (parent_id !== undefined) ledger.follows.set(id, position);
  }
}

/** Archived threads that are open here, of channels that are still there. */
function openArchived({ draft }: FoldContext, present: ReadonlySet<Id>): Channel[] {
  const { channels, windows } = draft.state;
  return [...windows.keys()].flatMap((id) => {
    const channel = channels.get(id);
    const isThere = channel?.parent_id !== undefined && !present.has(id) && present.has(channel.parent_id);
    return isThere && channel.is_archived ? [channel] : [];
  });
}

/** Another user's view, or none: nothing of the last one stays. */
function wipeAbsent(context: FoldContext, present: ReadonlySet<Id>): void {
  const { channels, windows, messages } = context.draft.state;
  for (const id of new Set([...channels.keys(), ...windows.keys(), ...messages.keys()])) {
    if (!present.has(id)) dropChannel(context, id);
  }
  for (const message of [...context.draft.state.referenced.values()]) {
    if (!present.has(message.channel_id)) context.draft.remove('referenced', message.id);
  }
}

const REPLACED = [
  'servers',
  'roles',
  'categories',
  'channels',
  'members',
  'memberLists',
  'presences',
  'relationships',
  'notifications',
  'reads',
  'receipts',
  'rooms',
  'typing',
] as const;

function clearSlices(draft: Draft): void {
  for (const slice of REPLACED) draft.set(slice, new Map());
  draft.set('serverOrder', []);
  draft.set('followedThreads', new Set());
}

function takeReads(context: FoldContext, snapshot: Ready, channels: readonly Channel[]): void {
  const states = new Map(snapshot.read_states.map((state) => [state.channel_id, state]));
  const own = new Map(snapshot.servers.map((server) => [server.id, server.member]));
  for (const channel of channels) {
    // Only followed threads are unread (E29).
    if (channel.parent_id !== undefined && !context.draft.state.followedThreads.has(channel.id)) continue;
    const member = own.get(channel.server_id ?? '');
    const state = states.get(channel.id);
    const unread = new Unread({
      position: context.position,
      readPosition: state?.read_position ?? 0,
      lastReadId: state?.last_read_id ?? null,
      since: countsSince(channel.server_id === undefined ? null : (member?.joined_at ?? null)),
      count: { unread: state?.unread_count ?? 0, mentions: state?.mention_count ?? 0 },
      roles: member?.role_ids ?? [],
    });
    context.ledger.unread.set(channel.id, unread);
    showUnread(context, channel.id);
  }
}
