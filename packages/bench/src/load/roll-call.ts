/** Counts who has heard each message of one channel. Members hear messages in order, so a count per message will do. */
export class RollCall {
  /** Told each time everybody has heard one more. */
  onAll: () => void = () => {};
  readonly #members: number;
  readonly #heardBy: number[] = [];

  constructor(members: number) {
    this.#members = members;
  }

  /** How often anybody heard anything. */
  total = 0;

  /** What the last message is that somebody heard, and by how many. */
  describe(): string {
    const last = this.#heardBy.length - 1;
    return `message ${last} was heard by ${this.#heardBy[last] ?? 0} of ${this.#members}`;
  }

  /** One more member has heard the message of this number. */
  heard(message: number): void {
    this.total += 1;
    const count = (this.#heardBy[message] ?? 0) + 1;
    this.#heardBy[message] = count;
    if (count === this.#members) this.onAll();
  }
}
