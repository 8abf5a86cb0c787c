import { afterEach, expect, test } from 'vitest';
import { bootAuth, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

interface SessionList {
  items: { id: string; is_current: boolean; user_agent: string; address: string; last_seen_at: string }[];
  has_more: boolean;
}

test('[AUTH26] somebody sees their own sessions, with where they are, and which one asks', async () => {
  snug = await bootAuth();
  const first = (await snug.register('ann')).body;
  await snug.register('bob');
  snug.clock.ms += 1000;
  const second = await snug.call<{ session_id: string }>('/auth/login', {
    body: { login: 'ann', password: PASSWORD },
    headers: { 'user-agent': `Lamp/1.0 ${'x'.repeat(500)}`, 'x-forwarded-for': '192.0.2.7' },
  });
  const { status, body } = await snug.call<SessionList>('/auth/sessions', { token: first.access_token });
  expect(status).toBe(200);
  expect(body.has_more).toBe(false);
  expect(body.items.map((item) => [item.id, item.is_current])).toEqual([
    [second.body.session_id, false],
    [first.session_id, true],
  ]);
  expect(body.items[0]).toMatchObject({ address: '192.0.2.7' });
  expect(body.items[0]?.user_agent).toMatch(/^Lamp\/1\.0 x+$/);
  expect(body.items[0]?.user_agent).toHaveLength(200);
  snug.clock.ms += 1000;
  await snug.refresh(first.refresh_token);
  const later = await snug.call<SessionList>('/auth/sessions', { token: first.access_token });
  expect(later.body.items[0]).toMatchObject({
    id: first.session_id,
    last_seen_at: new Date(snug.clock.ms).toISOString(),
  });
});

test('[AUTH26] [AUTH11] revoking ends that session at once, and nobody else can', async () => {
  snug = await bootAuth();
  const ann = (await snug.register('ann')).body;
  const lost = (await snug.login('ann')).body;
  const bob = (await snug.register('bob')).body;
  expect((await snug.auth.verify(lost.access_token)).sid).toBe(lost.session_id);
  const path = `/auth/sessions/${lost.session_id}`;
  const heard: unknown[] = [];
  const stop = snug.auth.onFeed((entry) => heard.push(entry));

  const foreign = await snug.call(path, { method: 'DELETE', token: bob.access_token });
  expect(foreign.body.code).toBe('UNKNOWN_SESSION');
  expect(heard).toEqual([]);
  expect((await snug.call(path, { method: 'DELETE', token: ann.access_token })).status).toBe(204);
  expect(heard).toEqual([
    expect.objectContaining({ kind: 'session_revoked', user_id: ann.user.id, session_id: lost.session_id }),
  ]);
  await expect(snug.auth.verify(lost.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  expect((await snug.call('/auth/me', { token: lost.access_token })).body.code).toBe('SESSION_REVOKED');
  expect((await snug.refresh(lost.refresh_token)).body.code).toBe('REFRESH_INVALID');
  expect((await snug.call(path, { method: 'DELETE', token: ann.access_token })).body.code).toBe('UNKNOWN_SESSION');
  expect((await snug.auth.verify(ann.access_token)).sub).toBe(ann.user.id);

  stop();
  await snug.call(`/auth/sessions/${ann.session_id}`, { method: 'DELETE', token: ann.access_token });
  expect(heard).toHaveLength(1);
});

test('[AUTH11] logout ends the session that the token names, however it is named, and logs it', async () => {
  snug = await bootAuth();
  const byRefresh = (await snug.register('ann')).body;
  const byBearer = (await snug.login('ann')).body;
  const kept = (await snug.login('ann')).body;
  expect((await snug.call('/auth/logout', { body: { refresh_token: byRefresh.refresh_token } })).status).toBe(204);
  expect((await snug.call('/auth/logout', { method: 'POST', token: byBearer.access_token })).status).toBe(204);
  for (const { access_token } of [byRefresh, byBearer]) {
    await expect(snug.auth.verify(access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  }
  expect((await snug.auth.verify(kept.access_token)).sid).toBe(kept.session_id);
  expect(snug.events('signed_out')).toEqual([
    expect.objectContaining({ session_id: byRefresh.session_id, user_id: byRefresh.user.id }),
    expect.objectContaining({ session_id: byBearer.session_id, user_id: byRefresh.user.id }),
  ]);
});

test('[AUTH11] logout with nothing, or with what has ended, is harmless', async () => {
  snug = await bootAuth();
  const ann = (await snug.register('ann')).body;
  const heard: unknown[] = [];
  snug.auth.onFeed((entry) => heard.push(entry));
  expect((await snug.call('/auth/logout', { method: 'POST' })).status).toBe(204);
  expect((await snug.call('/auth/logout', { body: { refresh_token: 'nonsense' } })).status).toBe(204);
  expect((await snug.call('/auth/logout', { method: 'POST', token: 'nonsense' })).status).toBe(204);
  expect(heard).toEqual([]);
  expect((await snug.auth.verify(ann.access_token)).sub).toBe(ann.user.id);
});

test('[AUTH22] changing the password ends the other sessions and keeps the one that asked', async () => {
  snug = await bootAuth();
  const here = (await snug.register('ann')).body;
  const there = (await snug.login('ann')).body;
  const bob = (await snug.register('bob')).body;
  const change = (current_password: string) =>
    snug.call('/auth/password', { token: here.access_token, body: { current_password, new_password: 'a new lamp' } });

  expect((await change('not the password')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.auth.verify(there.access_token)).sid).toBe(there.session_id);
  expect((await change(PASSWORD)).status).toBe(204);
  await expect(snug.auth.verify(there.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  expect((await snug.refresh(there.refresh_token)).body.code).toBe('REFRESH_INVALID');
  expect((await snug.auth.verify(here.access_token)).sid).toBe(here.session_id);
  expect((await snug.refresh(here.refresh_token)).status).toBe(200);
  expect((await snug.auth.verify(bob.access_token)).sid).toBe(bob.session_id);
  expect((await snug.login('ann')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.login('ann', 'a new lamp')).status).toBe(200);
});

test('[AUTH6] guessing the password of a stolen session is limited', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  const { access_token: token } = (await snug.register('ann')).body;
  const guess = () =>
    snug.call('/auth/password', { token, body: { current_password: 'guess', new_password: 'a new lamp' } });
  for (let i = 0; i < 10; i++) expect((await guess()).body.code).toBe('BAD_CREDENTIALS');
  expect((await guess()).body.code).toBe('RATE_LIMITED');
  const rename = await snug.call('/auth/me', { method: 'PATCH', token, body: { username: 'eve', password: PASSWORD } });
  expect(rename.body.code).toBe('RATE_LIMITED');
});

test('[AUTH17] a ticket works once, for 30 s, and not for a session that has ended', async () => {
  snug = await bootAuth();
  const ann = (await snug.register('ann')).body;
  const make = async () => {
    const { status, body } = await snug.call<{ ticket: string; expires_in: number }>('/auth/tickets', {
      token: ann.access_token,
      body: {},
    });
    expect(status).toBe(201);
    expect(body.expires_in).toBe(30);
    return body.ticket;
  };
  const once = await make();
  expect(await snug.auth.redeemTicket(once)).toMatchObject({ sub: ann.user.id, sid: ann.session_id });
  await expect(snug.auth.redeemTicket(once)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });
  await expect(snug.auth.redeemTicket('nonsense')).rejects.toMatchObject({ code: 'TOKEN_INVALID' });

  const late = await make();
  const inTime = await make();
  snug.clock.ms += 29_999;
  expect((await snug.auth.redeemTicket(inTime)).sub).toBe(ann.user.id);
  snug.clock.ms += 1;
  await expect(snug.auth.redeemTicket(late)).rejects.toMatchObject({ code: 'TOKEN_INVALID' });

  const revoked = await make();
  await snug.call('/auth/logout', { body: { refresh_token: ann.refresh_token } });
  await expect(snug.auth.redeemTicket(revoked)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
});

test('[AUTH17] tickets are limited per session', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  const { access_token: token } = (await snug.register('ann')).body;
  for (let i = 0; i < 30; i++) expect((await snug.call('/auth/tickets', { token, body: {} })).status).toBe(201);
  expect((await snug.call('/auth/tickets', { token, body: {} })).body.code).toBe('RATE_LIMITED');
});

test.each([
  ['GET', '/auth/me'],
  ['PATCH', '/auth/me'],
  ['POST', '/auth/password'],
  ['GET', '/auth/sessions'],
  ['DELETE', '/auth/sessions/01ARZ3NDEKTSV4RRFFQ69G5FAV'],
  ['POST', '/auth/tickets'],
  ['POST', '/auth/invites'],
  ['GET', '/auth/invites'],
  ['DELETE', '/auth/invites/01ARZ3NDEKTSV4RRFFQ69G5FAV'],
])('%s %s needs somebody who is signed in, and says so before it looks at anything else', async (method, path) => {
  snug = await bootAuth();
  expect((await snug.call(path, { method })).body.code).toBe('NOT_SIGNED_IN');
  expect((await snug.call(path, { method, headers: { authorization: 'Basic YTpi' } })).body.code).toBe('NOT_SIGNED_IN');
  const refused = await snug.call(path, { method, token: 'nonsense' });
  expect(refused.status).toBe(401);
  expect(refused.body.code).toBe('TOKEN_INVALID');
  expect(refused.headers.get('www-authenticate')).toBe('Bearer');
});
