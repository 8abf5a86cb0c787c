import { type Channel, type EventBody, firstIdAt, type Id } from '@snug/protocol';
import { defined } from './defined.ts';
import type { FoldContext } from './fold-context.ts';
import { wantUser } from './fold-users.ts';
import { Unread } from './unread.ts';

/** A new channel, or one that has become visible. What was said in it before is not unread (READ10). */
export function foldChannelCreate(context: FoldContext, body: Channel): void {
  const { draft, ledger, position } = context;
  draft.put('channels', body.id, body);
  for (const userId of body.recipient_ids ?? []) wantUser(context, userId);
  if (ledger.unread.has(body.id)) return;
  const count = { unread: 0, mentions: 0 };
  const unread = new Unread({
    position,
    readPosition: position,
    lastReadId: body.last_message_id,
    since: body.id,
    count,
  });
  ledger.unread.set(body.id, unread);
  showUnread(context, body.id);
}

export function foldChannelUpdate({ draft }: FoldContext, body: EventBody<'CHANNEL_UPDATE'>): void {
  const channel = draft.state.channels.get(body.id);
  if (channel !== undefined) draft.put('channels', body.id, { ...channel, ...defined(body) });
}

export function foldChannelDelete(context: FoldContext, body: { id: Id }): void {
  dropChannel(context, body.id);
}

/** Nothing of a channel stays that can no longer be seen; what this user still has to say there does (STORE2). */
export function dropChannel({ draft, ledger }: FoldContext, channelId: Id): void {
  ledger.unread.delete(channelId);
  ledger.notFollowing.delete(channelId);
  for (const slice of ['channels', 'messages', 'windows', 'reads', 'typing'] as const) draft.remove(slice, channelId);
  for (const message of [...draft.state.referenced.values()]) {
    if (message.channel_id === channelId) draft.remove('referenced', message.id);
  }
}

/** Brings the state's mark up to what the ledger counts, and asks for a recount where it cannot count. */
export function showUnread({ draft, ledger }: FoldContext, channelId: Id): void {
  const unread = ledger.unread.get(channelId);
  if (unread === undefined) return;
  if (unread.uncertain) ledger.wanted.recounts.add(channelId);
  const mark = { lastReadId: unread.lastReadId, readPosition: unread.readPosition, ...unread.count };
  const shown = draft.state.reads.get(channelId);
  const same =
    shown?.lastReadId === mark.lastReadId &&
    shown.readPosition === mark.readPosition &&
    shown.unread === mark.unread &&
    shown.mentions === mark.mentions;
  if (!same) draft.put('reads', channelId, mark);
}

/** The id below which nothing counts as unread: the moment of joining; a DM counts from its beginning. */
export function countsSince(joinedAt: string | null): Id {
  return firstIdAt(joinedAt === null ? 0 : Math.max(0, Date.parse(joinedAt) || 0));
}
