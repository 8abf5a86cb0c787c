import type { Id, Message } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';

/** One's own message came back: its outbox entry goes in the same change, so that never both are shown (OUT3). */
export function settleOutbox(context: FoldContext, message: Message): void {
  if (message.nonce === undefined || message.author_id !== context.draft.state.me?.id) return;
  dropEntry(context, message.channel_id, message.nonce);
}

/** What the server confirmed at or below the cursor has been folded, or was deleted since: its entry goes. */
export function settleConfirmed(context: FoldContext): void {
  for (const [nonce, { channelId, position }] of [...context.ledger.confirmed]) {
    if (position <= context.draft.state.cursor) dropEntry(context, channelId, nonce);
  }
}

function dropEntry({ draft, ledger }: FoldContext, channelId: Id, nonce: string): void {
  ledger.confirmed.delete(nonce);
  const entries = draft.state.outbox.get(channelId);
  if (!entries?.some((entry) => entry.nonce === nonce)) return;
  ledger.settled.push(nonce);
  const rest = entries.filter((entry) => entry.nonce !== nonce);
  if (rest.length === 0) draft.remove('outbox', channelId);
  else draft.put('outbox', channelId, rest);
}
