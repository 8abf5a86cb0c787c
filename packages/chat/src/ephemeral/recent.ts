/** Something of somebody, for as many as fit: of whom it was noted longest ago is forgotten first. */
import type { Id } from '@snug/protocol';

const MAX = 100_000;

export class Recent<T> {
  readonly #values = new Map<Id, T>();

  note(id: Id, value: T): void {
    this.#values.delete(id);
    this.#values.set(id, value);
    if (this.#values.size > MAX) this.forget(this.#values.keys().next().value as Id);
  }

  of(id: Id): T | undefined {
    return this.#values.get(id);
  }

  forget(id: Id): void {
    this.#values.delete(id);
  }
}
