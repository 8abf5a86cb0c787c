/**
 * Sends frames to readers in slices, so that no turn of the event loop is long however large the audience (E27). Jobs
 * are done in the order they came, so every reader hears positions in order.
 */
import type { Frame } from './frames.ts';
import type { Reader } from './reader.ts';

const SLICE = 500;

interface Job {
  readonly frame: Frame;
  readonly lists: readonly (readonly Reader[])[];
  /** Frames for one reader alone, instead of `lists`. */
  readonly only?: { readonly reader: Reader; readonly group: readonly Frame[] };
  readonly except: ReadonlySet<Reader> | null;
}

export class FanOut {
  #jobs: Job[] = [];
  #next = 0;
  #list = 0;
  #at = 0;
  #isScheduled = false;
  /** Frames handed to readers, for `/metrics`. */
  delivered = 0;

  toAll(frame: Frame, lists: readonly (readonly Reader[])[], except: ReadonlySet<Reader> | null = null): void {
    if (lists.length > 0) this.#jobs.push({ frame, lists, except });
  }

  toOne(reader: Reader, group: readonly Frame[]): void {
    this.#jobs.push({ frame: group[0] as Frame, lists: [], only: { reader, group }, except: null });
  }

  /** Does what a turn allows now; the rest follows in later turns. */
  run(): void {
    if (!this.#isScheduled) this.#slice();
  }

  get waiting(): number {
    return this.#jobs.length - this.#next;
  }

  /** Delivers everything at once: a reader is about to be told where the live end is. */
  #slice(): void {
    let budget = SLICE;
    while (budget > 0 && this.#next < this.#jobs.length) budget -= this.#step(this.#jobs[this.#next] as Job, budget);
    if (this.#next >= this.#jobs.length) {
      this.#jobs = [];
      this.#next = 0;
      return;
    }
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#slice();
    });
  }

  /** One list of one job, or as much of it as the budget allows. Answers what it used. */
  #step(job: Job, budget: number): number {
    if (job.only !== undefined) {
      job.only.reader.deliverGroup(job.only.group);
      this.delivered += job.only.group.length;
      this.#next += 1;
      return 1;
    }
    const readers = job.lists[this.#list] ?? [];
    const end = Math.min(readers.length, this.#at + budget);
    const used = end - this.#at;
    for (; this.#at < end; this.#at++) {
      const reader = readers[this.#at] as Reader;
      if ((job.frame.intent & reader.intents) !== 0 && (job.except === null || !job.except.has(reader)))
        reader.deliver(job.frame);
    }
    this.delivered += used;
    if (this.#at >= readers.length) {
      this.#at = 0;
      this.#list += 1;
      if (this.#list >= job.lists.length) {
        this.#list = 0;
        this.#next += 1;
      }
    }
    return Math.max(1, used);
  }
}
