const STALL_MS = 20_000;

/** Calls back when nothing moved for 20 s: a load that stands still must fail and not wait for ever. */
export class StallWatch implements Disposable {
  readonly #timer: NodeJS.Timeout;

  /** @param progress any number that changes while things move. */
  constructor(progress: () => number, onStall: (error: Error) => void, describe: () => string) {
    let before = progress();
    this.#timer = setInterval(() => {
      const now = progress();
      if (now === before) onStall(new Error(`nothing moved for ${STALL_MS} ms: ${describe()}`));
      before = now;
    }, STALL_MS);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}
