import type { Channel, Id } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import { knowsWhetherFollowed, learnThread } from '../store/fold-threads.ts';
import type { LiveStore } from '../store/live-store.ts';
import type { Caller } from './caller.ts';

/** How long to wait for the event that brings a channel which was answered already, in ms. */
const SETTLE_MS = 5_000;

/**
 * A channel by its id: out of the store, or, where no snapshot shows it because it is an archived thread, fetched into
 * it. Throws SnugError; UNKNOWN_CHANNEL where there is none, or none one can see.
 */
export async function openChannel(caller: Caller, store: LiveStore, channelId: Id): Promise<Channel> {
  const known = store.getState().channels.get(channelId);
  if (known !== undefined) {
    askWhetherFollowed(store, known);
    return known;
  }
  const { result, position } = await caller.request('channel.get', { channel_id: channelId });
  if (result.parent_id === undefined) await store.reached(position ?? 0, SETTLE_MS);
  else store.applyAt(position ?? store.getState().cursor, (context) => learnThread(context, result));
  const opened = store.getState().channels.get(channelId);
  // Answered, and gone again by what came after it.
  if (opened === undefined) throw new SnugError('UNKNOWN_CHANNEL');
  askWhetherFollowed(store, opened);
  return opened;
}

/** It stands nowhere in a thread that was fetched whether this user follows it. */
function askWhetherFollowed(store: LiveStore, channel: Channel): void {
  if (channel.parent_id === undefined || knowsWhetherFollowed(store.ledger, channel)) return;
  store.applyAt(store.getState().cursor, ({ ledger }) => ledger.wanted.recounts.add(channel.id));
}
