import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Problem } from '@snug/protocol';
import { Op } from '@snug/protocol';
import { openGateway, startInstance, TRANSPORTS } from '@snug/testkit';
import { House } from '@snug/testkit/suites/house';
import { describe, expect, test } from 'vitest';
import type { Log } from '../src/index.ts';
import { overridingLog } from './overriding-log.ts';

const open = (options: Parameters<typeof startInstance>[0] = {}): Promise<House> =>
  House.open((more) => startInstance({ ...options, ...more }));

describe('where a cursor can and cannot go on', () => {
  test('[DLV13] [E7] as many events as the limit are caught up with, one more is a reset; those of strangers do not count', async () => {
    await using house = await open({ resume_limit: 20 });
    const { channel } = await house.place(house.bo);
    const foreign = await house.place();
    for (const transport of TRANSPORTS) {
      const journal = house.journal(house.bo);
      await journal.connect(transport);
      await journal.drop();
      await house.say(house.ada, foreign.channel.id, ...Array.from({ length: 30 }, (_, index) => `foreign ${index}`));
      await house.say(house.ada, channel.id, ...Array.from({ length: 20 }, (_, index) => `${index}`));
      await journal.connect(transport);
      await journal.reached(await house.head());
      await journal.drop();
      expect(journal.resets).toEqual([]);
      expect(journal.of('MESSAGE_CREATE')).toHaveLength(20);
      await house.say(house.ada, channel.id, ...Array.from({ length: 21 }, (_, index) => `${index}`));
      await journal.connect(transport);
      await journal.drop();
      expect(journal.resets).toEqual(['TOO_FAR_BEHIND']);
      expect(journal.of('MESSAGE_CREATE')).toHaveLength(20);
    }
  });

  test('[DLV15] [E9] a position that is committed and not announced here yet is waited for, or refused as NODE_BEHIND', async () => {
    let announce: (() => void)[] | null = null;
    // Commits reach the database at once; this node hears of them when the test says so.
    const wrapLog = (log: Log): Log => {
      let tail = log.tail;
      return overridingLog(log, {
        onBatch: (listener) =>
          log.onBatch((events) => {
            const tell = (): void => {
              tail = events.at(-1)?.position ?? tail;
              listener(events);
            };
            if (announce === null) tell();
            else announce.push(tell);
          }),
        get tail() {
          return tail;
        },
      } as Partial<Log>);
    };
    await using house = await open({ wrapLog });
    const { channel } = await house.place(house.bo);
    const journals = TRANSPORTS.map(() => house.journal(house.bo));
    for (const journal of journals) {
      await journal.connect('sync');
      await journal.drop();
    }
    announce = [];
    void house.say(house.ada, channel.id, 'unannounced').catch(() => {});
    while (announce.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const head = (journals[0]?.cursor as number) + 1;
    const behind = { authorization: `Bearer ${house.bo.token}` };
    const refused = fetch(`${house.instance.url}/api/v1/sync?since=${head}`, { headers: behind });
    const gateway = await openGateway(house.instance.url);
    gateway.send({ op: Op.RESUME, d: { token: house.bo.token, seq: head } });
    await gateway.until(({ op }) => op === Op.RECONNECT);
    await gateway.close();
    const answer = await refused;
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'NODE_BEHIND']);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // Announced within the time: no refusal and no reset, and nothing at or below the cursor.
    const waiting = journals.map((journal, index) => {
      journal.cursor = head;
      return journal.connect(TRANSPORTS[index] as (typeof TRANSPORTS)[number]);
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const held = announce;
    announce = null;
    for (const tell of held) tell();
    await Promise.all(waiting);
    const [said] = await house.say(house.ada, channel.id, 'announced');
    for (const journal of journals) {
      await journal.until(() => journal.of('MESSAGE_CREATE').length > 0);
      await journal.drop();
      expect(journal.resets).toEqual([]);
      expect(journal.of<{ id: string }>('MESSAGE_CREATE').map(({ d }) => d.id)).toEqual([said?.id]);
    }
  });

  test('[DLV14] [LOG14] [E8] a cursor between two epochs is in no range: a reset, although later positions exist', async () => {
    await using house = await open();
    const { channel } = await house.place(house.bo);
    const last = await house.head();
    await house.instance.stop();
    // What a restore leaves behind: the old range is bounded, and positions go on at the next multiple of 2^32.
    const first = 2 ** 32;
    const db = new DatabaseSync(join(house.instance.data, 'chat.db'));
    db.exec(`UPDATE epochs SET last = ${last}; INSERT INTO epochs VALUES (${first}, NULL);
      INSERT INTO events SELECT ${first}, scope, 'PURGE', 1, subject, '', at, '', NULL, ${first}, NULL,
        json_object('channel_id', subject, 'after', 0, 'up_to', 0, 'count', 0) FROM events WHERE type = 'CHANNEL_CREATE' LIMIT 1`);
    db.close();
    await house.instance.restart();
    const [said] = await house.say(house.ada, channel.id, 'after the restore');
    expect(await house.head()).toBe(first + 1);
    for (const transport of TRANSPORTS) {
      const lost = house.journal(house.bo);
      lost.cursor = last + 1;
      await lost.connect(transport);
      await lost.drop();
      expect(lost.resets).toEqual(['UNKNOWN_POSITION']);
      const known = house.journal(house.bo);
      known.cursor = last;
      await known.connect(transport);
      await known.reached(first + 1);
      await known.drop();
      expect(known.resets).toEqual([]);
      expect(known.of<{ id: string }>('MESSAGE_CREATE').map(({ d }) => d.id)).toEqual([said?.id]);
    }
  });
});
