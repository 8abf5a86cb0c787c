import type { EventBody, ReadState } from '@snug/protocol';
import { showUnread } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';

/** From another session, or this one's own echo: it says where, the store counts (DLV19). */
export function foldReadState(context: FoldContext, body: EventBody<'READ_STATE_UPDATE'>): void {
  const unread = context.ledger.unread.get(body.channel_id);
  if (unread === undefined) return;
  unread.mark({ position: context.position, readPosition: body.read_position, lastReadId: body.last_read_id });
  showUnread(context, body.channel_id);
}

/** The answer to an ack: it also counts, as of the context's position. */
export function applyReadState(context: FoldContext, body: ReadState): void {
  const { ledger, position } = context;
  const unread = ledger.unread.get(body.channel_id);
  if (unread === undefined || position < unread.stamp) return;
  unread.mark({ position, readPosition: body.read_position, lastReadId: body.last_read_id });
  const deletedSince = ledger.log.since(body.channel_id, position).some((event) => event.kind === 'delete');
  const range = { from: body.last_read_id ?? unread.since, to: null };
  if (!deletedSince && ledger.log.accepts(body.channel_id, range, position)) {
    unread.recount({ unread: body.unread_count, mentions: body.mention_count }, position);
  }
  showUnread(context, body.channel_id);
}
