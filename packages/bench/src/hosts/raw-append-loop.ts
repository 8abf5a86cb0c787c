/**
 * Reference: the statements of the same appends, in a loop, 256 to a transaction. Which statements those are is not
 * copied here: the writer itself runs them once on a scratch database that writes down what it is asked, and only
 * their repetition on a fresh database is timed. Arguments: file to write, scratch file with the same content, cast as
 * JSON.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { openLogDatabase, type WireAppend, Writer } from '@snug/chat';
import { EVENTS } from '@snug/protocol';
import { type Cast, SampleAppends } from '../load/sample-appends.ts';
import { answerParent, ready } from '../process/parent-link.ts';

type Method = 'run' | 'get' | 'all';
type Step = { sql: string; method: Method | 'exec'; values: readonly SQLInputValue[] };

const BATCH = 256;
const [, , file = '', scratch = '', cast = ''] = process.argv;

/** A database that writes down every statement it runs. */
class RecordingDatabase {
  steps: Step[] = [];
  readonly #db: DatabaseSync;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  get isTransaction(): boolean {
    return this.#db.isTransaction;
  }

  exec(sql: string): void {
    this.steps.push({ sql, method: 'exec', values: [] });
    this.#db.exec(sql);
  }

  prepare(sql: string): Pick<StatementSync, Method> {
    const statement = this.#db.prepare(sql);
    const recorded =
      <M extends Method>(method: M) =>
      (...values: SQLInputValue[]) => {
        this.steps.push({ sql, method, values });
        return statement[method](...values);
      };
    return { run: recorded('run'), get: recorded('get'), all: recorded('all') } as Pick<StatementSync, Method>;
  }
}

function open(path: string): DatabaseSync {
  const db = new DatabaseSync(path);
  openLogDatabase(db);
  return db;
}

const db = open(file);
const recording = new RecordingDatabase(open(scratch));
const writer = new Writer(recording as unknown as DatabaseSync);
const samples = new SampleAppends(JSON.parse(cast) as Cast);
const statements = new Map<string, StatementSync>();

/** The statements of so many appends, in the order the writer runs them. */
function record(count: number): Step[] {
  const appends = samples.make(count).map(
    ({ actor, at, trace, nonce = null, guards, events }): WireAppend => ({
      actor,
      at,
      trace,
      nonce,
      nonceAt: 0,
      origin: null,
      guards,
      events: events.map(({ scope, type, subject, body }) => {
        return { scope, type, v: EVENTS[type].v, subject, json: JSON.stringify(body) };
      }),
    }),
  );
  recording.steps = [];
  for (let from = 0; from < count; from += BATCH) {
    const { faults } = writer.commit(appends.slice(from, from + BATCH));
    if (faults.length > 0) throw new Error(faults[0]);
  }
  return recording.steps;
}

function repeat(steps: readonly Step[]): void {
  for (const { sql, method, values } of steps) {
    if (method === 'exec') db.exec(sql);
    else (statements.get(sql) as StatementSync)[method](...values);
  }
}

answerParent({
  /** Answers the seconds it took. */
  round: (count: number) => {
    const steps = record(count);
    for (const { sql, method } of steps) {
      if (method !== 'exec' && !statements.has(sql)) statements.set(sql, db.prepare(sql));
    }
    const began = performance.now();
    repeat(steps);
    return { seconds: (performance.now() - began) / 1000 };
  },
});
ready({});
