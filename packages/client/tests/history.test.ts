import { send, signIn } from '@snug/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SnugClient, select } from '../src/index.ts';
import { WINDOW_MAX } from '../src/store/window.ts';
import { startFlakyProxy } from './flaky-proxy.ts';
import { comeOnline, messageNamed, type Pair, said, startPair } from './people.ts';
import { until } from './until.ts';

/** More than a window holds. */
const COUNT = 520;
let pair: Pair;
let channelId: string;

beforeAll(async () => {
  pair = await startPair();
  channelId = pair.channelId;
  // One connection, so that they are taken in this order (CMD12).
  for (let n = 0; n < COUNT; n += 40) {
    const some = lines(n, n + 40);
    await Promise.all(some.map((content) => pair.anna.request('message.send', { channel_id: channelId, content })));
  }
}, 60_000);

afterAll(async () => {
  await pair[Symbol.asyncDispose]();
});

const lines = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `line ${from + n}`);

async function reader(): Promise<SnugClient> {
  const client = pair.client();
  await comeOnline(client, 'ben');
  return client;
}

const window = (client: SnugClient) => client.store.getState().windows.get(channelId);

test('[MSG1] the newest come first, then page by page what was before', async () => {
  const client = await reader();
  expect(select.needsLoad(client.store.getState(), channelId)).toBe(true);
  await client.loadMessages(channelId, 'latest');
  expect(said(client, channelId)).toEqual(lines(470, 520));
  expect([window(client)?.hasBefore, window(client)?.hasAfter]).toEqual([true, false]);
  await client.loadMessages(channelId, 'before');
  expect(said(client, channelId)).toEqual(lines(420, 520));
  expect(select.needsLoad(client.store.getState(), channelId)).toBe(false);
  // The newest are here: nothing to fetch.
  await client.loadMessages(channelId, 'latest');
  expect(said(client, channelId)).toEqual(lines(420, 520));
});

test('[MSG2] around a message, then in both directions; what is sent meanwhile has no place before the present is reached', async () => {
  const client = await reader();
  await client.loadMessages(channelId, 'latest');
  for (let n = 0; n < 3; n++) await client.loadMessages(channelId, 'before');
  const { id } = messageNamed(client, channelId, 'line 400');
  await client.loadMessages(channelId, { around: id });
  const around = said(client, channelId);
  expect(around).toContain('line 400');
  expect([window(client)?.hasBefore, window(client)?.hasAfter]).toEqual([true, true]);
  const [first, last] = [Number(around[0]?.slice(5)), Number(around.at(-1)?.slice(5))];
  await client.loadMessages(channelId, 'before');
  expect(said(client, channelId)).toEqual(lines(first - 50, last + 1));
  await client.loadMessages(channelId, 'after');
  expect(said(client, channelId)).toEqual(lines(first - 50, last + 51));
  while (window(client)?.hasAfter) await client.loadMessages(channelId, 'after');
  expect(said(client, channelId)).toEqual(lines(first - 50, 520));
});

test('[STORE5] a window is bounded: what lies far from the reader is forgotten, and comes back', async () => {
  const client = await reader();
  client.setFollowing(channelId, false);
  await client.loadMessages(channelId, 'latest');
  let longest = 0;
  while (window(client)?.hasBefore) {
    await client.loadMessages(channelId, 'before');
    longest = Math.max(longest, window(client)?.ids.length ?? 0);
  }
  expect(longest).toBeLessThanOrEqual(WINDOW_MAX);
  expect([window(client)?.hasBefore, window(client)?.hasAfter]).toEqual([false, true]);
  expect(said(client, channelId)[0]).toBe('line 0');
  expect(client.store.getState().messages.get(channelId)?.size).toBe(window(client)?.ids.length);
  while (window(client)?.hasAfter) await client.loadMessages(channelId, 'after');
  expect(said(client, channelId).at(-1)).toBe('line 519');
  expect(window(client)?.hasBefore).toBe(true);
});

test('[MSG5] a reply to what is not loaded brings it along', async () => {
  const client = await reader();
  await client.loadMessages(channelId, 'latest');
  const anna = await signIn(pair.instance.url, 'anna');
  const { items } = (
    await anna.rest.get<{ items: { id: string; content: string }[] }>(
      `/api/v1/channels/${channelId}/messages?after=${'0'.repeat(26)}&limit=100`,
    )
  ).body;
  const old = items.find((one) => one.content === 'line 3');
  const reply = await send(anna, channelId, 'about that', { reply_to_id: old?.id });
  await until(
    () => said(client, channelId),
    (l) => l.includes('about that'),
  );
  await until(
    () => select.repliedTo(client.store.getState(), reply)?.content,
    (content) => content === 'line 3',
  );
  // An edit of it is folded too, and its end.
  await anna.rest.patch(`/api/v1/channels/${channelId}/messages/${old?.id}`, { content: 'line 3, edited' });
  await until(
    () => select.repliedTo(client.store.getState(), reply)?.content,
    (content) => content === 'line 3, edited',
  );
  await anna.rest.delete(`/api/v1/channels/${channelId}/messages/${old?.id}`);
  await until(
    () => select.repliedTo(client.store.getState(), reply),
    (target) => target === null,
  );
  await anna.rest.delete(`/api/v1/channels/${channelId}/messages/${reply.id}`);
  await until(
    () => said(client, channelId),
    (l) => !l.includes('about that'),
  );
});

test('[PERM13] somebody new who speaks is known by name soon, and nothing waits for it', async () => {
  const client = await reader();
  await client.loadMessages(channelId, 'latest');
  const carl = await pair.instance.signUp('carl', { display_name: 'Carl the Late' });
  const { code } = await pair.anna.call('invite.create', { server_id: pair.serverId });
  // Ben is away when Carl joins, so the event that brings his name is missed by a fresh start.
  client.connection.stop();
  await until(
    () => client.connection.status,
    (status) => status === 'stopped',
  );
  await carl.rest.post(`/api/v1/invites/${code}`, {});
  const fresh = pair.client();
  await comeOnline(fresh, 'ben');
  expect(select.userName(fresh.store.getState(), carl.id)).toBe('Unknown user');
  await send(carl, channelId, 'hello from Carl');
  await until(
    () => select.memberName(fresh.store.getState(), pair.serverId, carl.id),
    (name) => name === 'Carl the Late',
  );
});

test('[CONN1] a load that fails says so in its window, and is forgiven when the way is open again', async () => {
  await using proxy = await startFlakyProxy(pair.instance.port);
  const client = pair.client({ url: proxy.url, random: () => 0.05 });
  await comeOnline(client, 'ben');
  proxy.setDown(true);
  await expect(client.loadMessages(channelId, 'latest')).rejects.toMatchObject({ code: 'NETWORK' });
  expect(window(client)).toMatchObject({ loading: null, stale: true, error: { code: 'NETWORK' } });
  expect(select.needsLoad(client.store.getState(), channelId)).toBe(false);
  proxy.setDown(false);
  await until(
    () => select.needsLoad(client.store.getState(), channelId),
    (needs) => needs,
  );
  await client.loadMessages(channelId, 'latest');
  expect(window(client)).toMatchObject({ loading: null, stale: false, error: null });
});

test('[MSG2] a jump is not held up by a page that is on its way, and that page does not undo it', async () => {
  const client = await reader();
  await client.loadMessages(channelId, 'latest');
  const before = client.loadMessages(channelId, 'before');
  const jump = client.loadMessages(channelId, { around: '0'.repeat(26) });
  await Promise.all([before, jump]);
  expect(said(client, channelId)[0]).toBe('line 0');
  expect([window(client)?.hasBefore, window(client)?.hasAfter, window(client)?.loading]).toEqual([false, true, null]);
});
