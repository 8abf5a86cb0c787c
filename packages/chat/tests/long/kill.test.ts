import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Message, MessagePage } from '@snug/protocol';
import {
  createServer,
  Journal,
  join as joinServer,
  ok,
  type Person,
  type SnugProcess,
  signUp,
  startProcess,
  TRANSPORTS,
} from '@snug/testkit';
import { seeded } from '@snug/testkit/suites/house';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyLog } from '../../src/projections/verify.ts';
import { type Acknowledged, SteadySender } from '../steady-sender.ts';

const SENDS = 100_000;
const KILLS = 10;
const SOCKETS = 8;
const PEOPLE_PER_SOCKET = 32;

let snug: SnugProcess;
beforeAll(async () => {
  snug = await startProcess({ settings: { resume_limit: 1_000_000, log_level: 'warn' } });
});
afterAll(() => snug?.[Symbol.asyncDispose]());

interface Scene {
  readonly speakers: readonly Person[];
  readonly witness: Person;
  readonly channels: readonly string[];
}

async function scene(): Promise<Scene> {
  const [owner, other, witness] = [
    await signUp(snug.url, 'ada'),
    await signUp(snug.url, 'bo'),
    await signUp(snug.url, 'witness'),
  ];
  const { server, channel } = await createServer(owner);
  await joinServer(owner, server.id, other, witness);
  const second = await ok(owner.rest.post<{ id: string }>(`/api/v1/servers/${server.id}/channels`, { name: 'second' }));
  return { speakers: [owner, other], witness, channels: [channel.id, second.id] };
}

/** Sends from all sockets until the process is killed; again after each restart, until enough were acknowledged. */
async function sendThroughKills(
  senders: readonly SteadySender[],
  acknowledged: readonly Acknowledged[],
  journals: readonly Journal[],
): Promise<void> {
  const random = seeded(16);
  for (let kill = 0; kill <= KILLS; kill++) {
    for (const [index, journal] of journals.entries())
      await journal.connect(TRANSPORTS[index] as (typeof TRANSPORTS)[number]);
    const running = senders.map((sender) => sender.run());
    const until = kill === KILLS ? SENDS : (SENDS / (KILLS + 1)) * (kill + 0.5 + random());
    while (acknowledged.length < until) await new Promise((resolve) => setTimeout(resolve, 1));
    if (kill === KILLS) {
      for (const sender of senders) sender.stop();
      await Promise.all(running);
      return;
    }
    await snug.kill('SIGKILL');
    await Promise.all(running);
    for (const journal of journals) await journal.drop();
    await snug.restart();
  }
}

async function wholeChannel(reader: Person, channelId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let query = '?limit=100'; ; ) {
    const page = await ok(reader.rest.get<MessagePage>(`/api/v1/channels/${channelId}/messages${query}`));
    all.push(...page.items);
    if (!page.has_more) return all.toReversed();
    query = `?limit=100&before=${page.items.at(-1)?.id}`;
  }
}

/** The sends in the log, by position; what the server says of arrivals nobody sent. */
function sendsOf(file: string): { position: number; id: string; content: string }[] {
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const sql =
      "SELECT position, subject AS id, body ->> 'content' AS content FROM events WHERE type = 'MESSAGE_CREATE' AND body ->> 'type' = 'default' ORDER BY position";
    return db.prepare(sql).all() as { position: number; id: string; content: string }[];
  } finally {
    db.close();
  }
}

/** Each person's messages carry on from 0 without a hole: nothing lost, nothing twice, in their order. */
function expectUnbroken(contents: readonly string[], from: string): void {
  const next = new Map<string, number>();
  for (const content of contents) {
    const [name, index] = content.split(':') as [string, string];
    if (Number(index) !== (next.get(name) ?? 0))
      throw new Error(`${from}: ${content} came where ${name}:${next.get(name) ?? 0} should`);
    next.set(name, Number(index) + 1);
  }
}

test('[DLV28] [LOG7] [LOG8] [CMD8] [DLV16] killed at any moment, every acknowledged send is there once and in order, on every transport and over REST', async () => {
  const { speakers, witness, channels } = await scene();
  const acknowledged: Acknowledged[] = [];
  const senders = Array.from({ length: SOCKETS }, (_, socket) => {
    const people = Array.from({ length: PEOPLE_PER_SOCKET }, (__, person) => ({
      name: `s${socket}p${person}`,
      channelId: channels[person % channels.length] as string,
    }));
    const speaker = speakers[socket % speakers.length] as Person;
    return new SteadySender(snug.url, speaker.token, people, (one) => acknowledged.push(one));
  });
  const journals = TRANSPORTS.map(() => new Journal(snug.url, witness.token));
  await sendThroughKills(senders, acknowledged, journals);
  const last = acknowledged.reduce((highest, { position }) => Math.max(highest, position), 0);
  for (const journal of journals) await journal.reached(last);
  for (const journal of journals) await journal.drop();
  expect(acknowledged.length).toBeGreaterThanOrEqual(SENDS);
  expect(senders.flatMap(({ refusals }) => refusals)).toEqual([]);
  // Otherwise no kill came at an interesting moment.
  expect(senders.reduce((sum, { retries }) => sum + retries, 0)).toBeGreaterThan(KILLS);

  // In the log: what was acknowledged and nothing else, each once, everybody's in their own order.
  const logged = sendsOf(join(snug.data, 'chat.db'));
  expect(logged.map(({ id, content }) => `${id} ${content}`).sort()).toEqual(
    acknowledged.map(({ id, content }) => `${id} ${content}`).sort(),
  );
  expectUnbroken(
    logged.map(({ content }) => content),
    'the log',
  );
  for (const journal of journals) {
    expect(journal.resets).toEqual([]);
    const heard = journal
      .of<Message>('MESSAGE_CREATE')
      .filter(({ d }) => d.type === 'default')
      .map(({ s, d }) => `${s} ${d.id} ${d.content}`);
    expect(heard).toEqual(logged.map(({ position, id, content }) => `${position} ${id} ${content}`));
  }
  for (const channelId of channels) {
    const stored = (await wholeChannel(witness, channelId))
      .filter(({ type }) => type === 'default')
      .map(({ id, content }) => `${id} ${content}`);
    const sent = acknowledged.filter((one) => one.channelId === channelId).map(({ id, content }) => `${id} ${content}`);
    expect(stored).toEqual(sent.sort());
  }
  expect(await snug.kill('SIGTERM')).toEqual({ code: 0, signal: null });
  expect(verifyLog(join(snug.data, 'chat.db'))).toMatchObject({ equal: true, gaps: 0, integrity: 'ok' });
}, 300_000);
