import type { Dispatch, DispatchBody, DispatchType } from './dispatch.ts';

/** Who wants to hear of single events, rather than of the state they lead to: bots, sounds, notifications. */
export class DispatchListeners {
  readonly #byType = new Map<string, Set<(body: unknown) => void>>();
  readonly #onError: (error: unknown) => void;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  add<T extends DispatchType>(type: T, listener: (body: DispatchBody<T>) => void): () => void {
    const listeners = this.#byType.get(type) ?? new Set();
    this.#byType.set(type, listeners);
    listeners.add(listener as (body: unknown) => void);
    return () => {
      listeners.delete(listener as (body: unknown) => void);
    };
  }

  tell(dispatches: readonly Dispatch[]): void {
    for (const { t, d } of dispatches) {
      for (const listener of [...(this.#byType.get(t) ?? [])]) this.#call(listener, d);
    }
  }

  clear(): void {
    this.#byType.clear();
  }

  /** One listener's bug is not the next one's. */
  #call(listener: (body: unknown) => void, body: unknown): void {
    try {
      listener(body);
    } catch (error) {
      this.#onError(error);
    }
  }
}
