import { append, countingIds, messageCreate, messageDelete } from '@snug/testkit/suites/log-facts';
import { expect, test } from 'vitest';
import { ReplayCache } from '../src/delivery/replay-cache.ts';
import type { Log } from '../src/log/log.ts';
import { openSqliteLog } from './open-sqlite-log.ts';
import { overridingLog } from './overriding-log.ts';

const nextId = countingIds();
const [CHANNEL, AUTHOR] = [nextId(), nextId()];

/** The same log, saying what is read of it; an answer can be held back. */
function watched(log: Log) {
  const reads: number[][] = [];
  let gate = Promise.resolve();
  const events: Log['events'] = async (positions) => {
    reads.push([...positions]);
    const answer = await log.events(positions);
    await gate;
    return answer;
  };
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    return resolve;
  };
  return { cache: new ReplayCache(overridingLog(log, { events })), reads, hold };
}

test('[E27] those who missed the same stretch read and encode it once', async () => {
  await using opened = await openSqliteLog();
  for (let n = 0; n < 4; n++)
    await opened.log.append(append(AUTHOR, messageCreate(CHANNEL, nextId(), AUTHOR, `m${n}`)));
  const { cache, reads } = watched(opened.log);
  const first = await cache.events([1, 2, 3]);
  const second = await cache.events([2, 3, 4]);
  expect(reads).toEqual([[1, 2, 3], [4]]);
  expect(second.map((event) => event.position)).toEqual([2, 3, 4]);
  expect(second[0]?.frame).toBe(first[1]?.frame);
});

test('[E25] an erasure empties it, and what was read before the erasure is not kept after it', async () => {
  await using opened = await openSqliteLog();
  const ids = [nextId(), nextId()];
  for (const id of ids) await opened.log.append(append(AUTHOR, messageCreate(CHANNEL, id, AUTHOR, 'secret')));
  const { cache, hold } = watched(opened.log);
  expect((await cache.events([1]))[0]?.frame?.json, 'the premise: it holds the words').toContain('secret');
  const release = hold();
  const late = cache.events([2]);
  for (const id of ids) await opened.log.append(append(AUTHOR, messageDelete(CHANNEL, id)));
  cache.clear();
  release();
  expect((await late)[0]?.frame?.json, 'the premise: it was read before').toContain('secret');
  const again = await cache.events([1, 2]);
  expect(again.map((event) => event.frame?.json).join()).not.toContain('secret');
});

test('[E28] it stays within its bounds', async () => {
  await using opened = await openSqliteLog();
  const words = 'x'.repeat(400_000);
  for (let n = 0; n < 12; n++) await opened.log.append(append(AUTHOR, messageCreate(CHANNEL, nextId(), AUTHOR, words)));
  const { cache, reads } = watched(opened.log);
  for (let position = 1; position <= 12; position++) await cache.events([position]);
  reads.length = 0;
  await cache.events([12]);
  expect(reads, 'the newest is kept').toEqual([]);
  await cache.events([1]);
  expect(reads, 'the oldest had to go').toEqual([[1]]);
});
