import type { Id } from '@snug/protocol';
import { foldReceipt } from '../store/fold-receipts.ts';
import type { LiveStore } from '../store/live-store.ts';
import type { Caller } from './caller.ts';

/** How far the people of a DM or group got; events keep it true from then on. Throws SnugError. */
export async function loadReceipts(caller: Caller, store: LiveStore, channelId: Id): Promise<void> {
  const { result, position } = await caller.request('receipt.list', { channel_id: channelId });
  store.applyAt(position ?? store.getState().cursor, (context) => {
    for (const receipt of result.items) foldReceipt(context, receipt);
  });
}
