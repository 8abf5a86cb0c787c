/**
 * One process per data folder (E35). The lock is SQLite's own exclusive lock on `lock.db`: the operating system drops it
 * with the process, so what SIGKILL leaves behind blocks nobody, and a process id that was reused fools nobody.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The folder is in use by another process, or by another instance in this one. */
export class InstanceRunning extends Error {
  override readonly name = 'InstanceRunning';
  readonly code = 'INSTANCE_RUNNING';

  constructor(folder: string, holder: string) {
    super(`an instance is running on ${folder}${holder}; stop it first`);
  }
}

export interface DataLock {
  /** Says where the instance answers, for whoever is refused. */
  note(address: string): void;
  release(): void;
}

/**
 * A lock lasts until it is released, even when its holder forgot about it: a connection that nothing refers to would be
 * closed by the garbage collector, and the lock would go with it.
 */
const held = new Set<DatabaseSync>();

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

/**
 * Creates the folder if it is missing and takes its lock.
 * @throws InstanceRunning when somebody else holds it.
 */
export function lockData(folder: string): DataLock {
  mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  chmodSync(folder, OWNER_ONLY_FOLDER);
  const path = join(folder, 'lock.db');
  const notePath = join(folder, 'running.json');
  if (!existsSync(path)) createEmpty(path);
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (isBusy(error)) throw new InstanceRunning(folder, readHolder(notePath));
    throw error;
  }
  const write = (fields: object): void => {
    writeFileSync(notePath, `${JSON.stringify({ pid: process.pid, ...fields })}\n`, { mode: OWNER_ONLY_FILE });
  };
  held.add(database);
  write({});
  return {
    note: (address) => write({ address }),
    release: () => {
      if (!held.delete(database)) return;
      rmSync(notePath, { force: true });
      database.close();
    },
  };
}

/**
 * SQLite would create the file with the mask of the process. Only where there is none: opening and closing a file by
 * other means makes the system drop every lock that this process has on it.
 */
function createEmpty(path: string): void {
  closeSync(openSync(path, 'a', OWNER_ONLY_FILE));
}

function isBusy(error: unknown): boolean {
  const SQLITE_BUSY = 5;
  return (error as { errcode?: number }).errcode === SQLITE_BUSY;
}

/** Who holds it, as far as they said. Only a courtesy: the lock is what counts. */
function readHolder(path: string): string {
  let noted: { pid?: number; address?: string };
  try {
    noted = JSON.parse(readFileSync(path, 'utf8')) as typeof noted;
  } catch {
    // Another tool holds the lock and has not written its note yet, or the note was cut short by a crash.
    return '';
  }
  const address = noted.address === undefined ? '' : ` at ${noted.address}`;
  return noted.pid === undefined ? '' : ` (process ${noted.pid}${address})`;
}
