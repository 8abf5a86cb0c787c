import type { Locks } from '../session/locks.ts';

/**
 * Which tab sends an entry: the one that holds its lock. A tab holds the locks of its own entries for as long as it lives,
 * so another takes over exactly what a closed tab has left behind. Without locks everybody sends, and the nonce keeps it one
 * message.
 */
export class EntryClaims {
  readonly #locks: Locks | null;
  readonly #prefix: string;
  readonly #held = new Map<string, () => void>();

  constructor(locks: Locks | null, url: string) {
    this.#locks = locks;
    this.#prefix = `snug:${url}:outbox:`;
  }

  /** True when the entry is this client's to send; false when another tab has it. */
  async claim(nonce: string): Promise<boolean> {
    if (this.#locks === null || this.#held.has(nonce)) return true;
    const locks = this.#locks;
    return new Promise((resolve, reject) => {
      locks
        .request(this.#prefix + nonce, { ifAvailable: true }, (lock) => {
          resolve(lock !== null);
          if (lock === null) return undefined;
          return new Promise<void>((release) => {
            this.#held.set(nonce, release);
          });
        })
        .catch(reject);
    });
  }

  release(nonce: string): void {
    this.#held.get(nonce)?.();
    this.#held.delete(nonce);
  }

  releaseAll(): void {
    for (const nonce of [...this.#held.keys()]) this.release(nonce);
  }
}
