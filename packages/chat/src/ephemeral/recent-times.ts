/** When something happened to somebody, for as many as fit: who it happened to longest ago is forgotten first. */
import type { Id } from '@snug/protocol';

const MAX = 100_000;

export class RecentTimes {
  readonly #times = new Map<Id, number>();

  /** @param at ms since 1970 */
  note(id: Id, at: number): void {
    this.#times.delete(id);
    this.#times.set(id, at);
    if (this.#times.size > MAX) this.forget(this.#times.keys().next().value as Id);
  }

  at(id: Id): number | undefined {
    return this.#times.get(id);
  }

  forget(id: Id): void {
    this.#times.delete(id);
  }
}
