/** Counts who has heard each message of one channel. Members hear messages in order, so a count per message will do. */
export class RollCall {
  /** Told each time everybody has heard one more. */
  onAll: () => void = () => {};
  readonly #members: number;
  readonly #heardBy: number[] = [];

  constructor(members: number) {
    this.#members = members;
  }

  /** One more member has heard the message of this number. */
  heard(message: number): void {
    const count = (this.#heardBy[message] ?? 0) + 1;
    this.#heardBy[message] = count;
    if (count === this.#members) this.onAll();
  }
}
