/**
 * What the readers of one channel heard. Every reader must hear the same positions in the same order, each once; so
 * one list is kept, and each reader only counts how far along it is.
 */
export class Heard {
  /** Positions in the order the first reader of each heard them. */
  readonly positions: number[] = [];
  /** What some reader heard otherwise, as a sentence; empty if all heard the same. */
  readonly faults: string[] = [];

  /** The reader hears its `index`th message, at this position. */
  add(index: number, position: number): void {
    const known = this.positions[index];
    if (known === position) return;
    if (known === undefined && index === this.positions.length && position > (this.positions.at(-1) ?? 0)) {
      this.positions.push(position);
    } else if (this.faults.length < 10) {
      this.faults.push(`message ${index} of a channel was heard at ${position}, by another reader at ${known}`);
    }
  }
}
