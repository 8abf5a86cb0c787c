import type { Listening } from './listener.ts';

/** The promises every transport keeps: live once, ended once. */
export class Ending {
  readonly live: Listening['live'];
  readonly ended: Listening['ended'];
  #isOver = false;
  #goLive: () => void = () => {};
  #failLive: (error: Error) => void = () => {};
  #end: (how: string) => void = () => {};

  constructor() {
    this.live = new Promise((resolve, reject) => {
      this.#goLive = resolve;
      this.#failLive = reject;
    });
    // Whoever does not wait for it has not lost anything when it fails.
    this.live.catch(() => {});
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  alive(): void {
    this.#goLive();
  }

  end(how: string): void {
    this.#isOver = true;
    this.#failLive(new Error(`ended before it was live: ${how}`));
    this.#end(how);
  }
}
