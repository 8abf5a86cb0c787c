/**
 * Sends frames to readers in slices, so that no turn of the event loop is long however large the audience (E27). Jobs
 * are done in the order they came, so every reader hears positions in order. Frames that follow each other to the same
 * readers are one run: each reader gets all of them at once, and so one write.
 */
import type { Frame } from './frames.ts';
import type { Reader } from './reader.ts';

/** Readers of one turn. */
const SLICE = 500;

type Lists = readonly (readonly Reader[])[];

interface Job {
  readonly frame: Frame;
  readonly lists: Lists;
  /** Frames for one reader alone, instead of `lists`. */
  readonly only: { readonly reader: Reader; readonly group: readonly Frame[] } | null;
  readonly except: ReadonlySet<Reader> | null;
}

/** The run under way: some frames, and how far through their readers it is. */
interface Run {
  readonly frames: readonly Frame[];
  readonly lists: Lists;
  readonly except: ReadonlySet<Reader> | null;
  list: number;
  at: number;
}

export class FanOut {
  #jobs: Job[] = [];
  #next = 0;
  #run: Run | null = null;
  #isScheduled = false;
  /** Frames handed to readers, for `/metrics`. */
  delivered = 0;

  toAll(frame: Frame, lists: Lists, except: ReadonlySet<Reader> | null = null): void {
    if (lists.length > 0) this.#jobs.push({ frame, lists, only: null, except });
  }

  toOne(reader: Reader, group: readonly Frame[]): void {
    this.#jobs.push({ frame: group[0] as Frame, lists: [], only: { reader, group }, except: null });
  }

  /** Does what a turn allows now; the rest follows in later turns. */
  run(): void {
    if (!this.#isScheduled) this.#slice();
  }

  get waiting(): number {
    return this.#jobs.length - this.#next + (this.#run === null ? 0 : 1);
  }

  #slice(): void {
    let budget = SLICE;
    while (budget > 0 && this.waiting > 0) budget -= this.#step(budget);
    if (this.waiting === 0) {
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

  /** One list of a run, or as much of it as the budget allows. Answers what it used. */
  #step(budget: number): number {
    this.#run ??= this.#nextRun();
    const run = this.#run;
    if (run === null) return 1;
    const readers = run.lists[run.list] ?? [];
    const end = Math.min(readers.length, run.at + budget);
    const used = end - run.at;
    for (; run.at < end; run.at++) deliver(run, readers[run.at] as Reader);
    this.delivered += used * run.frames.length;
    if (run.at >= readers.length) {
      run.at = 0;
      run.list += 1;
      if (run.list >= run.lists.length) this.#run = null;
    }
    return Math.max(1, used);
  }

  /** Takes the next job, and with it those right behind it that go to the same readers. Null: it was for one alone. */
  #nextRun(): Run | null {
    const { frame, lists, only, except } = this.#jobs[this.#next++] as Job;
    if (only !== null) {
      only.reader.deliverGroup(only.group);
      this.delivered += only.group.length;
      return null;
    }
    const frames = [frame];
    for (; this.#next < this.#jobs.length; this.#next++) {
      const job = this.#jobs[this.#next] as Job;
      if (job.only !== null || job.except !== except || !isSame(job.lists, lists)) break;
      frames.push(job.frame);
    }
    return { frames, lists, except, list: 0, at: 0 };
  }
}

function deliver({ frames, except }: Run, reader: Reader): void {
  if (except?.has(reader)) return;
  for (const frame of frames) if ((frame.intent & reader.intents) !== 0) reader.deliver(frame);
}

/** A class keeps its list until it changes, so the same readers are the same lists. */
function isSame(a: Lists, b: Lists): boolean {
  return a.length === b.length && a.every((list, index) => list === b[index]);
}
