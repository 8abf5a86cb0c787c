/** The store on SQLite, as the main thread sees it: calls go to the thread that owns the database. */
import { Worker } from 'node:worker_threads';
import { type FeedEntry, Refusal } from '@snug/protocol';
import type { AuthStore, StoreMethods } from '../auth-store.ts';
import type { FromWorker, ToWorker } from './store-messages.ts';

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Calls that may wait for the disk at once; beyond it the caller hears OVERLOADED (E15). */
const MAX_PENDING = 10_000;

/** Every method of the port; a missing one does not compile. */
const METHODS: Record<keyof StoreMethods, true> = {
  start: true,
  sweep: true,
  keys: true,
  addKey: true,
  admit: true,
  register: true,
  addAccount: true,
  account: true,
  accountByUsername: true,
  accountByEmail: true,
  updateAccount: true,
  setPasswordHash: true,
  changePassword: true,
  openSession: true,
  rotate: true,
  sessions: true,
  endSession: true,
  addInvite: true,
  invites: true,
  revokeInvite: true,
  openRegistration: true,
  closeRegistration: true,
  opensRegistration: true,
  setFirstStart: true,
  feed: true,
  accounts: true,
  accountOfAnyState: true,
  suspend: true,
  restore: true,
  setAdmin: true,
  deleteAccount: true,
  addPasswordReset: true,
  hasPasswordReset: true,
  redeemPasswordReset: true,
  setRegistration: true,
  audit: true,
};

class StoreThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(entry: FeedEntry) => void>();
  readonly #exited: Promise<void>;
  #next = 0;
  #ended: Error | null = null;

  constructor(file: string, onFailure: (error: Error) => void) {
    this.#worker = new Worker(new URL('./store-worker.ts', import.meta.url), { workerData: { file } });
    this.#worker.on('message', (message: FromWorker) => this.#hear(message));
    this.#worker.on('error', (thrown) => {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      onFailure(error);
      this.#end(error);
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#end(new Refusal('SHUTTING_DOWN'));
        resolve();
      });
    });
  }

  /** Resolves when the database is open and at its schema. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.set(-1, { resolve: () => resolve(), reject });
    });
  }

  call(method: keyof StoreMethods, args: unknown[]): Promise<unknown> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    if (this.#waiting.size >= MAX_PENDING) return Promise.reject(new Refusal('OVERLOADED', { retry_after: 1 }));
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, method, args } satisfies ToWorker);
    });
  }

  onFeed(listener: (entry: FeedEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  isOpen(): boolean {
    return this.#ended === null;
  }

  /** Answers what was asked, closes the database, ends the thread. */
  async close(): Promise<void> {
    this.#ended ??= new Refusal('SHUTTING_DOWN');
    this.#worker.postMessage({ close: true } satisfies ToWorker);
    await this.#exited;
  }

  #hear(message: FromWorker): void {
    const id = 'ready' in message ? -1 : message.id;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if ('ready' in message) waiting?.resolve(undefined);
    else if ('refusal' in message) waiting?.reject(new Refusal(message.refusal));
    else if ('error' in message) waiting?.reject(message.error);
    else {
      for (const entry of message.feed) for (const listener of this.#listeners) listener(entry);
      waiting?.resolve(message.result);
    }
  }

  #end(error: Error): void {
    this.#ended ??= error instanceof Refusal ? error : new Refusal('AUTH_UNAVAILABLE', { retry_after: 5 });
    for (const waiting of this.#waiting.values()) waiting.reject(error);
    this.#waiting.clear();
  }
}

/**
 * @param onFailure hears why the thread died, if it ever does; from then on every call answers AUTH_UNAVAILABLE
 * @throws if the database cannot be opened, is not durable, or is from a later version
 */
export async function openSqliteStore(file: string, onFailure: (error: Error) => void): Promise<AuthStore> {
  const thread = new StoreThread(file, onFailure);
  await thread.ready();
  const calls = (Object.keys(METHODS) as (keyof StoreMethods)[]).map((method) => [
    method,
    (...args: unknown[]) => thread.call(method, args),
  ]);
  return {
    ...(Object.fromEntries(calls) as StoreMethods),
    onFeed: (listener) => thread.onFeed(listener),
    isOpen: () => thread.isOpen(),
    close: () => thread.close(),
  };
}
