/** The worker thread around the writer. Its messages: open, then batches, each answered once. */
import { chmodSync, existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { rebuildOutdated } from '../../projections/rebuild.ts';
import { migrateLog, openLogDatabase } from './schema.ts';
import { decodeAppends } from './wire.ts';
import { Writer } from './writer.ts';

export type ToWriter =
  | { kind: 'commit'; appends: readonly (string | number | null)[] }
  | { kind: 'scrub' }
  | { kind: 'close' };
export type FromWriter =
  | { kind: 'opened'; head: number; rebuilt: string[] }
  | {
      kind: 'committed';
      batch: number;
      outcomes: readonly (number | string)[];
      faults: readonly string[];
      busy_us: number;
    }
  | { kind: 'scrubbed'; isDone: boolean }
  | { kind: 'closed' }
  | { kind: 'failed'; message: string };

const WRITER_NICENESS = 5;

const port = parentPort;
if (port === null) throw new Error('the writer runs in a worker thread');
const { file } = workerData as { file: string };

// Where both want the same core the event loop goes first: later commits are larger ones, a late loop keeps everybody
// waiting. On Linux a priority is the calling thread's own; elsewhere it would be the whole process's.
if (process.platform === 'linux') setPriority(WRITER_NICENESS);
const db = new DatabaseSync(file);
openLogDatabase(db);
migrateLog(db);
const rebuilt = rebuildOutdated(db);
for (const name of [file, `${file}-wal`, `${file}-shm`]) if (existsSync(name)) chmodSync(name, 0o600);
const writer = new Writer(db);
const answer = (message: FromWriter): void => port.postMessage(message);

port.on('message', (message: ToWriter) => {
  try {
    if (message.kind === 'commit') {
      const before = performance.now();
      const { batch, outcomes, faults } = writer.commit(decodeAppends(message.appends));
      answer({ kind: 'committed', batch, outcomes, faults, busy_us: (performance.now() - before) * 1000 });
    } else if (message.kind === 'scrub') {
      answer({ kind: 'scrubbed', isDone: writer.scrub() });
    } else {
      db.close();
      answer({ kind: 'closed' });
      port.close();
    }
  } catch (error) {
    answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});
answer({ kind: 'opened', head: writer.head, rebuilt });
