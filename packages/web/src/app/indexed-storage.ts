import type { ClientStorage } from '@snug/client';

const STORE = 'values';

/**
 * The SDK's storage over IndexedDB: one object store of text values. `set` resolves on the transaction's `complete`, when
 * the value outlives the page.
 */
export function indexedStorage(indexedDb: IDBFactory, name: string): ClientStorage {
  let opening: Promise<IDBDatabase> | null = null;
  const open = (): Promise<IDBDatabase> => {
    opening ??= openDatabase(indexedDb, name, () => {
      opening = null;
    }).catch((error: unknown) => {
      opening = null; // A later call may succeed: storage can be blocked for a moment by another tab's upgrade.
      throw error;
    });
    return opening;
  };
  const run = async <T>(mode: IDBTransactionMode, work: (values: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
    const transaction = (await open()).transaction(STORE, mode, { durability: 'strict' });
    return new Promise((resolve, reject) => {
      const request = work(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('storage gave up'));
      transaction.onerror = () => reject(transaction.error ?? new Error('storage failed'));
    });
  };
  return {
    get: async (key) => (await run<string | undefined>('readonly', (values) => values.get(key))) ?? null,
    set: async (key, value) => {
      await run('readwrite', (values) => values.put(value, key));
    },
    delete: async (key) => {
      await run('readwrite', (values) => values.delete(key));
    },
    keys: async (prefix) => {
      const all = await run('readonly', (values) => values.getAllKeys());
      return all.filter((key): key is string => typeof key === 'string' && key.startsWith(prefix));
    },
  };
}

function openDatabase(indexedDb: IDBFactory, name: string, onLost: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDb.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error ?? new Error('storage cannot be opened'));
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => database.close();
      database.onclose = onLost;
      resolve(database);
    };
  });
}
