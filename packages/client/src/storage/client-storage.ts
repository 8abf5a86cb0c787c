/**
 * Where a client keeps what must survive a reload: outbox entries, and the refresh token where there is no cookie.
 * One key per entry, so that two tabs over one storage never overwrite each other. Values are JSON text.
 *
 * A browser passes one over IndexedDB, a command-line program one over a file of mode 0600.
 */
export interface ClientStorage {
  get(key: string): Promise<string | null>;
  /** Resolves when the value would survive a crash of the page. */
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** The keys that begin with `prefix`, in any order. */
  keys(prefix: string): Promise<string[]>;
}
