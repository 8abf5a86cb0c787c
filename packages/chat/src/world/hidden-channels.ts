import type { ChannelState } from './state.ts';

/**
 * The channels of a server that no snapshot shows: archived threads, of which there may be very many, and what is
 * deleted. They lie in the order of their last events, so that a catch-up looks only at those that stirred (E7).
 */
export class HiddenChannels {
  /** Channel to the position of the last event of its scope. No two have the same: a position has one scope. */
  readonly #tails = new Map<ChannelState, number>();
  /** By that position, rising. */
  readonly #order: ChannelState[] = [];

  has(state: ChannelState): boolean {
    return this.#tails.has(state);
  }

  /** Adds it, or moves it to where its last event belongs. */
  put(state: ChannelState, tail: number): void {
    this.delete(state);
    this.#order.splice(this.#firstAfter(tail), 0, state);
    this.#tails.set(state, tail);
  }

  delete(state: ChannelState): void {
    const tail = this.#tails.get(state);
    if (tail === undefined) return;
    this.#order.splice(this.#firstAfter(tail - 1), 1);
    this.#tails.delete(state);
  }

  /** Those with an event after this position. */
  since(position: number): readonly ChannelState[] {
    return this.#order.slice(this.#firstAfter(position));
  }

  #firstAfter(position: number): number {
    let [low, high] = [0, this.#order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#tails.get(this.#order[middle] as ChannelState) ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
