import type { ChannelPresence, Id, Presence, TypingIndicator } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';
import { wantUser } from './fold-users.ts';
import type { State } from './state.ts';

/** How long somebody counts as typing after they said so; a client says so every 5 s. */
export const TYPING_MS = 10_000;

export function foldPresence({ draft }: FoldContext, body: Presence): void {
  if (body.user_id !== draft.state.me?.id) draft.put('presences', body.user_id, body);
}

/** One's own presence is what this client says of it: the server tells it to others, and calls invisible offline (E30). */
export function showOwnPresence({ draft, ledger }: FoldContext): void {
  const { me } = draft.state;
  if (me === null) return;
  const { status = 'online', activities = [] } = ledger.presence ?? {};
  draft.put('presences', me.id, {
    user_id: me.id,
    status,
    custom_status: me.custom_status,
    activities: [...activities],
    client_info: {},
    last_seen_at: null,
  });
}

/** Whether somebody is known to be about. */
export function isHere({ presences }: State, userId: Id): boolean {
  const status = presences.get(userId)?.status ?? 'offline';
  return status !== 'offline' && status !== 'invisible';
}

export function foldTyping(context: FoldContext, body: TypingIndicator): void {
  const { draft, now } = context;
  if (body.user_id === draft.state.me?.id || !draft.state.channels.has(body.channel_id)) return;
  draft.putIn('typing', body.channel_id, body.user_id, now + TYPING_MS);
  wantUser(context, body.user_id);
}

export function foldTypingStop(context: FoldContext, body: TypingIndicator): void {
  stopTyping(context, body.channel_id, body.user_id);
}

/** Who is active in a room; nobody any more, or oneself no longer: then it says nothing. */
export function foldChannelPresence(context: FoldContext, body: ChannelPresence): void {
  const { draft } = context;
  if (body.count === 0 || !draft.state.channels.has(body.channel_id)) draft.remove('rooms', body.channel_id);
  else draft.put('rooms', body.channel_id, body);
  for (const userId of body.user_ids) wantUser(context, userId);
}

export function stopTyping({ draft }: FoldContext, channelId: string, userId: string): void {
  draft.removeIn('typing', channelId, userId);
  if (draft.state.typing.get(channelId)?.size === 0) draft.remove('typing', channelId);
}

/** Ends what is over. Returns when to look again, in ms since 1970; null when nobody types. */
export function expireTyping(context: FoldContext): number | null {
  let next: number | null = null;
  for (const [channelId, users] of [...context.draft.state.typing]) {
    for (const [userId, until] of [...users]) {
      if (until <= context.now) stopTyping(context, channelId, userId);
      else next = Math.min(next ?? until, until);
    }
  }
  return next;
}
