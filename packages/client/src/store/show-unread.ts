import type { Id } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';

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

/** Own roles changed: mentions are counted by those one holds now. */
export function countByRoles(context: FoldContext, serverId: Id): void {
  const { draft, ledger } = context;
  const { me, members, channels } = draft.state;
  const held = members.get(serverId)?.get(me?.id ?? '')?.role_ids ?? [];
  for (const [channelId, unread] of ledger.unread) {
    if (channels.get(channelId)?.server_id !== serverId) continue;
    unread.holdRoles(held);
    showUnread(context, channelId);
  }
}
