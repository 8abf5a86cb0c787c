import type { Id } from '@snug/protocol';
import type { SnugError } from '../rest/snug-error.ts';

/**
 * - `waiting`: the channel is in slow mode; it goes by itself at `retryAt`
 * - `queued`: waits for its turn, for the network, or for `retryAt`
 * - `sent`: on its way; the answer is not there yet
 * - `confirmed`: the server has it; it goes as soon as the store has the message itself (OUT3)
 * - `refused`: the server said no for good; it stays with its reason until retry or discard
 */
export type OutboxState = 'waiting' | 'queued' | 'sent' | 'confirmed' | 'refused';

/** A message that the server has not given back yet. The nonce names it (MSG4). */
export interface OutboxEntry {
  readonly nonce: string;
  readonly channel_id: Id;
  readonly content: string;
  readonly reply_to_id?: Id;
  /** ms since 1970, by this device's clock. */
  readonly created_at: number;
  readonly state: OutboxState;
  /** Why it was refused; or, while queued, why the last try failed. */
  readonly error?: SnugError;
  /** ms since 1970: when the next try is due, where the server asked to wait. */
  readonly retryAt?: number;
}

export interface Draft {
  readonly channel_id: Id;
  readonly content: string;
  readonly reply_to_id?: Id;
}

/** What a client still has to say. Entries survive a reload and are sent again with the same nonce (OUT2). */
export interface Outbox {
  /** Queues a message and returns at once; follow its state in `State.outbox`. */
  send(draft: Draft): OutboxEntry;
  /** Tries a refused entry again, with the same nonce. */
  retry(nonce: string): void;
  /** Drops an entry that is not on its way. One that was sent may have arrived already: then its message stays. */
  discard(nonce: string): void;
}
