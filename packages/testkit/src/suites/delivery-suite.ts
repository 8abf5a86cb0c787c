/** What every transport of every implementation must do (E2 to E7): one suite, three transports, mixed. */
import type { Channel, Ready } from '@snug/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TRANSPORTS, type Transport } from '../listeners/listener.ts';
import { join } from '../people.ts';
import { audienceTests } from './audience-suite.ts';
import { about, House, ids, type OpenInstance, seeded } from './house.ts';

type GetHouse = () => House;

export function deliverySuite(name: string, open: OpenInstance): void {
  describe(`delivery, ${name}`, () => {
    let house: House;
    beforeAll(async () => {
      house = await House.open(open);
    });
    afterAll(() => house[Symbol.asyncDispose]());
    exactlyOnce(() => house);
    for (const transport of TRANSPORTS) {
      describe(transport, () => {
        snapshots(() => house, transport);
        cursors(() => house, transport);
        groups(() => house, transport);
        audienceTests(() => house, transport);
      });
    }
  });
}

function exactlyOnce(house: GetHouse): void {
  test('[DLV1] [DLV16] [E3] [E7] every event once and in order, however often connections are lost, on whatever transport', async () => {
    const { ada, bo, cy } = house();
    const { server, channel } = await house().place(bo, cy);
    const second = await house().channel(server.id, 'second');
    const foreign = await house().place();
    const random = seeded(7);
    const journal = house().journal(bo);
    await journal.connect('gateway');
    await journal.drop();
    const from = journal.cursor as number;
    let isTalking = true;
    const talk = async (): Promise<void> => {
      for (let index = 0; index < 120; index++) {
        const [who, where] = [index % 2 === 0 ? ada : cy, index % 3 === 0 ? second : channel];
        const [said] = await house().say(who, where.id, `message ${index}`);
        if (index % 10 === 3)
          await house().do(who, 'PATCH', `/channels/${where.id}/messages/${said?.id}`, { content: 'edited' });
        if (index % 15 === 4) await house().do(who, 'DELETE', `/channels/${where.id}/messages/${said?.id}`);
        await house().say(ada, foreign.channel.id, 'of no concern to bo');
      }
      isTalking = false;
    };
    const wander = async (): Promise<void> => {
      while (isTalking) {
        journal.loseAfter(1 + Math.floor(random() * 12));
        const listening = journal.attach(TRANSPORTS[Math.floor(random() * 3)] as Transport, { timeout: 200 });
        await Promise.race([listening.ended, new Promise((resolve) => setTimeout(resolve, random() * 150))]);
        await journal.drop();
      }
    };
    await Promise.all([talk(), wander()]);
    await journal.connect('sync');
    await journal.reached(await house().head());
    await journal.drop();
    const scopes = [`server:${server.id}`, `channel:${channel.id}`, `channel:${second.id}`, `user:${bo.id}`];
    const heard = journal.entries.filter(({ s }) => s !== null);
    expect(journal.resets).toEqual([]);
    expect(heard.map(({ s, type }) => ({ position: s, type }))).toEqual(
      (await house().logged(scopes, from)).map(({ position, type }) => ({ position, type })),
    );
    expect(heard.length).toBeGreaterThan(130);
    expect(new Set(journal.entries.map(({ transport }) => transport)).size).toBe(3);
    expect(about(journal, foreign.channel.id)).toEqual([]);
  }, 60_000);
}

function snapshots(house: GetHouse, transport: Transport): void {
  test('[DLV17] [E6] nothing at or below the snapshot, everything above it', async () => {
    const { ada, bo } = house();
    const { channel } = await house().place(bo);
    const journals = Array.from({ length: 8 }, () => house().journal(bo));
    const talking = house().say(ada, channel.id, ...Array.from({ length: 40 }, (_, index) => `${index}`));
    for (const journal of journals) {
      await journal.connect(transport);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await talking;
    const head = await house().head();
    const said = (await house().logged([`channel:${channel.id}`])).filter(({ type }) => type === 'MESSAGE_CREATE');
    for (const journal of journals) {
      const { s, d } = journal.snapshots[0] as { s: number; d: Ready };
      await journal.until(() => ids(journal, 'MESSAGE_CREATE').length >= said.filter((one) => one.position > s).length);
      expect(ids(journal, 'MESSAGE_CREATE')).toEqual(
        said.filter((one) => one.position > s).map(({ subject }) => subject),
      );
      const last = d.servers.flatMap(({ channels }) => channels).find(({ id }) => id === channel.id)?.last_message_id;
      expect(last ?? null).toBe(said.findLast((one) => one.position <= s)?.subject ?? null);
      expect(journal.cursor).toBeLessThanOrEqual(head);
      await journal.drop();
    }
  });

  test('[DLV14] [DLV9] [E8] a cursor that the log never gave out is answered by a reset, never by events', async () => {
    const { bo } = house();
    const journal = house().journal(bo);
    const head = await house().head();
    journal.cursor = head + 1_000_000;
    await journal.connect(transport);
    expect(journal.resets).toEqual(['UNKNOWN_POSITION']);
    expect(journal.snapshots.map(({ s }) => s)).toEqual([await house().head()]);
    expect(journal.entries.filter(({ s }) => s !== null)).toEqual([]);
    await journal.drop();
  });
}

function cursors(house: GetHouse, transport: Transport): void {
  test('[DLV12] [DLV11] [E7] the cursor moves past what others do, and what follows is heard once', async () => {
    const { ada, bo } = house();
    const { channel } = await house().place(bo);
    const foreign = await house().place();
    const journal = house().journal(bo);
    await journal.connect('gateway');
    await journal.drop();
    await house().say(ada, foreign.channel.id, 'a', 'b', 'c');
    const head = await house().head();
    await journal.connect(transport);
    await journal.reached(head);
    expect(journal.entries.filter(({ s }) => s !== null)).toEqual([]);
    const [said] = await house().say(ada, channel.id, 'for bo');
    await journal.until(() => journal.of('MESSAGE_CREATE').length > 0);
    await journal.drop();
    expect(ids(journal, 'MESSAGE_CREATE')).toEqual([said?.id]);
  });

  test('[DLV8] [E4] new channels, DMs and servers are caught up with, not reset', async () => {
    const { ada, bo } = house();
    const { server } = await house().place(bo);
    const journal = house().journal(bo);
    await journal.connect(transport);
    await journal.drop();
    const made = await house().channel(server.id, 'new');
    const dm = await house().do<Channel>(ada, 'POST', '/users/@me/channels', { recipient_id: bo.id });
    const [said] = await house().say(ada, dm.id, 'hello');
    const own = await house().do<{ id: string }>(bo, 'POST', '/servers', { name: "bo's" });
    await journal.connect(transport);
    await journal.reached(await house().head());
    await journal.drop();
    expect(journal.resets).toEqual([]);
    expect(ids(journal, 'CHANNEL_CREATE')).toContain(made.id);
    expect(ids(journal, 'MESSAGE_CREATE')).toEqual([said?.id]);
    expect(ids(journal, 'SERVER_CREATE')).toEqual([own.id]);
  });

  test('[DLV10] [E4] who saw a channel or a server hears of its end, live and by catching up', async () => {
    const { bo } = house();
    const { server } = await house().place(bo);
    const [first, second] = [await house().channel(server.id, 'one'), await house().channel(server.id, 'two')];
    const journal = house().journal(bo);
    await journal.connect(transport);
    await house().do(house().ada, 'DELETE', `/channels/${first.id}`);
    await journal.until(() => ids(journal, 'CHANNEL_DELETE').length === 1);
    await journal.drop();
    await house().do(house().ada, 'DELETE', `/channels/${second.id}`);
    await house().do(house().ada, 'DELETE', `/servers/${server.id}`);
    await journal.connect(transport);
    await journal.reached(await house().head());
    await journal.drop();
    expect(journal.resets).toEqual([]);
    expect(ids(journal, 'CHANNEL_DELETE')).toEqual([first.id, second.id]);
    expect(ids(journal, 'SERVER_DELETE')).toEqual([server.id]);
  });
}

function groups(house: GetHouse, transport: Transport): void {
  test('[DLV4] [DLV6] [SSE4] [E3] a join is one group at one position, and only its last frame arrives there', async () => {
    const { ada, bo } = house();
    const place = await house().place();
    await house().channel(place.server.id, 'second');
    const journal = house().journal(bo);
    await journal.connect(transport);
    const before = journal.cursor as number;
    await join(ada, place.server.id, bo);
    await journal.until(() => journal.of('CHANNEL_CREATE').length === 2);
    await journal.drop();
    // What the server says of the arrival is an event of its own, behind it.
    const group = journal.entries.filter(({ s, type }) => s !== null && type !== 'MESSAGE_CREATE');
    expect(group.map(({ type }) => type)).toEqual(['MEMBER_ADD', 'SERVER_CREATE', 'CHANNEL_CREATE', 'CHANNEL_CREATE']);
    const [added] = (await house().logged([`server:${place.server.id}`], before)).filter(
      ({ type }) => type === 'MEMBER_ADD',
    );
    const cursor = group[0]?.before;
    expect(group.map(({ s }) => s)).toEqual([cursor, cursor, cursor, added?.position]);
    expect(cursor).toBeLessThan(added?.position as number);
    expect(group[1]?.d).toMatchObject({ id: place.server.id, channels: [{}, {}], member: { user_id: bo.id } });
  });

  test('[DLV5] [E3] a connection lost anywhere inside a group loses nothing of it', async () => {
    const { ada, bo } = house();
    for (const frames of [1, 2, 3]) {
      const place = await house().place();
      await house().channel(place.server.id, 'second');
      const journal = house().journal(bo);
      await journal.connect(transport);
      const before = journal.cursor as number;
      journal.loseAfter(frames);
      await join(ada, place.server.id, bo);
      expect(await journal.current?.ended).toBe('dropped');
      expect(journal.entries.filter(({ s }) => s !== null)).toHaveLength(frames);
      expect(journal.cursor).toBeGreaterThanOrEqual(before);
      await journal.drop();
      await journal.connect(transport);
      await journal.drop();
      expect(journal.resets).toEqual(['VIEW_CHANGED']);
      const seen = journal.snapshots.at(-1)?.d.servers.find(({ id }) => id === place.server.id);
      expect(seen?.channels).toHaveLength(2);
    }
  });
}
