/** Work with one holder that is done until nothing more is wanted: a call while it runs makes it look again. */
export class OneAtATime {
  readonly #work: () => Promise<void>;
  #isRunning = false;
  #isWanted = false;
  #isStopped = false;

  constructor(work: () => Promise<void>) {
    this.#work = work;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  async run(): Promise<void> {
    this.#isWanted = true;
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      while (this.#isWanted && !this.#isStopped) {
        this.#isWanted = false;
        await this.#work();
      }
    } finally {
      this.#isRunning = false;
    }
  }

  /** What is under way ends where it may; nothing begins any more. */
  stop(): void {
    this.#isStopped = true;
  }
}
