import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { append, messageCreate, messageDelete, messageUpdate, userCreate } from '@snug/testkit/suites/log-facts';
import { describe, expect, test } from 'vitest';
import { assertDurable } from '../src/log/sqlite/schema.ts';
import { openSqliteLog } from './open-sqlite-log.ts';

describe('the SQLite log', () => {
  test('[LOG8] [E16] starts only where a commit is synced: WAL, and synchronous FULL', () => {
    const folder = mkdtempSync(join(tmpdir(), 'snug-durable-'));
    const db = new DatabaseSync(join(folder, 'x.db'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    expect(() => assertDurable(db)).not.toThrow();
    db.exec('PRAGMA synchronous = NORMAL');
    expect(() => assertDurable(db)).toThrow(/not durable: journal_mode=wal, synchronous=1/);
    db.exec('PRAGMA synchronous = FULL; PRAGMA journal_mode = DELETE');
    expect(() => assertDurable(db)).toThrow(/not durable: journal_mode=delete/);
    db.close();
    rmSync(folder, { recursive: true });
  });

  test('[LOG8] [LOG15] its database is in WAL mode, and every file is for its owner only', async () => {
    const mask = process.umask(0);
    try {
      await using opened = await openSqliteLog();
      await opened.log.append(append('ada', userCreate('ada')));
      const db = new DatabaseSync(opened.file, { readOnly: true });
      expect(db.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
      db.close();
      for (const suffix of ['', '-wal', '-shm'])
        expect([suffix, (statSync(opened.file + suffix).mode & 0o777).toString(8)]).toEqual([suffix, '600']);
    } finally {
      process.umask(mask);
    }
  });

  test('[LOG1] a folder written by a newer version is refused, and left as it was', async () => {
    await using opened = await openSqliteLog();
    await opened.log.append(append('ada', userCreate('ada')));
    await opened.close();
    const db = new DatabaseSync(opened.file);
    const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
    db.exec('PRAGMA user_version = 99');
    db.close();
    const before = readFileSync(opened.file);
    await expect(opened.reopen()).rejects.toThrow(/written by a newer Snug \(schema 99\)/);
    expect(readFileSync(opened.file).equals(before)).toBe(true);
    const back = new DatabaseSync(opened.file);
    back.exec(`PRAGMA user_version = ${user_version}`);
    back.close();
    expect((await opened.reopen()).tail).toBe(1);
  });

  test('[LOG3] [E1] an event of an unknown, newer type is kept and passed over', async () => {
    await using opened = await openSqliteLog();
    await opened.log.append(append('ada', userCreate('ada')));
    await opened.close();
    const db = new DatabaseSync(opened.file);
    db.exec(
      `INSERT INTO events VALUES (2, 'user:ada', 'USER_LEVITATE', 7, 'ada', 'ada', 0, '', NULL, 2, NULL, '{"height":1}');
       UPDATE projections SET version = 0`,
    );
    db.close();
    const log = await opened.reopen();
    expect(log.tail).toBe(2);
    expect((await log.events([2])).map(({ type, body }) => [type, body])).toEqual([['USER_LEVITATE', '{"height":1}']]);
    await log.append(append('bo', userCreate('bo')));
    expect(log.tail).toBe(3);
  });

  test('[LOG16] [E25] erasing blanks a message and its edits, and leaves the skeleton', async () => {
    await using opened = await openSqliteLog();
    const { log } = opened;
    const said = { nonce: 'n1' };
    await log.append(append('ada', messageCreate('c', 'm', 'ada', 'secret one'), said));
    await log.append(append('ada', messageUpdate('c', 'm', 'secret two')));
    await log.append(append('ada', messageCreate('c', 'other', 'ada', 'stays')));
    await log.append(append('ada', messageUpdate('d', 'm', 'stays too: of a message of another channel')));
    const before = await log.events([1, 2, 3]);
    await log.append(append('ada', messageDelete('c', 'm')));
    const after = await log.events([1, 2, 3]);
    expect(after.map(({ body: _, ...rest }) => rest)).toEqual(before.map(({ body: _, ...rest }) => rest));
    expect(JSON.parse(after[0]?.body as string)).toMatchObject({
      id: 'm',
      author_id: 'ada',
      content: '',
      content_html: '',
    });
    expect(JSON.parse(after[1]?.body as string)).toMatchObject({ id: 'm', content: '', is_edited: true });
    expect(after[2]?.body).toBe(before[2]?.body);
    // The nonce goes on naming the erased message.
    expect((await log.append(append('ada', messageCreate('c', 'new', 'ada', 'x'), said))).kind).toBe('duplicate');
  });
});

interface Told {
  acknowledged: number[];
  codes: string[];
  fatal: string[];
}

test('[LOG12] [E15] a disk that fails: what was in flight is unknown, the log ends, what was acknowledged is there', async () => {
  await using opened = await openSqliteLog();
  await opened.close();
  // Files may grow to 1 MiB and no further: writing past that fails as a full disk does.
  const script = `trap '' XFSZ; ulimit -f 1024; exec "$0" "$1" "$2"`;
  const child = join(import.meta.dirname, 'failing-disk.ts');
  const { stdout } = await promisify(execFile)('bash', ['-c', script, process.execPath, child, opened.file]);
  const { acknowledged, codes, fatal } = JSON.parse(stdout) as Told;
  expect(fatal).toHaveLength(1);
  expect(acknowledged.length).toBeGreaterThan(50);
  expect(codes.length).toBeGreaterThan(1);
  expect(codes.slice(0, -1).every((code) => code === 'OUTCOME_UNKNOWN')).toBe(true);
  expect(codes.at(-1)).toBe('SHUTTING_DOWN');
  const log = await opened.reopen();
  const { value } = await log.read({
    positions: {
      sql: 'SELECT position FROM events ORDER BY position',
      params: [],
      map: (rows) => rows.map((row) => row.position),
    },
  });
  expect(value.positions.slice(0, acknowledged.length)).toEqual(acknowledged);
  // Those whose outcome was unknown: retried with the same nonce they are there once.
  const unknown = `u${acknowledged.length}`;
  const retry = () => log.append(append('ada', userCreate('x'), { nonce: unknown }));
  expect(['committed', 'duplicate']).toContain((await retry()).kind);
  expect((await retry()).kind).toBe('duplicate');
});
