import { laggingLog } from '@snug/testkit';
import { guardSuite } from '@snug/testkit/suites/guard-suite';
import { logSuite } from '@snug/testkit/suites/log-suite';
import { openSqliteLog } from './open-sqlite-log.ts';

logSuite('SQLite', () => openSqliteLog());
guardSuite('SQLite', () => openSqliteLog());

// [LOG21] The same on a log that answers a macrotask later: nothing rests on SQLite's driver being synchronous.
logSuite('SQLite a macrotask later', () => openSqliteLog(laggingLog));
guardSuite('SQLite a macrotask later', () => openSqliteLog(laggingLog));
