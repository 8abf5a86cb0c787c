import type { Id, MessagePage } from '@snug/protocol';
import { showUnread } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { countOf } from './fold-messages.ts';
import { UNREAD_CAP, type UnreadCount } from './unread.ts';

/** Where an unread count is asked for from, and which read mark it is for. */
export interface RecountQuestion {
  readonly channelId: Id;
  /** Messages after this id are counted. */
  readonly after: Id;
  readonly readPosition: number;
}

/** What to ask when a channel's count is uncertain; null where nothing is, or where no page could tell. */
export function recountQuestion({ ledger }: Pick<FoldContext, 'ledger'>, channelId: Id): RecountQuestion | null {
  const unread = ledger.unread.get(channelId);
  if (unread === undefined || !unread.uncertain) return null;
  // Marked as unread elsewhere, further back than what is known here, and no message says where: a guess stays.
  if (unread.lastReadId === null && unread.readPosition > 0) return null;
  return { channelId, after: unread.lastReadId ?? unread.since, readPosition: unread.readPosition };
}

/**
 * Counts the messages after the read mark: the page itself tells, and asking changes nothing (STORE7). The context's
 * position is that of the page. False: it is older than what was folded, or was asked for another mark; ask again.
 */
export function applyRecount(context: FoldContext, question: RecountQuestion, page: MessagePage): boolean {
  const { channelId, after, readPosition } = question;
  const unread = context.ledger.unread.get(channelId);
  if (unread === undefined) return true;
  if (unread.readPosition !== readPosition) return false;
  if (!context.ledger.log.accepts(channelId, { from: after, to: null }, context.position)) return false;
  if (!unread.recount(countPage(context, channelId, page), context.position)) return !unread.uncertain;
  showUnread(context, channelId);
  return true;
}

function countPage(context: FoldContext, channelId: Id, page: MessagePage): UnreadCount {
  const since = context.ledger.log.since(channelId, context.position);
  const gone = new Set(since.filter((event) => event.kind === 'delete').map((event) => event.id));
  let unread = 0;
  let mentions = 0;
  for (const message of page.items) {
    const count = gone.has(message.id) ? null : countOf(context, message);
    unread += count?.unread ?? 0;
    mentions += count?.mentions ?? 0;
  }
  return { unread: page.has_more ? UNREAD_CAP : unread, mentions };
}
