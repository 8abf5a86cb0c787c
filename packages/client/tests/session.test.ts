import { setTimeout as sleep } from 'node:timers/promises';
import { PASSWORD, startInstance } from '@snug/testkit';
import { expect, test } from 'vitest';
import { createClient, memoryStorage, SnugError } from '../src/index.ts';
import { startFlakyProxy } from './flaky-proxy.ts';
import { comeOnline, said, startPair } from './people.ts';
import { until } from './until.ts';

test('[CONN4] [AUTH10] [GW17] a connection outlives its token: it is renewed, not made again', async () => {
  await using pair = await startPair({ access_token_ttl: 6 });
  const { anna, ben, channelId } = pair;
  const transports: string[] = [];
  ben.connection.subscribe(() => transports.push(ben.connection.status));
  const first = await ben.session.accessToken();
  await sleep(9_000);
  expect(await ben.session.accessToken()).not.toBe(first);
  anna.outbox.send({ channel_id: channelId, content: 'still there?' });
  await until(
    () => said(ben, channelId).length,
    (count) => count === 1,
  );
  expect(transports).toEqual([]);
  expect(pair.errors).toEqual([]);
}, 30_000);

test('[AUTH13] [AUTH14] two tabs over one storage refresh at once and both stay signed in', async () => {
  await using instance = await startInstance();
  await instance.signUp('anna');
  const storage = memoryStorage();
  const tabs = [createClient({ url: instance.url, storage }), createClient({ url: instance.url, storage })];
  await tabs[0]?.session.login({ login: 'anna', password: PASSWORD });
  for (let round = 0; round < 5; round++) {
    const again = tabs.map(() => createClient({ url: instance.url, storage }));
    const states = await Promise.all(again.map((tab) => tab.session.restore()));
    expect(states.map((state) => state.status)).toEqual(['signed_in', 'signed_in']);
    for (const tab of again) expect((await tab.call('auth.me', {})).username).toBe('anna');
    for (const tab of again) tab.close();
  }
  for (const tab of tabs) tab.close();
});

test('[AUTH15] a session is restored from storage, and after signing out there is nothing to restore', async () => {
  await using instance = await startInstance();
  await instance.signUp('anna');
  const storage = memoryStorage();
  const first = createClient({ url: instance.url, storage });
  await first.session.login({ login: 'anna', password: PASSWORD });
  first.close();
  const second = createClient({ url: instance.url, storage });
  expect((await second.session.restore()).status).toBe('signed_in');
  await second.session.logout();
  expect(second.session.state).toEqual({ status: 'signed_out', reason: 'logged_out' });
  await expect(second.session.accessToken()).rejects.toThrow(SnugError);
  const third = createClient({ url: instance.url, storage });
  expect(await third.session.restore()).toEqual({ status: 'signed_out', reason: 'none' });
  expect(await storage.keys('')).toEqual([]);
  second.close();
  third.close();
});

test('[CONN1] being offline while restoring is not being signed out', async () => {
  await using instance = await startInstance();
  await using proxy = await startFlakyProxy(instance.port);
  await instance.signUp('anna');
  const storage = memoryStorage();
  const options = { url: proxy.url, storage, random: () => 0.05 };
  const first = createClient(options);
  await first.session.login({ login: 'anna', password: PASSWORD });
  first.close();
  proxy.setDown(true);
  const second = createClient(options);
  const restored = second.session.restore();
  const state = await until(
    () => second.session.state,
    (one) => one.status === 'restoring' && one.error !== null,
  );
  expect(state.status === 'restoring' && state.error?.code).toBe('NETWORK');
  await expect(second.call('server.list', {})).rejects.toMatchObject({ code: 'NETWORK' });
  proxy.setDown(false);
  expect((await restored).status).toBe('signed_in');
  second.close();
});

test('[AUTH11] signing out without the network is finished before anything else, once there is one', async () => {
  await using instance = await startInstance();
  await using proxy = await startFlakyProxy(instance.port);
  const person = await instance.signUp('anna');
  const storage = memoryStorage();
  const options = { url: proxy.url, storage, random: () => 0.05 };
  const first = createClient(options);
  await first.session.login({ login: 'anna', password: PASSWORD });
  proxy.setDown(true);
  await expect(first.session.logout()).rejects.toMatchObject({ code: 'NETWORK' });
  expect(first.session.state).toEqual({ status: 'signed_out', reason: 'logged_out' });
  first.close();
  proxy.setDown(false);
  const second = createClient(options);
  expect(await second.session.restore()).toEqual({ status: 'signed_out', reason: 'logged_out' });
  const sessions = await person.rest.get<{ items: unknown[] }>('/api/v1/auth/sessions');
  // Only the one of `signUp` is left on the server.
  expect(sessions.body.items).toHaveLength(1);
  second.close();
});

test('[STORE2] another account on the same client sees nothing of the first', async () => {
  await using pair = await startPair();
  const { ben, channelId } = pair;
  await pair.instance.signUp('carl');
  ben.outbox.send({ channel_id: channelId, content: 'from ben' });
  await until(
    () => ben.store.getState().outbox.size,
    (size) => size === 0,
  );
  await ben.session.login({ login: 'carl', password: PASSWORD });
  await until(
    () => ben.store.getState().me?.username,
    (name) => name === 'carl',
  );
  const state = ben.store.getState();
  expect([state.servers.size, state.messages.size, state.channels.size, state.windows.size]).toEqual([0, 0, 0, 0]);
  await comeOnline(ben, 'ben');
  await until(() => ben.store.getState().channels.has(channelId), Boolean);
  expect(pair.errors).toEqual([]);
});

test('[ERR1] [ERR2] refusals come with their code, issues and trace id; what is no answer of ours is BAD_ANSWER', async () => {
  await using instance = await startInstance();
  const client = createClient({ url: instance.url });
  await expect(client.session.login({ login: 'nobody', password: PASSWORD })).rejects.toMatchObject({
    code: 'BAD_CREDENTIALS',
    status: 401,
    shouldRetry: false,
  });
  const invalid = await client.session.register({ username: 'x', password: 'short' }).catch((error: unknown) => error);
  expect(invalid).toMatchObject({ code: 'INVALID_PARAMS' });
  expect((invalid as SnugError).issues.map((issue) => issue.path).sort()).toEqual(['password', 'username']);
  expect((invalid as SnugError).traceId).toMatch(/^\S+$/);
  await expect(client.call('server.list', {})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' });
  expect((await client.discovery()).registration).toBe('open');
  const lost = createClient({ url: instance.url, fetch: async () => new Response('<h1>502</h1>', { status: 502 }) });
  await expect(lost.discovery()).rejects.toMatchObject({ code: 'BAD_ANSWER', status: 502, shouldRetry: true });
  client.close();
  lost.close();
});
