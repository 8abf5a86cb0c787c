import type { CommandResult, Id } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';
import { addFollowed, follow, unfollow } from './fold-threads.ts';
import { showUnread } from './show-unread.ts';

/** Whether only the server can tell what is unread in a channel, or whether a thread is followed. */
export function needsRecount({ ledger }: Pick<FoldContext, 'ledger'>, channelId: Id): boolean {
  const unread = ledger.unread.get(channelId);
  return unread === undefined ? !ledger.follows.has(channelId) : unread.uncertain;
}

/**
 * Takes the server's own count of one channel (STORE7). The context's position is that of the answer. False: it is older
 * than what was folded; ask again.
 */
export function applyRecount(context: FoldContext, channelId: Id, answer: CommandResult<'read.get'>): boolean {
  const { draft, ledger, position } = context;
  const channel = draft.state.channels.get(channelId);
  if (channel === undefined) return true;
  if (!ledger.log.reaches(position)) return false;
  if (channel.parent_id !== undefined && position > (ledger.follows.get(channelId) ?? -1)) {
    ledger.follows.set(channelId, position);
    if (answer.is_followed !== true) unfollow(context, channelId);
    else if (channel.is_archived) addFollowed(context, channelId);
    else follow(context, channel, true);
  }
  const unread = ledger.unread.get(channelId);
  if (unread === undefined) return true;
  const gone = ledger.log.since(channelId, position).some((event) => event.kind === 'delete');
  // What went meanwhile may have been counted.
  if (gone) return false;
  const at = { position, readPosition: answer.read_position, lastReadId: answer.last_read_id };
  const isTaken = unread.recount({ unread: answer.unread_count, mentions: answer.mention_count }, at);
  showUnread(context, channelId);
  return isTaken || !unread.uncertain;
}
