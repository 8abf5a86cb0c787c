/**
 * The SQLite log as the rest of the process sees it: adaptive group commit in front of the writer thread. While a
 * commit is in flight, appends collect; when it lands, everything that waits goes as the next batch (storage facts, 2).
 */
import { Worker } from 'node:worker_threads';
import type { Logger } from '@snug/edge';
import { EVENTS, Refusal, type RefusalCode } from '@snug/protocol';
import { authorityKeys, type Guard, type LogEvent } from '../envelope.ts';
import type { Append, AppendResult, BatchListener, Log } from '../log.ts';
import { SqliteReader } from './reader.ts';
import { encodeAppend } from './wire.ts';
import type { FromWriter, ToWriter } from './writer-thread.ts';

const MAX_PENDING = 10_000;
const MAX_BATCH = 1024;

interface Waiting {
  readonly append: Append;
  readonly bodies: readonly string[];
  readonly guards: readonly Guard[];
  /** It changes who may do what: decisions made before it commits must be looked at again. */
  readonly changesAuthority: boolean;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
  /** Those whose place it took (E23): they hear the same answer. */
  readonly replaced: Waiting[];
}

export interface SqliteLogOptions {
  readonly file: string;
  readonly logger: Logger;
  /** Called when the disk failed: nothing can be promised any more, so the process ends (E15). */
  readonly onFatal: (reason: string) => void;
}

export class SqliteLog extends SqliteReader implements Log {
  readonly #worker: Worker;
  readonly #options: SqliteLogOptions;
  #waiting: Waiting[] = [];
  /** Appends under way that change authority. */
  #unsettled = 0;
  #flying: Waiting[] = [];
  #isFlushing = false;
  #listener: BatchListener = () => {};
  #tail: number;
  #failed: string | null = null;
  #scrubbed: ((isDone: boolean) => void)[] = [];
  #closed: (() => void) | null = null;
  /** Batches and microseconds the writer was busy, for `/metrics`. */
  readonly stats = { batches: 0, commands: 0, events: 0, busy_us: 0 };

  static async open(options: SqliteLogOptions): Promise<SqliteLog> {
    const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), {
      workerData: { file: options.file },
      name: 'log-writer',
    });
    const opened = await new Promise<Extract<FromWriter, { kind: 'opened' }>>((resolve, reject) => {
      worker.once('error', reject);
      worker.once('message', (message: FromWriter) => {
        worker.off('error', reject);
        if (message.kind === 'opened') resolve(message);
        else reject(new Error(message.kind === 'failed' ? message.message : 'the log writer did not open'));
      });
    });
    if (opened.rebuilt.length > 0) options.logger.info({ projections: opened.rebuilt }, 'projections rebuilt');
    return new SqliteLog(options, worker, opened.head);
  }

  private constructor(options: SqliteLogOptions, worker: Worker, head: number) {
    super(options.file);
    this.#options = options;
    this.#worker = worker;
    this.#tail = head;
    worker.on('message', (message: FromWriter) => this.#heard(message));
    worker.on('error', (error) => this.#fail(error instanceof Error ? error.message : String(error)));
  }

  get tail(): number {
    return this.#tail;
  }

  get pending(): number {
    return this.#waiting.length + this.#flying.length;
  }

  onBatch(listener: BatchListener): void {
    this.#listener = listener;
  }

  append(append: Append): Promise<AppendResult> {
    if (this.#failed !== null || this.#closed !== null) return Promise.reject(new Refusal('SHUTTING_DOWN'));
    if (this.#waiting.length >= MAX_PENDING) return Promise.reject(new Refusal('OVERLOADED', { retry_after: 1 }));
    return new Promise((resolve, reject) => {
      const bodies = append.events.map((event) => JSON.stringify(event.body));
      const guards = this.#guardsOf(append);
      const changesAuthority = append.events.some((event) => authorityKeys(event).length > 0);
      const waiting: Waiting = { append, bodies, guards, changesAuthority, resolve, reject, replaced: [] };
      if (changesAuthority) this.#unsettled += 1;
      if (!this.#yieldsPlace(waiting)) this.#waiting.push(waiting);
      this.#schedule();
    });
  }

  scrub(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#scrubbed.push(resolve);
      this.#post({ kind: 'scrub' });
    });
  }

  override close(): Promise<void> {
    return new Promise((resolve) => {
      super.close();
      this.#closed = resolve;
      if (this.#failed !== null) void this.#worker.terminate().then(() => resolve());
      else if (this.#flying.length === 0 && this.#waiting.length === 0) this.#post({ kind: 'close' });
    });
  }

  /**
   * This process is the only writer: a decision made at the tail, while nothing under way changes authority, cannot be
   * stale. Its guard need not travel.
   */
  #guardsOf({ guards }: Append): readonly Guard[] {
    if (this.#unsettled > 0) return guards;
    return guards.filter((guard) => guard.kind !== 'authority' || guard.position !== this.#tail);
  }

  /** One of two with the same key is enough; both hear its answer. True if that is the one already waiting. */
  #yieldsPlace(waiting: Waiting): boolean {
    const { actor, replaces } = waiting.append;
    if (replaces === undefined) return false;
    const index = this.#waiting.findIndex(
      ({ append }) => append.replaces?.key === replaces.key && append.actor === actor,
    );
    const older = this.#waiting[index];
    if (older === undefined) return false;
    if ((older.append.replaces?.rank ?? 0) > replaces.rank) {
      older.replaced.push(waiting);
      return true;
    }
    this.#waiting.splice(index, 1);
    waiting.replaced.push(...older.replaced, older);
    return false;
  }

  #schedule(): void {
    if (this.#isFlushing || this.#flying.length > 0) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (this.#flying.length > 0 || this.#waiting.length === 0) return;
    this.#flying = this.#waiting.length <= MAX_BATCH ? this.#waiting : this.#waiting.slice(0, MAX_BATCH);
    this.#waiting = this.#waiting.length <= MAX_BATCH ? [] : this.#waiting.slice(MAX_BATCH);
    const appends: (string | number | null)[] = [];
    for (const { append, bodies, guards } of this.#flying) encodeAppend(appends, append, bodies, guards);
    this.#post({ kind: 'commit', appends });
  }

  #heard(message: FromWriter): void {
    switch (message.kind) {
      case 'committed':
        return this.#committed(message);
      case 'scrubbed':
        return this.#scrubbed.shift()?.(message.isDone);
      case 'closed':
        return this.#closed?.();
      case 'failed':
        return this.#fail(message.message);
      case 'opened':
    }
  }

  /** One turn: announce (fold, dispatch), then acknowledge (E14). The next batch is already on its way. */
  #committed(message: Extract<FromWriter, { kind: 'committed' }>): void {
    const flown = this.#flying;
    this.#flying = [];
    this.#flush();
    for (const fault of message.faults) this.#options.logger.error({ fault }, 'a command failed in the writer');
    const events: LogEvent[] = [];
    const results = flown.map((waiting, index) =>
      toResult(waiting, message.outcomes[index] as number | string, message.batch, events),
    );
    this.stats.batches += 1;
    this.stats.commands += flown.length;
    this.stats.events += events.length;
    this.stats.busy_us += message.busy_us;
    if (events.length > 0) {
      this.#tail = (events.at(-1) as LogEvent).position;
      this.#listener(events);
    }
    for (const [index, waiting] of flown.entries()) {
      if (waiting.changesAuthority) this.#unsettled -= 1;
      const result = results[index] as AppendResult;
      for (const older of waiting.replaced) older.resolve(result);
      waiting.resolve(result);
    }
    if (this.#closed !== null && this.pending === 0) this.#post({ kind: 'close' });
  }

  #fail(reason: string): void {
    if (this.#failed !== null) return;
    this.#failed = reason;
    this.#options.logger.error({ reason }, 'the log failed: what was in flight has an unknown outcome');
    for (const waiting of [...this.#flying, ...this.#waiting]) {
      for (const one of [...waiting.replaced, waiting]) one.reject(new Refusal('OUTCOME_UNKNOWN', { retry_after: 1 }));
    }
    this.#flying = [];
    this.#waiting = [];
    for (const resolve of this.#scrubbed) resolve(false);
    this.#options.onFatal(reason);
  }

  #post(message: ToWriter): void {
    this.#worker.postMessage(message);
  }
}

function toResult({ append, bodies }: Waiting, outcome: number | string, batch: number, all: LogEvent[]): AppendResult {
  if (typeof outcome === 'string') return outcome === 'STALE' ? { kind: 'stale' } : refused(outcome);
  if (outcome < 0) return { kind: 'duplicate', position: -outcome };
  const events = append.events.map((event, index) => ({
    position: outcome + index,
    scope: event.scope,
    type: event.type,
    v: EVENTS[event.type].v,
    subject: event.subject,
    actor: append.actor,
    at: append.at,
    trace: append.trace,
    nonce: index === (append.nonceAt ?? 0) ? (append.nonce ?? null) : null,
    batch,
    origin: append.origin ?? null,
    body: event.body,
    json: bodies[index] as string,
  })) as LogEvent[];
  all.push(...events);
  return { kind: 'committed', events };
}

/** `CODE`, or `CODE:seconds` where it ends by itself. */
function refused(outcome: string): AppendResult {
  const [code, seconds] = outcome.split(':') as [RefusalCode, string | undefined];
  return { kind: 'refused', code, ...(seconds === undefined ? {} : { retry_after: Number(seconds) }) };
}
