import type { Channel, Id, Ready } from '@snug/protocol';
import type { Draft } from './draft.ts';
import { countsSince, dropChannel, showUnread } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { foldPresence, showOwnPresence } from './fold-presence.ts';
import { takeServer } from './fold-servers.ts';
import { learnUser, wantUser } from './fold-users.ts';
import { Unread } from './unread.ts';
import { putWindow } from './window.ts';

/**
 * READY, or the snapshot of a reset: replaces what is known (E5, STORE2). Windows stay and are stale, the content of
 * channels that are not in it goes, and what this user still has to say stays.
 */
export function applySnapshot(context: FoldContext, snapshot: Ready): void {
  const { draft, ledger, position } = context;
  const channels = [...snapshot.servers.flatMap((server) => server.channels), ...snapshot.dms];
  wipeAbsent(context, new Set(channels.map((channel) => channel.id)));
  ledger.reset(position);
  clearSlices(draft);
  draft.set('ready', true);
  draft.set('cursor', position);
  draft.set('me', snapshot.user);
  draft.set('isAdmin', snapshot.account.is_admin);
  learnUser(context, snapshot.user);
  for (const user of snapshot.users) learnUser(context, user);
  takeReads(context, snapshot, channels);
  for (const server of snapshot.servers) takeServer(context, server);
  for (const dm of snapshot.dms) {
    draft.put('channels', dm.id, dm);
    for (const userId of dm.recipient_ids ?? []) wantUser(context, userId);
  }
  for (const presence of snapshot.presences) foldPresence(context, presence);
  showOwnPresence(context);
  for (const channelId of draft.state.windows.keys()) putWindow(draft, channelId, { stale: true, loading: null });
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

function clearSlices(draft: Draft): void {
  draft.set('servers', new Map());
  draft.set('serverOrder', []);
  draft.set('roles', new Map());
  draft.set('channels', new Map());
  draft.set('members', new Map());
  draft.set('memberLists', new Map());
  draft.set('presences', new Map());
  draft.set('reads', new Map());
  draft.set('typing', new Map());
}

function takeReads(context: FoldContext, snapshot: Ready, channels: readonly Channel[]): void {
  const states = new Map(snapshot.read_states.map((state) => [state.channel_id, state]));
  const joined = new Map(snapshot.servers.map((server) => [server.id, server.member?.joined_at ?? null]));
  for (const channel of channels) {
    const since = countsSince(channel.server_id === undefined ? null : (joined.get(channel.server_id) ?? null));
    const state = states.get(channel.id);
    const unread = new Unread({
      position: context.position,
      readPosition: state?.read_position ?? 0,
      lastReadId: state?.last_read_id ?? null,
      since,
      count: { unread: state?.unread_count ?? 0, mentions: state?.mention_count ?? 0 },
    });
    context.ledger.unread.set(channel.id, unread);
    showUnread(context, channel.id);
  }
}
