import { setTimeout as sleep } from 'node:timers/promises';
import { firstIdAt, Op } from '@snug/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type ClientStorage, type Locks, memoryStorage, type OutboxEntry } from '../src/index.ts';
import { newNonce } from '../src/outbox/nonce.ts';
import { CHANNEL, channel, id, ME, message, ready, SERVER, serverSnapshot } from './fixtures.ts';
import { type ClientFrame, type Script, startScript } from './scripted-gateway.ts';
import { until } from './until.ts';

const OTHER = id(13);
const scripts: Script[] = [];

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  for (const script of scripts.splice(0)) script.client.close();
  vi.useRealTimers();
});

const later = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

async function online(options: { storage?: ClientStorage; locks?: Locks | null } = {}): Promise<Script> {
  const script = await startScript(options);
  scripts.push(script);
  await later(0);
  const channels = [channel(CHANNEL), channel(OTHER, { name: 'other' })];
  script.current.welcome(7, ready({ servers: [serverSnapshot(SERVER, channels)] }));
  await later(20);
  return script;
}

const sends = (script: Script): ClientFrame[] =>
  script.sockets.flatMap((socket) =>
    socket.received.filter((frame) => frame.op === Op.REQUEST && frame.d.command === 'message.send'),
  );
const contents = (script: Script): unknown[] => sends(script).map((frame) => (frame.d.params as OutboxEntry).content);
const entries = (script: Script, channelId = CHANNEL): string[] =>
  (script.client.store.getState().outbox.get(channelId) ?? []).map((entry) => `${entry.content} ${entry.state}`);

function answer(script: Script, frame: ClientFrame | undefined, more: object): void {
  script.current.say(Op.RESPONSE, { d: { id: frame?.d.id, ...more } });
}

function refuse(script: Script, frame: ClientFrame | undefined, code: string, retry_after?: number): void {
  answer(script, frame, { ok: false, error: { code, status: 400, ...(retry_after !== undefined && { retry_after }) } });
}

test('[OUT2] one of a channel is on its way at a time; channels do not wait for each other', async () => {
  const script = await online();
  const { outbox } = script.client;
  for (const content of ['a1', 'a2']) outbox.send({ channel_id: CHANNEL, content });
  outbox.send({ channel_id: OTHER, content: 'b1' });
  await later(0);
  expect(contents(script)).toEqual(['a1', 'b1']);
  answer(script, sends(script)[0], { ok: true, result: message(id(200)), position: 8 });
  await later(0);
  expect(contents(script)).toEqual(['a1', 'b1', 'a2']);
  expect(entries(script)).toEqual(['a1 confirmed', 'a2 sent']);
});

test('[OUT1] [OUT3] the echo takes the entry away, whether it comes before the answer or after it', async () => {
  const script = await online();
  const { outbox, store } = script.client;
  const first = outbox.send({ channel_id: CHANNEL, content: 'echo first' });
  await later(0);
  script.current.dispatch('MESSAGE_CREATE', message(id(200), { author_id: ME, nonce: first.nonce }), 8);
  await later(20);
  expect(entries(script)).toEqual([]);
  answer(script, sends(script)[0], { ok: true, result: message(id(200)), position: 8 });
  const second = outbox.send({ channel_id: CHANNEL, content: 'answer first' });
  await later(0);
  answer(script, sends(script)[1], { ok: true, result: message(id(201)), position: 9 });
  await later(0);
  expect(entries(script)).toEqual(['answer first confirmed']);
  // Somebody else's message with the same nonce is not an echo.
  script.current.dispatch('MESSAGE_CREATE', message(id(202), { nonce: second.nonce }), 8);
  script.current.dispatch('MESSAGE_CREATE', message(id(201), { author_id: ME, nonce: second.nonce }), 9);
  await later(20);
  expect(store.getState().outbox.size).toBe(0);
});

test('[OUT3] an entry that was confirmed and deleted before its echo could come does not stay', async () => {
  const script = await online();
  script.client.outbox.send({ channel_id: CHANNEL, content: 'gone soon' });
  await later(0);
  answer(script, sends(script)[0], { ok: true, result: message(id(200)), position: 8 });
  await later(0);
  expect(entries(script)).toEqual(['gone soon confirmed']);
  script.current.say(Op.HEARTBEAT_ACK, { s: 10 });
  await later(20);
  expect(entries(script)).toEqual([]);
});

test('[OUT4] RATE_LIMITED waits as long as it says, and what is behind it waits too', async () => {
  const script = await online();
  const { outbox } = script.client;
  outbox.send({ channel_id: CHANNEL, content: 'first' });
  await later(0);
  refuse(script, sends(script)[0], 'RATE_LIMITED', 5);
  await later(0);
  outbox.send({ channel_id: CHANNEL, content: 'second' });
  await later(4_900);
  expect(contents(script)).toEqual(['first']);
  const [waiting] = script.client.store.getState().outbox.get(CHANNEL) ?? [];
  expect([waiting?.state, waiting?.error?.code]).toEqual(['queued', 'RATE_LIMITED']);
  await later(200);
  expect(contents(script)).toEqual(['first', 'first']);
  expect(sends(script).map((frame) => (frame.d.params as OutboxEntry).nonce)).toEqual([waiting?.nonce, waiting?.nonce]);
});

test('[OUT4] failures without a name are tried again, but not for ever', async () => {
  const script = await online();
  script.client.outbox.send({ channel_id: CHANNEL, content: 'poison' });
  script.client.outbox.send({ channel_id: CHANNEL, content: 'behind it' });
  await later(0);
  for (let n = 0; n < 8; n++) {
    const tried = sends(script).length;
    refuse(script, sends(script).at(-1), 'INTERNAL');
    for (let waited = 0; waited < 30_000 && sends(script).length === tried; waited += 500) {
      await later(500);
      script.current.say(Op.HEARTBEAT_ACK);
    }
  }
  expect(contents(script)).toEqual([...Array.from({ length: 8 }, () => 'poison'), 'behind it']);
  expect(entries(script)[0]).toBe('poison refused');
});

test('[OUT5] a socket lost mid-send: the same nonce on the next one', async () => {
  const script = await online();
  const { nonce } = script.client.outbox.send({ channel_id: CHANNEL, content: 'twice sent' });
  await later(0);
  script.current.end(1006);
  await later(0);
  expect(entries(script)).toEqual(['twice sent queued']);
  await later(250);
  script.current.hello();
  script.current.dispatch('RESUMED', {}, 7);
  await later(0);
  expect(sends(script).map((frame) => (frame.d.params as OutboxEntry).nonce)).toEqual([nonce, nonce]);
});

test('[OUT1] [OUT2] a refused entry is still refused after a reload, and its retry keeps the nonce', async () => {
  const storage = memoryStorage();
  const before = await online({ storage });
  const { nonce } = before.client.outbox.send({ channel_id: CHANNEL, content: 'not here' });
  await later(0);
  refuse(before, sends(before)[0], 'MISSING_PERMISSION');
  await later(0);
  before.client.close();
  const after = await online({ storage });
  expect(entries(after)).toEqual(['not here refused']);
  expect(after.client.store.getState().outbox.get(CHANNEL)?.[0]?.error?.code).toBe('MISSING_PERMISSION');
  expect(contents(after)).toEqual([]);
  after.client.outbox.retry(nonce);
  await later(0);
  expect((sends(after)[0]?.d.params as OutboxEntry | undefined)?.nonce).toBe(nonce);
});

test('[OUT2] of two tabs over one storage one sends an entry; what a closed tab leaves behind the other takes over', async () => {
  // The platform's own locks know nothing of a clock that stands still.
  vi.useRealTimers();
  const storage = memoryStorage();
  const locks = navigator.locks as unknown as Locks;
  const [one, two] = [await startScript({ storage, locks }), await startScript({ storage, locks })];
  scripts.push(one, two);
  await until(
    () => one.sockets.length + two.sockets.length,
    (count) => count === 2,
  );
  for (const script of [one, two]) script.current.welcome(7);
  one.answer = null;
  one.current.end(1006);
  one.client.outbox.send({ channel_id: CHANNEL, content: 'from the first tab' });
  await until(
    () => entries(one),
    (lines) => lines.includes('from the first tab queued'),
  );
  await sleep(50);
  expect((await storage.keys('')).filter((key) => key.includes('outbox'))).toHaveLength(1);
  // A tab looks for what others have left behind whenever it comes online.
  await reconnect(two);
  expect(contents(two)).toEqual([]);
  one.client.close();
  await reconnect(two);
  expect(contents(two)).toEqual(['from the first tab']);
});

async function reconnect(script: Script): Promise<void> {
  const before = script.sockets.length;
  script.current.end(1006);
  await until(
    () => script.sockets.length,
    (count) => count > before,
  );
  script.current.hello();
  script.current.dispatch('RESUMED', {}, 7);
  await sleep(50);
}

test('[OUT2] what is discarded is not sent, and leaves nothing in storage', async () => {
  const storage = memoryStorage();
  const script = await online({ storage });
  script.current.end(1006);
  await later(0);
  const { nonce } = script.client.outbox.send({ channel_id: CHANNEL, content: 'never mind' });
  await later(0);
  script.client.outbox.discard(nonce);
  await later(250);
  script.current.hello();
  script.current.dispatch('RESUMED', {}, 7);
  await later(50);
  expect([contents(script), entries(script)]).toEqual([[], []]);
  expect((await storage.keys('')).filter((key) => key.includes('outbox'))).toEqual([]);
});

test('[OUT2] storage that fails is reported, and the message is sent all the same', async () => {
  const broken: ClientStorage = { ...memoryStorage(), set: async () => Promise.reject(new Error('disk full')) };
  const storage = memoryStorage();
  const script = await online({
    storage: {
      ...storage,
      set: (key, value) => (key.includes('outbox') ? broken.set(key, value) : storage.set(key, value)),
    },
  });
  script.client.outbox.send({ channel_id: CHANNEL, content: 'sent anyway' });
  await later(0);
  expect(contents(script)).toEqual(['sent anyway']);
  expect(script.errors).toEqual([new Error('disk full')]);
});

test('[CMD10] a nonce is 26 characters: the moment, then 80 random bits', () => {
  const nonces = Array.from({ length: 2000 }, () => newNonce(1_800_000_000_000));
  expect(new Set(nonces).size).toBe(2000);
  expect(new Set(nonces.map((nonce) => nonce.slice(0, 10)))).toEqual(
    new Set([firstIdAt(1_800_000_000_000).slice(0, 10)]),
  );
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  for (let place = 10; place < 26; place++) expect(new Set(nonces.map((nonce) => nonce[place])).size).toBe(32);
});
