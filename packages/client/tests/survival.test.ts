/** The network and the instance fail; nothing is lost and nothing is said twice. */
import { PASSWORD, startProcess } from '@snug/testkit';
import { expect, test } from 'vitest';
import { createClient, memoryStorage, type SnugClient, type SnugError } from '../src/index.ts';
import { type FlakyProxy, startFlakyProxy } from './flaky-proxy.ts';
import { comeOnline, messageNamed, type Pair, type PairOptions, said, startPair } from './people.ts';
import { until } from './until.ts';

/** A pair whose second half sits behind a network that can fail. */
async function startFlakyPair(options: PairOptions = {}): Promise<{ pair: Pair; proxy: FlakyProxy } & AsyncDisposable> {
  let proxy: FlakyProxy | undefined;
  const pair = await startPair({
    ...options,
    ben: async (instance) => {
      proxy = await startFlakyProxy(instance.port);
      return { ...(await options.ben?.(instance)), url: proxy.url, random: () => 0.05 };
    },
  });
  return {
    pair,
    proxy: proxy as FlakyProxy,
    [Symbol.asyncDispose]: async () => {
      await pair[Symbol.asyncDispose]();
      await proxy?.[Symbol.asyncDispose]();
    },
  };
}

/** Counts what was dispatched: a resume repeats nothing, a snapshot is no dispatch. */
function contentsHeard(client: SnugClient): string[] {
  const heard: string[] = [];
  client.on('MESSAGE_CREATE', (message) => heard.push(message.content));
  return heard;
}

test('[CONN1] [DLV5] a cut connection resumes: what was missed comes once, in order, without a reset', async () => {
  await using flaky = await startFlakyPair();
  const { pair, proxy } = flaky;
  const { anna, ben, channelId } = pair;
  const heard = contentsHeard(ben);
  for (let round = 0; round < 5; round++) {
    proxy.setDown(true);
    await until(
      () => ben.connection.status,
      (status) => status !== 'online',
    );
    for (const part of ['a', 'b']) anna.outbox.send({ channel_id: channelId, content: `${round}${part}` });
    await until(
      () => anna.store.getState().outbox.size,
      (size) => size === 0,
    );
    proxy.setDown(false);
    ben.connection.retryNow();
    await until(
      () => said(ben, channelId).length,
      (count) => count === (round + 1) * 2,
    );
  }
  expect(heard).toEqual(['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b']);
  expect(said(ben, channelId)).toEqual(heard);
  expect(ben.store.getState().windows.get(channelId)?.stale).toBe(false);
  expect(pair.errors).toEqual([]);
});

test('[OUT5] [CMD8] a send whose answer is lost is sent again with its nonce and makes one message', async () => {
  await using flaky = await startFlakyPair();
  const { pair, proxy } = flaky;
  const { anna, ben, channelId } = pair;
  for (let round = 0; round < 4; round++) {
    proxy.setDeaf(true);
    ben.outbox.send({ channel_id: channelId, content: `round ${round}` });
    // The instance has it and the sender does not know.
    await until(
      () => said(anna, channelId).length,
      (count) => count === round + 1,
    );
    proxy.cut();
    proxy.setDeaf(false);
    await until(
      () => ben.store.getState().outbox.size,
      (size) => size === 0,
    );
  }
  const rounds = ['round 0', 'round 1', 'round 2', 'round 3'];
  expect(said(anna, channelId)).toEqual(rounds);
  expect(said(ben, channelId)).toEqual(rounds);
  await anna.loadMessages(channelId, { around: messageNamed(anna, channelId, 'round 0').id });
  expect(said(anna, channelId)).toEqual(rounds);
});

test('[OUT2] what was written offline survives a reload and is sent in order', async () => {
  const storage = memoryStorage();
  await using flaky = await startFlakyPair({ ben: async () => ({ storage }) });
  const { pair, proxy } = flaky;
  const { anna, ben, channelId } = pair;
  proxy.setDown(true);
  await until(
    () => ben.connection.status,
    (status) => status !== 'online',
  );
  for (const content of ['one', 'two', 'three']) ben.outbox.send({ channel_id: channelId, content });
  expect(said(ben, channelId)).toEqual(['one (queued)', 'two (queued)', 'three (queued)']);
  await until(
    () => (ben.store.getState().outbox.get(channelId) ?? []).length,
    (count) => count === 3,
  );
  const nonces = ben.store
    .getState()
    .outbox.get(channelId)
    ?.map((entry) => entry.nonce);
  // Storage is written at once, not at the end: a crash has no end.
  await until(
    () => storage,
    () => true,
  );
  ben.close();

  const again = pair.client({ url: proxy.url, storage, random: () => 0.05 });
  void again.session.restore();
  again.connection.start();
  expect(
    (
      await until(
        () => again.session.state,
        (state) => state.status === 'restoring',
      )
    ).status,
  ).toBe('restoring');
  proxy.setDown(false);
  await until(
    () => said(anna, channelId),
    (lines) => lines.length === 3,
    20_000,
  );
  expect(said(anna, channelId)).toEqual(['one', 'two', 'three']);
  const sent = [...(anna.store.getState().messages.get(channelId)?.values() ?? [])].map((message) => message.nonce);
  expect(sent.filter((nonce) => nonce !== undefined)).toEqual(nonces);
  await until(
    () => again.store.getState().outbox.size,
    (size) => size === 0,
  );
  expect((await storage.keys('')).filter((key) => key.includes('outbox'))).toEqual([]);
});

test('[CONN2] [DLV16] where sockets are blocked the long poll goes on with the same cursor', async () => {
  await using flaky = await startFlakyPair();
  const { pair, proxy } = flaky;
  const { anna, ben, channelId } = pair;
  const heard = contentsHeard(ben);
  anna.outbox.send({ channel_id: channelId, content: 'by socket' });
  await until(
    () => heard.length,
    (count) => count === 1,
  );
  proxy.setBlocksSockets(true);
  proxy.cut();
  await until(
    () => ben.connection.status,
    (status) => status !== 'online',
  );
  anna.outbox.send({ channel_id: channelId, content: 'missed' });
  await until(() => ben.connection.transport === 'sync' && ben.connection.status === 'online', Boolean);
  await until(
    () => heard.length,
    (count) => count === 2,
  );
  anna.outbox.send({ channel_id: channelId, content: 'by poll' });
  await until(
    () => heard.length,
    (count) => count === 3,
  );
  ben.outbox.send({ channel_id: channelId, content: 'answered' });
  await until(
    () => said(anna, channelId).at(-1),
    (line) => line === 'answered',
  );
  await until(
    () => ben.store.getState().outbox.size,
    (size) => size === 0,
  );
  // Typing is told to a poll that waits, and promised to nobody (SYNC6): it is said until it is heard.
  await until(
    () => {
      // The last ones are cut off by the end of the test.
      anna
        .call('typing.start', { channel_id: channelId })
        .catch((error: SnugError) => expect(error.shouldRetry).toBe(true));
      return ben.store.getState().typing.get(channelId)?.size;
    },
    (size) => size === 1,
  );
  expect(heard).toEqual(['by socket', 'missed', 'by poll', 'answered']);
  expect(said(ben, channelId)).toEqual(heard);
  expect(ben.store.getState().windows.get(channelId)?.stale).toBe(false);
  expect(pair.errors).toEqual([]);
});

test('[CONN5] [STORE2] after a reset windows are stale, the outbox stays, and loading again shows what is true', async () => {
  await using flaky = await startFlakyPair({ resume_limit: 5 });
  const { pair, proxy } = flaky;
  const { anna, ben, channelId } = pair;
  ben.outbox.send({ channel_id: channelId, content: 'will be deleted' });
  await until(
    () => said(anna, channelId).length,
    (count) => count === 1,
  );
  proxy.setDown(true);
  await until(
    () => ben.connection.status,
    (status) => status !== 'online',
  );
  await anna.deleteMessage(channelId, messageNamed(anna, channelId, 'will be deleted').id);
  for (let n = 0; n < 10; n++) anna.outbox.send({ channel_id: channelId, content: `missed ${n}` });
  await until(
    () => anna.store.getState().outbox.size,
    (size) => size === 0,
  );
  ben.outbox.send({ channel_id: channelId, content: 'still to say' });
  const unread: (number | undefined)[] = [];
  ben.store.subscribe(() => unread.push(ben.store.getState().reads.get(channelId)?.unread));
  proxy.setDown(false);
  ben.connection.retryNow();
  await until(
    () => ben.store.getState().windows.get(channelId)?.stale,
    (stale) => stale === true,
  );
  // Until this user's own words acknowledge it.
  expect(unread).toContain(10);
  await ben.loadMessages(channelId, 'latest');
  await until(
    () => ben.store.getState().outbox.size,
    (size) => size === 0,
  );
  const missed = Array.from({ length: 10 }, (_, n) => `missed ${n}`);
  expect(said(ben, channelId)).toEqual([...missed, 'still to say']);
  expect(ben.store.getState().windows.get(channelId)?.stale).toBe(false);
});

test('[DLV28] [OUT5] the instance is killed while two people talk: nothing is lost, nothing is said twice', async () => {
  await using server = await startProcess();
  const clients = ['anna', 'ben'].map(() => createClient({ url: server.url, random: () => 0.05, locks: null }));
  const [anna, ben] = clients as [SnugClient, SnugClient];
  await anna.session.register({ username: 'anna', password: PASSWORD });
  await ben.session.register({ username: 'ben', password: PASSWORD });
  const { id: serverId, channels } = await anna.call('server.create', { name: 'Home' });
  const channelId = channels[0]?.id ?? '';
  await ben.call('invite.accept', { code: (await anna.call('invite.create', { server_id: serverId })).code });
  for (const client of clients) client.connection.start();
  await until(() => clients.every((client) => client.store.getState().channels.has(channelId)), Boolean);
  await Promise.all(clients.map((client) => client.loadMessages(channelId, 'latest')));
  for (let n = 0; n < 60; n++) {
    for (const [who, client] of clients.entries())
      client.outbox.send({ channel_id: channelId, content: `${who} ${n}` });
    if (n === 20 || n === 40) {
      await until(
        () => said(anna, channelId).filter((line) => !line.includes('(')).length,
        (count) => count > n,
      );
      await server.restart();
    }
  }
  await until(() => clients.every((client) => client.store.getState().outbox.size === 0), Boolean, 30_000);
  await until(
    () => clients.map((client) => said(client, channelId).length).join(),
    (both) => both === '120,120',
  );
  expect(said(ben, channelId)).toEqual(said(anna, channelId));
  for (const who of [0, 1]) {
    const own = said(anna, channelId).filter((line) => line.startsWith(`${who} `));
    expect(own).toEqual(Array.from({ length: 60 }, (_, n) => `${who} ${n}`));
  }
  for (const client of clients) client.close();
}, 60_000);

test('[CONN6] [AUTH11] signing out elsewhere ends this connection for good, and says why', async () => {
  await using pair = await startPair();
  const { ben } = pair;
  const phone = pair.client();
  await comeOnline(phone, 'ben');
  const { items } = await phone.call('auth.sessions', {});
  const other = items.find(
    (session) =>
      !session.is_current && ben.session.state.status === 'signed_in' && session.id === ben.session.state.sessionId,
  );
  await phone.call('auth.revoke_session', { session_id: other?.id ?? '' });
  const state = await until(
    () => ben.session.state,
    (one) => one.status === 'signed_out',
  );
  expect(state).toEqual({ status: 'signed_out', reason: 'revoked' });
  await until(
    () => ben.connection.status,
    (status) => status === 'stopped',
  );
  expect(ben.store.getState().servers.size).toBe(0);
  expect(phone.connection.status).toBe('online');
});
