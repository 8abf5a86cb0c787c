/** What several rows of one run use: made when the first asks, removed when the run is over. */
export class SharedFixtures implements AsyncDisposable {
  readonly #made = new Map<string, Promise<Disposable>>();

  get<T extends Disposable>(name: string, make: () => Promise<T>): Promise<T> {
    let made = this.#made.get(name) as Promise<T> | undefined;
    if (made === undefined) {
      made = make();
      this.#made.set(name, made);
    }
    return made;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const made of await Promise.allSettled(this.#made.values())) {
      // What could not be made was reported by the row that asked for it.
      if (made.status === 'fulfilled') made.value[Symbol.dispose]();
    }
  }
}
