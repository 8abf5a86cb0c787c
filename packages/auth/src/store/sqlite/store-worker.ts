/** The thread that owns auth.db: takes one call after the other, each one transaction. */
import { parentPort, workerData } from 'node:worker_threads';
import { StoreRefusal } from '../store-refusal.ts';
import { SqliteStore } from './sqlite-store.ts';
import type { FromWorker, ToWorker } from './store-messages.ts';

const port = parentPort;
if (port === null) throw new Error('store-worker runs as a worker thread');

const store = new SqliteStore((workerData as { file: string }).file);
const say = (message: FromWorker) => port.postMessage(message);

port.on('message', (message: ToWorker) => {
  if ('close' in message) {
    store.close();
    port.close();
    return;
  }
  const { id, method, args } = message;
  try {
    say({ id, ...store.call(method, args) });
  } catch (error) {
    if (error instanceof StoreRefusal) say({ id, refusal: error.code });
    else say({ id, error: error instanceof Error ? error : new Error(String(error)) });
  }
});
say({ ready: true });
