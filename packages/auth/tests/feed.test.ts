import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, expect, test } from 'vitest';
import { FEED_TYPE, type FeedPage } from '../src/index.ts';
import { bootAuth, CONSOLE, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

/** Reads the feed as a remote chat would: from the JWKS alone. */
async function poll(since: number): Promise<FeedPage & { exp: number }> {
  const answer = await snug.call<string>(`/auth/feed?since=${since}`);
  expect(answer.headers.get('content-type')).toBe('application/jose');
  const keys = (await snug.call<JSONWebKeySet>('/.well-known/jwks.json')).body;
  const { payload } = await jwtVerify(answer.body as unknown as string, createLocalJWKSet(keys), {
    issuer: 'snug',
    typ: FEED_TYPE,
    currentDate: new Date(snug.clock.ms),
  });
  return payload as unknown as FeedPage & { exp: number };
}

test('[E32] [AUTH12] the signed feed says what the pushed one said, in order, from any number on', async () => {
  snug = await bootAuth();
  const pushed: unknown[] = [];
  snug.auth.onFeed((entry) => pushed.push(entry));
  expect(await poll(0)).toMatchObject({ since: 0, head: 0, entries: [] });

  const ann = (await snug.register('ann')).body;
  await snug.call('/auth/me', {
    method: 'PATCH',
    token: ann.access_token,
    body: { username: 'anna', email: 'anna@example.org', password: PASSWORD },
  });
  await snug.auth.admin.suspend(ann.user.id, CONSOLE);
  await snug.auth.admin.restore(ann.user.id, CONSOLE);

  const all = await poll(0);
  expect(all.entries).toEqual(pushed);
  expect(all.entries.map((entry) => [entry.seq, entry.kind])).toEqual([
    [1, 'account_renamed'],
    [2, 'account_suspended'],
    [3, 'session_revoked'],
    [4, 'account_restored'],
  ]);
  expect(all).toMatchObject({ head: 4, exp: Math.floor(snug.clock.ms / 1000) + 60 });
  expect((await poll(2)).entries).toEqual(pushed.slice(2));
  expect(JSON.stringify(all)).not.toContain('@');

  await snug.restart();
  expect((await poll(3)).entries).toEqual(pushed.slice(3));
  await snug.login('anna');
  expect((await poll(4)).entries).toEqual([]);
});

test('[E32] a page holds 500 entries, and says that there is more', async () => {
  snug = await bootAuth();
  const { id } = await snug.auth.createAccount({ username: 'ann' });
  for (let i = 0; i < 501; i++) await snug.auth.admin[i % 2 === 0 ? 'suspend' : 'restore'](id, CONSOLE);
  const page = await poll(0);
  expect(page.entries).toHaveLength(500);
  expect(page.head).toBe(501);
  expect((await poll(500)).entries.map((entry) => entry.seq)).toEqual([501]);
});

test.each(['-1', 'x', '1.5', '9'.repeat(20), '1&since=2', '1&more=1'])('[CMD16] refuses since=%s', async (since) => {
  snug = await bootAuth();
  const { status, body } = await snug.call(`/auth/feed?since=${since}`);
  expect([status, body.code]).toEqual([400, 'INVALID_PARAMS']);
});

test('[AUTH6] asking for the feed is limited per address', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  for (let i = 0; i < 60; i++) expect((await snug.call('/auth/feed')).status).toBe(200);
  expect((await snug.call('/auth/feed')).body.code).toBe('RATE_LIMITED');
});
