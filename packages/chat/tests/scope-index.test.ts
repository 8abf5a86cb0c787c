import { DatabaseSync } from 'node:sqlite';
import type { Channel, Message, ServerSnapshot } from '@snug/protocol';
import { startInstance } from '@snug/testkit';
import { append, countingIds, messageCreate, messageUpdate } from '@snug/testkit/suites/log-facts';
import { expect, test } from 'vitest';
import { unreadQueries } from '../src/features/reads/reads.queries.ts';
import type { Log, SqlRow } from '../src/log/log.ts';
import { migrateLog, openLogDatabase } from '../src/log/sqlite/schema.ts';
import { Writer } from '../src/log/sqlite/writer.ts';
import { rebuildOutdated } from '../src/projections/rebuild.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { openSqliteLog } from './open-sqlite-log.ts';
import { actor, perform } from './people.ts';

const CHANNELS = 7;
const WAVE = 150;

async function rowsOf(log: Log, sql: string): Promise<SqlRow[]> {
  return (await log.read({ rows: { sql, params: [], map: (rows) => rows } })).value.rows;
}

async function indexed(log: Log): Promise<number> {
  return (await rowsOf(log, 'SELECT position FROM indexed'))[0]?.position as number;
}

/** A wave of appends into channels that take turns irregularly, one or two events each. */
async function wave(log: Log, ids: () => string, begin: number): Promise<void> {
  const appends = Array.from({ length: WAVE }, (_, index) => {
    const channel = `c${((begin + index) * (index + 3)) % CHANNELS}`;
    const id = ids();
    const said = messageCreate(channel, id, 'ada', 'words');
    return append('ada', index % 5 === 0 ? [said, messageUpdate(channel, id, 'other words')] : said);
  });
  await Promise.all(appends.map((one) => log.append(one)));
}

/** Some of every kind of bounds, those at the edge of the index among them. */
function bounds(head: number, edge: number): [number, number][] {
  const points = [0, 1, edge - 1, edge, edge + 1, head - 1, head, Math.floor(head / 2)].filter((one) => one >= 0);
  return points.flatMap((after) => points.map((upTo): [number, number] => [after, upTo]));
}

test('[LOG23] [DLV11] [E7] positions are exact below the index, above it and across its edge', async () => {
  await using opened = await openSqliteLog();
  let { log } = opened;
  const ids = countingIds();
  const edges = new Set<number>();
  for (let round = 0; round < 32; round++) {
    await wave(log, ids, round * 11);
    if (round === 20) log = await opened.reopen();
    if (round % 4 !== 3) continue;
    const edge = await indexed(log);
    edges.add(edge);
    const all = (await rowsOf(log, 'SELECT position, scope FROM events ORDER BY position')) as {
      position: number;
      scope: string;
    }[];
    expect(log.tail).toBe(all.length);
    const scopes = [`channel:c${round % CHANNELS}`, 'channel:c5', 'channel:nowhere'];
    for (const [after, upTo] of bounds(all.length, edge)) {
      const expected = all
        .filter(({ position, scope }) => scopes.includes(scope) && position > after && position <= upTo)
        .map(({ position }) => position);
      expect(await log.positions(scopes, after, upTo, 10_000)).toEqual(expected);
      expect(await log.positions(scopes, after, upTo, 9)).toEqual(expected.slice(0, 9));
    }
    const tails = Map.groupBy(all, ({ scope }) => scope);
    expect(new Map((await loadWorld(log)).scopeTails)).toEqual(
      new Map([...tails].map(([scope, events]) => [scope, events.at(-1)?.position])),
    );
  }
  // It was tried with nothing in the index, and with several edges.
  expect(edges.size).toBeGreaterThan(2);
  expect(edges.has(0)).toBe(true);
}, 60_000);

test('[LOG23] [LOG7] a commit that fails takes its index entries with it', () => {
  const db = new DatabaseSync(':memory:');
  openInMemory(db);
  const writer = new Writer(db);
  const ids = countingIds();
  const commit = (count: number): unknown[] =>
    writer.commit(
      Array.from({ length: count }, () => {
        const { scope, type, subject, body } = messageCreate('c', ids(), 'ada', 'words');
        const event = { scope, type, v: 1, subject, json: JSON.stringify(body) };
        return { actor: 'ada', at: 0, trace: '', nonce: null, nonceAt: 0, origin: null, guards: [], events: [event] };
      }),
    ).outcomes as unknown[];
  const counts = (): unknown => ({
    ...db
      .prepare(`SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM scope_index) AS entries,
          (SELECT position FROM indexed) AS indexed, (SELECT count(*) FROM scope_positions) AS found`)
      .get(),
  });
  commit(2000);
  expect(counts()).toEqual({ events: 2000, entries: 0, indexed: 0, found: 2000 });
  // Refused by COMMIT itself: the entries are written by then.
  db.exec(`CREATE TABLE allowed (id INTEGER PRIMARY KEY);
    CREATE TABLE wanted (id INTEGER REFERENCES allowed DEFERRABLE INITIALLY DEFERRED);
    CREATE TRIGGER refuses AFTER UPDATE ON indexed BEGIN INSERT INTO wanted VALUES (1); END`);
  expect(commit(100).filter((outcome) => outcome === 'INTERNAL')).toHaveLength(100 - 47);
  expect(counts()).toEqual({ events: 2047, entries: 0, indexed: 0, found: 2047 });
  db.exec('DROP TRIGGER refuses');
  expect(commit(3)).toEqual([2048, 2049, 2050]);
  expect(counts()).toEqual({ events: 2050, entries: 2050, indexed: 2050, found: 2050 });
  commit(5);
  expect(counts()).toEqual({ events: 2055, entries: 2050, indexed: 2050, found: 2055 });
  db.close();
});

/** As a log's own file, but for what memory does not have: a journal that outlives the process. */
function openInMemory(db: DatabaseSync): void {
  expect(() => openLogDatabase(db)).toThrow('not durable');
  migrateLog(db);
  rebuildOutdated(db);
}

test('[LOG23] [E1] a log of the schema before the index was written behind is brought up to date', async () => {
  await using opened = await openSqliteLog();
  const ids = countingIds();
  await wave(opened.log, ids, 1);
  const before = await opened.log.positions(['channel:c0', 'channel:c3'], 10, 120, 1000);
  expect(before.length).toBeGreaterThan(10);
  await opened.close();
  const older = new DatabaseSync(opened.file);
  older.exec(`DROP VIEW scope_positions; DROP TABLE scope_index; DROP TABLE indexed;
    CREATE INDEX events_scope ON events (scope, position); PRAGMA user_version = 3`);
  older.close();
  const log = await opened.reopen();
  expect(await indexed(log)).toBe(log.tail);
  expect(await log.positions(['channel:c0', 'channel:c3'], 10, 120, 1000)).toEqual(before);
  expect(await rowsOf(log, "SELECT name FROM sqlite_schema WHERE name = 'events_scope'")).toEqual([]);
  await wave(log, ids, 2);
  expect(verifyLog(opened.file)).toMatchObject({ equal: true, index: { missing: 0, unexpected: 0 } });
});

test('[LOG6] [LOG23] verify finds an entry that is missing from the index, and one that leads nowhere', async () => {
  await using opened = await openSqliteLog();
  const ids = countingIds();
  for (let round = 0; round < 13; round++) await wave(opened.log, ids, round);
  expect(await indexed(opened.log)).toBeGreaterThan(2000);
  await opened.close();
  expect(verifyLog(opened.file)).toMatchObject({ equal: true, index: { missing: 0, unexpected: 0 } });
  const tamper = new DatabaseSync(opened.file);
  tamper.exec('DELETE FROM scope_index WHERE position IN (17, 400)');
  tamper.exec("INSERT INTO scope_index VALUES ('channel:c0', 1000000)");
  tamper.close();
  expect(verifyLog(opened.file)).toMatchObject({ equal: false, index: { missing: 2, unexpected: 1 } });
});

test('[READ1] [LOG23] [E22] unread counts are exact while the index passes over what is unread', async () => {
  await using instance = await startInstance();
  const { chat } = instance.running;
  const [ada, bo] = [actor(1), actor(2)];
  const server = await perform<ServerSnapshot>(chat, ada, 'server.create', { name: 'Index room' });
  const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', { server_id: server.id });
  await perform(chat, bo, 'invite.accept', { code });
  const [quiet, busy] = [
    server.channels[0] as Channel,
    await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'busy', type: 'text' }),
  ];
  const say = (channel: Channel, count: number): Promise<Message[]> =>
    Promise.all(
      Array.from({ length: count }, (_, index) =>
        perform<Message>(chat, ada, 'message.send', { channel_id: channel.id, content: `message ${index}` }),
      ),
    );
  const [read] = await say(quiet, 1);
  await perform(chat, bo, 'read.ack', { channel_id: quiet.id, message_id: (read as Message).id });
  const after = chat.log.tail;
  const counted = async (): Promise<[number, number]> => {
    const places = [quiet, busy].map(({ id }) => ({ channel_id: id, after }));
    const query = unreadQueries.counts(bo.userId, places, Number.MAX_SAFE_INTEGER);
    const { value } = await chat.log.read({ query });
    return [value.query.get(quiet.id) ?? 0, value.query.get(busy.id) ?? 0];
  };
  await say(quiet, 40);
  expect(await counted()).toEqual([40, 0]);
  await say(busy, 1900);
  expect(await counted()).toEqual([40, 100]);
  expect(await indexed(chat.log)).toBe(0);
  await say(busy, 200);
  expect(await counted()).toEqual([40, 100]);
  const edge = await indexed(chat.log);
  expect(edge).toBeGreaterThan(after + 40);
  await say(quiet, 30);
  expect(await counted()).toEqual([70, 100]);
  expect(await indexed(chat.log)).toBe(edge);
  await say(quiet, 40);
  expect(await counted()).toEqual([100, 100]);
}, 60_000);
