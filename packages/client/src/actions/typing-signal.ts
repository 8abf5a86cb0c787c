import type { Id } from '@snug/protocol';
import { SnugError } from '../rest/snug-error.ts';
import type { Caller } from './caller.ts';

/** Others see somebody typing for 10 s: half of that keeps it alive. In ms. */
const TYPING_INTERVAL = 5_000;

/** After this time, in ms, nobody shows it any more. */
const SHOWN_MS = 10_000;

/** Says that the user types, at most every five seconds in a channel. */
export class TypingSignal {
  readonly #caller: Caller;
  readonly #now: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #lastSent = new Map<Id, number>();

  constructor(caller: Caller, now: () => number, onError: (error: unknown) => void) {
    this.#caller = caller;
    this.#now = now;
    this.#onError = onError;
  }

  typing(channelId: Id): void {
    const now = this.#now();
    if (now - (this.#lastSent.get(channelId) ?? Number.NEGATIVE_INFINITY) < TYPING_INTERVAL) return;
    this.#lastSent.set(channelId, now);
    this.#caller.request('typing.start', { channel_id: channelId }).catch((error: unknown) => {
      // That somebody types is not worth a word when it cannot be said.
      if (!(error instanceof SnugError)) this.#onError(error);
    });
  }

  /** The user types no more, though nothing was sent; said only where somebody was told that they do. */
  stopped(channelId: Id): void {
    const last = this.#lastSent.get(channelId);
    this.#lastSent.delete(channelId);
    if (last === undefined || this.#now() - last >= SHOWN_MS) return;
    this.#caller.request('typing.stop', { channel_id: channelId }).catch((error: unknown) => {
      if (!(error instanceof SnugError)) this.#onError(error);
    });
  }

  /** The message was sent: the next key is news again. */
  sent(channelId: Id): void {
    this.#lastSent.delete(channelId);
  }
}
