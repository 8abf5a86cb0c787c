import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { startInstance } from '@snug/testkit';
import { type Act, anAct, RandomLife } from '@snug/testkit/suites/random-life';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SqliteReader } from '../src/log/sqlite/reader.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { actor, performing } from './people.ts';
import { worldFacts } from './world-facts.ts';

const SEED = 20_261_120;
const PEOPLE = [1, 2, 3, 4].map((number) => actor(number));

async function live(acts: readonly Act[], check: (file: string) => Promise<void>): Promise<void> {
  await using instance = await startInstance();
  const life = new RandomLife(
    PEOPLE.map(({ userId }) => userId),
    performing(() => instance.running.chat, PEOPLE),
  );
  await life.begin();
  for (const act of acts) await life.act(act);
  const file = join(instance.data, 'chat.db');
  const reader = new SqliteReader(file);
  try {
    expect(worldFacts(await loadWorld(reader))).toEqual(worldFacts(instance.running.chat.world));
  } finally {
    reader.close();
  }
  await check(file);
}

describe('projections', () => {
  test('[LOG6] [E11] [E17] whatever people do, rebuilding gives the same rows, and loading the same world', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 120, maxLength: 250 }), (acts) =>
        live(acts, async (file) => {
          const report = verifyLog(file);
          expect(report).toMatchObject({ equal: true, gaps: 0, integrity: 'ok' });
          expect(report.events).toBeGreaterThan(50);
          expect(report.tables.find(({ name }) => name === 'messages')?.rows).toBeGreaterThan(0);
        }),
      ),
      { numRuns: 6, seed: SEED, endOnFailure: true },
    );
  }, 60_000);

  test('[LOG6] a row that was tampered with, one too many and one too few are found', async () => {
    const acts = fc.sample(anAct, { numRuns: 100, seed: SEED });
    await live(acts, async (file) => {
      expect(verifyLog(file).equal).toBe(true);
      const tamper = new DatabaseSync(file);
      tamper.exec("UPDATE channels SET name = 'tampered' WHERE id = (SELECT min(id) FROM channels)");
      tamper.exec('DELETE FROM members WHERE joined_position = (SELECT min(joined_position) FROM members)');
      tamper.exec("INSERT INTO read_states VALUES ('nobody', 'nowhere', NULL, 1, 0)");
      tamper.close();
      const report = verifyLog(file);
      expect(report.equal).toBe(false);
      const differing = report.tables.filter(({ missing, unexpected }) => missing + unexpected > 0);
      expect(differing.map(({ name, missing, unexpected }) => [name, missing, unexpected])).toEqual([
        ['channels', 1, 1],
        ['members', 1, 0],
        ['read_states', 0, 1],
      ]);
    });
  });

  test('[LOG6] an event that is missing from the log is a gap', async () => {
    const acts = fc.sample(anAct, { numRuns: 30, seed: SEED });
    await live(acts, async (file) => {
      const tamper = new DatabaseSync(file);
      tamper.exec("DELETE FROM events WHERE position = (SELECT min(position) FROM events WHERE type = 'INVITE_USE')");
      tamper.close();
      expect(verifyLog(file)).toMatchObject({ equal: false, gaps: 1 });
    });
  });

  test('[LOG4] [E1] a projection whose version changed is rebuilt at the start, and only that one', async () => {
    await using instance = await startInstance();
    const { chat } = instance.running;
    const [ada] = PEOPLE;
    const made = await chat.dispatch('server.create', { name: 'Rebuilt' }, ada as (typeof PEOPLE)[0]);
    await instance.stop();
    const file = join(instance.data, 'chat.db');
    const older = new DatabaseSync(file);
    older.exec("UPDATE servers SET name = 'as an older version had it'");
    older.exec("UPDATE channels SET topic = 'not rebuilt'");
    older.exec("UPDATE projections SET version = version - 1 WHERE name = 'servers'");
    older.close();
    await instance.restart();
    const { id } = JSON.parse(made.json as string) as { id: string };
    expect(instance.running.chat.world.server(id)?.name).toBe('Rebuilt');
    expect([...instance.running.chat.world.channels.values()].map(({ channel }) => channel.topic)).toEqual([
      'not rebuilt',
    ]);
    expect(instance.logs).toContainEqual(expect.objectContaining({ projections: ['servers'] }));
  });
});
