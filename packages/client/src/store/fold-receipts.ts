import type { Id, Receipt } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';

/** How far somebody got, from an event or an answer: it only moves forward, so the order does not matter (RCPT). */
export function foldReceipt({ draft }: FoldContext, body: Receipt): void {
  const { channel_id: channelId, user_id: userId } = body;
  const recipients = draft.state.channels.get(channelId)?.recipient_ids;
  if (!recipients?.includes(userId)) return;
  const known = draft.state.receipts.get(channelId)?.get(userId);
  draft.putIn('receipts', channelId, userId, known === undefined ? body : furthest(known, body));
}

function furthest(a: Receipt, b: Receipt): Receipt {
  const delivered = b.delivered_position > a.delivered_position ? b : a;
  const read = b.read_position > a.read_position ? b : a;
  if (delivered === a && read === a) return a;
  return {
    channel_id: a.channel_id,
    user_id: a.user_id,
    delivered_position: delivered.delivered_position,
    delivered_id: delivered.delivered_id,
    delivered_at: delivered.delivered_at,
    read_position: read.read_position,
    read_id: read.read_id,
    read_at: read.read_at,
  };
}

export function dropReceipt({ draft }: FoldContext, channelId: Id, userId: Id): void {
  draft.removeIn('receipts', channelId, userId);
}
