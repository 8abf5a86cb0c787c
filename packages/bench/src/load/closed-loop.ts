import { StallWatch } from './stall-watch.ts';

/**
 * A closed loop: each of `width` slots sends, waits for its answer, and sends again, until `count` sends were answered
 * in all. It counts sends, not time, so that a busy machine makes a round longer and not smaller.
 */
export class ClosedLoop {
  readonly finished: Promise<void>;
  readonly #send: (slot: number) => void;
  #toSend: number;
  #open = 0;
  #finish: () => void = () => {};
  #fail: (error: Error) => void = () => {};

  constructor(width: number, count: number, send: (slot: number) => void) {
    this.#send = send;
    this.#toSend = count;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const watch = new StallWatch(
      () => this.#toSend + this.#open,
      reject,
      () => `${this.#open} sends were not answered`,
    );
    this.finished = promise.finally(() => watch[Symbol.dispose]());
    this.#finish = resolve;
    this.#fail = reject;
    for (let slot = 0; slot < Math.min(width, count); slot++) this.#next(slot);
  }

  /** The slot's answer came. */
  answered(slot: number): void {
    this.#open -= 1;
    if (this.#toSend > 0) this.#next(slot);
    else if (this.#open === 0) this.#finish();
  }

  /** Something will never be answered: `finished` rejects. */
  failed(error: Error): void {
    this.#fail(error);
  }

  #next(slot: number): void {
    this.#toSend -= 1;
    this.#open += 1;
    this.#send(slot);
  }
}
