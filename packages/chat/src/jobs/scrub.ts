/** Ends each erasure: the write-ahead log is truncated within a stated time, so that no old page keeps the words (E25). */
import type { Logger } from '@snug/edge';
import type { Log } from '../log/log.ts';

export class ScrubJob {
  readonly #log: Log;
  readonly #delay: number;
  readonly #logger: Logger;
  #timer: NodeJS.Timeout | null = null;
  #isStopped = false;

  constructor(log: Log, delay: number, logger: Logger) {
    this.#log = log;
    this.#delay = delay;
    this.#logger = logger;
  }

  /** Something was erased. */
  want(): void {
    if (this.#isStopped) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#scrub();
    }, this.#delay).unref();
  }

  /** Somebody else may be reading the write-ahead log; it is tried until it works. */
  async #scrub(): Promise<void> {
    try {
      if (await this.#log.scrub()) return;
      this.#logger.warn({}, 'another reader keeps the write-ahead log; erased words go as soon as it is done');
      this.want();
    } catch (error) {
      this.#logger.error({ err: error }, 'erased words may still be in the write-ahead log');
    }
  }

  /** True while something waits to be scrubbed: a closing instance does it before it goes. */
  get isPending(): boolean {
    return this.#timer !== null;
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
