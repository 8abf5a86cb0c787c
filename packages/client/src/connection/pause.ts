/** Waiting that can be cut short. */
export class Pause {
  #wake: (() => void) | null = null;

  /** Resolves after `ms`, or at `wake`. */
  wait(ms: number): Promise<void> {
    this.wake();
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.wake(), ms);
      this.#wake = () => {
        clearTimeout(timer);
        this.#wake = null;
        resolve();
      };
    });
  }

  wake(): void {
    this.#wake?.();
  }
}
