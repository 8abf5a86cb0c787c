/** A SQLite log of its own, for tests that speak to the log itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@snug/edge';
import type { OpenLog } from '@snug/testkit/suites/log-suite';
import type { Log } from '../src/log/log.ts';
import { SqliteLog } from '../src/log/sqlite/sqlite-log.ts';

export interface OpenSqliteLog extends OpenLog {
  readonly file: string;
  /** Everything that was logged. */
  readonly lines: readonly Record<string, unknown>[];
  /** Why it could not go on, if so. */
  readonly fatal: readonly string[];
  /** Closes it; a test may then look at its files, and open it again. */
  close(): Promise<void>;
}

export async function openSqliteLog(wrap: (log: Log) => Log = (log) => log): Promise<OpenSqliteLog> {
  const folder = mkdtempSync(join(tmpdir(), 'snug-log-'));
  const file = join(folder, 'chat.db');
  const lines: Record<string, unknown>[] = [];
  const fatal: string[] = [];
  const logger = createLogger({ level: 'info', write: (line) => lines.push(JSON.parse(line)) });
  const openOne = async (): Promise<Log> =>
    wrap(await SqliteLog.open({ file, logger, onFatal: (reason) => fatal.push(reason) }));
  let log = await openOne();
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await log.close();
    isOpen = false;
  };
  return {
    get log() {
      return log;
    },
    file,
    lines,
    fatal,
    close,
    reopen: async () => {
      await close();
      log = await openOne();
      isOpen = true;
      return log;
    },
    [Symbol.asyncDispose]: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
