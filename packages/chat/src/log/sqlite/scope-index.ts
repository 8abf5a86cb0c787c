/**
 * The index of events by scope, written behind (RFD-0006). An entry of its own for every event would touch another page
 * for nearly every message of a commit; of many events at once, sorted, each page takes several.
 */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Events that may be missing from the index before a commit brings it up to the head. */
const BEHIND = 2048;

export class ScopeIndex {
  readonly #take: StatementSync;
  readonly #mark: StatementSync;
  /** Every event up to here has its entry. */
  #indexed: number;
  /** The same once the transaction under way is committed. */
  #next: number;

  constructor(db: DatabaseSync) {
    this.#take = db.prepare(
      `INSERT INTO scope_index SELECT scope, position FROM events WHERE position > ? AND position <= ?
       ORDER BY scope, position`,
    );
    this.#mark = db.prepare('UPDATE indexed SET position = ?');
    this.#indexed = (db.prepare('SELECT position FROM indexed').get() as { position: number }).position;
    this.#next = this.#indexed;
  }

  /** Within the transaction that brought the log to `head`. */
  follow(head: number): void {
    if (head - this.#indexed < BEHIND) return;
    this.#take.run(this.#indexed, head);
    this.#mark.run(head);
    this.#next = head;
  }

  /** The transaction is over. */
  settle(isCommitted: boolean): void {
    if (isCommitted) this.#indexed = this.#next;
    else this.#next = this.#indexed;
  }
}
