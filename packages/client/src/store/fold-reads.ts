import type { ReadState } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';
import { showUnread } from './show-unread.ts';

/**
 * Where reading stands, as an event or as the answer to an ack: it says where, and the store counts (DLV19, E6). An older
 * one than what is known changes nothing.
 */
export function foldReadState(context: FoldContext, body: ReadState): void {
  const unread = context.ledger.unread.get(body.channel_id);
  if (unread === undefined) return;
  unread.mark({ position: context.position, readPosition: body.read_position, lastReadId: body.last_read_id });
  showUnread(context, body.channel_id);
}
