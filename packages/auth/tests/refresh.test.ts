import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, test } from 'vitest';
import { bootAuth, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

async function signedIn(): Promise<{ refresh: string; access: string; session: string }> {
  const { body } = await snug.register('ann');
  return { refresh: body.refresh_token, access: body.access_token, session: body.session_id };
}

describe('[E33] [AUTH13] rotation', () => {
  test('each refresh gives a new refresh token and a token of the same session', async () => {
    snug = await bootAuth();
    const first = await signedIn();
    snug.clock.ms += 60_000;
    const second = await snug.refresh(first.refresh);
    expect(second.status).toBe(200);
    expect(second.body.refresh_token).not.toBe(first.refresh);
    expect(second.body.access_token).not.toBe(first.access);
    expect(second.body.session_id).toBe(first.session);
    expect((await snug.auth.verify(second.body.access_token)).sid).toBe(first.session);
    expect((await snug.refresh(second.body.refresh_token)).status).toBe(200);
  });

  test('the previous token stays good until its successor is first used: a lost answer can be asked for again', async () => {
    snug = await bootAuth();
    const { refresh } = await signedIn();
    const lost = await snug.refresh(refresh);
    for (let i = 0; i < 3; i++) {
      const again = await snug.refresh(refresh);
      expect(again.status).toBe(200);
      expect(again.body.refresh_token).toBe(lost.body.refresh_token);
    }
    expect((await snug.refresh(lost.body.refresh_token)).status).toBe(200);
  });

  test('reuse after the successor was used revokes the session: its tokens are refused at once', async () => {
    snug = await bootAuth();
    const { refresh, access, session } = await signedIn();
    const second = (await snug.refresh(refresh)).body;
    const third = (await snug.refresh(second.refresh_token)).body;
    expect((await snug.auth.verify(access)).sid).toBe(session);
    const heard: unknown[] = [];
    snug.auth.onFeed((entry) => heard.push(entry));

    expect((await snug.refresh(refresh)).body.code).toBe('REFRESH_INVALID');
    expect(heard).toEqual([expect.objectContaining({ kind: 'session_revoked', session_id: session })]);
    for (const token of [access, second.access_token, third.access_token]) {
      await expect(snug.auth.verify(token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    }
    expect((await snug.refresh(third.refresh_token)).body.code).toBe('REFRESH_INVALID');
    expect(snug.events('refresh_reused')).toEqual([expect.objectContaining({ session_id: session })]);
  });

  test('reuse of one session leaves the others of the account alone', async () => {
    snug = await bootAuth();
    const { refresh } = await signedIn();
    const other = (await snug.login('ann')).body;
    const second = (await snug.refresh(refresh)).body;
    await snug.refresh(second.refresh_token);
    await snug.refresh(refresh);
    expect((await snug.auth.verify(other.access_token)).sid).toBe(other.session_id);
    expect((await snug.refresh(other.refresh_token)).status).toBe(200);
  });

  test('[AUTH14] two tabs that refresh at once both go on, and neither ends the other', async () => {
    snug = await bootAuth();
    const { refresh } = await signedIn();
    const tabs = await Promise.all(Array.from({ length: 5 }, () => snug.refresh(refresh)));
    expect(tabs.map((tab) => tab.status)).toEqual([200, 200, 200, 200, 200]);
    const next = await Promise.all(tabs.map((tab) => snug.refresh(tab.body.refresh_token)));
    expect(next.map((tab) => tab.status)).toEqual([200, 200, 200, 200, 200]);
    for (const tab of next) expect(await snug.auth.verify(tab.body.access_token)).toBeTruthy();
  });

  test('a token that is none of ours ends nobody', async () => {
    snug = await bootAuth();
    const { refresh, access } = await signedIn();
    const flipped = refresh.slice(0, -1) + (refresh.endsWith('A') ? 'B' : 'A');
    const short = refresh.slice(0, -4);
    const foreign = `${'0'.repeat(26)}${refresh.slice(26)}`;
    for (const token of [flipped, short, foreign, 'x', `${refresh}x`, refresh.replace('.', '_'), '\u0000'.repeat(91)]) {
      expect((await snug.refresh(token)).body.code).toBe('REFRESH_INVALID');
    }
    expect(await snug.auth.verify(access)).toBeTruthy();
    expect((await snug.refresh(refresh)).status).toBe(200);
    expect((await snug.call('/auth/refresh', { body: {} })).body.code).toBe('REFRESH_INVALID');
  });

  test('a session lives as long as it is refreshed, and ends when it was not', async () => {
    snug = await bootAuth({ refresh_token_ttl: 3600 });
    let token = (await signedIn()).refresh;
    for (let i = 0; i < 3; i++) {
      snug.clock.ms += 3000_000;
      const answer = await snug.refresh(token);
      expect(answer.status).toBe(200);
      token = answer.body.refresh_token;
    }
    snug.clock.ms += 3601_000;
    expect((await snug.refresh(token)).body.code).toBe('REFRESH_INVALID');
    await snug.restart();
    expect((await snug.refresh(token)).body.code).toBe('REFRESH_INVALID');
  });

  test('a session that was never refreshed ends as well', async () => {
    snug = await bootAuth({ refresh_token_ttl: 3600 });
    const { refresh, access } = await signedIn();
    snug.clock.ms += 3600_000;
    expect((await snug.refresh(refresh)).body.code).toBe('REFRESH_INVALID');
    await expect(snug.auth.verify(access)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    const db = new DatabaseSync(join(snug.data, 'auth.db'), { readOnly: true });
    const stored = () => db.prepare('SELECT count(*) AS n FROM sessions').get()?.n;
    expect(stored()).toBe(1);
    await snug.restart();
    // Any answer of the store comes after the sweep of the start.
    expect(await snug.auth.opensRegistration('none')).toBe(false);
    expect(stored()).toBe(0);
    db.close();
  });

  test('sessions, the previous token and what was revoked survive a restart', async () => {
    snug = await bootAuth();
    const ann = await signedIn();
    const bob = (await snug.register('bob')).body;
    const second = (await snug.refresh(ann.refresh)).body;
    await snug.call('/auth/logout', { body: { refresh_token: bob.refresh_token } });
    await snug.restart();
    expect((await snug.auth.verify(ann.access)).sid).toBe(ann.session);
    await expect(snug.auth.verify(bob.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    expect((await snug.refresh(ann.refresh)).body.refresh_token).toBe(second.refresh_token);
    expect((await snug.refresh(second.refresh_token)).status).toBe(200);
  });

  test('[AUTH6] is limited per session and per address', async () => {
    snug = await bootAuth({ rate_limits: 'on' });
    const { refresh } = await signedIn();
    for (let i = 0; i < 30; i++) expect((await snug.refresh(refresh)).status).toBe(200);
    expect((await snug.refresh(refresh)).body).toMatchObject({ code: 'RATE_LIMITED', retry_after: expect.any(Number) });
    let last: string | undefined;
    for (let i = 0; i < 280; i++) last = (await snug.refresh('nonsense')).body.code;
    expect(last).toBe('RATE_LIMITED');
  });
});

describe('[E34] the refresh cookie', () => {
  const credentials = { body: { login: 'ann', password: PASSWORD } };

  test('[AUTH15] is HttpOnly, Strict, for auth only, Secure iff https, and keeps the token out of the body', async () => {
    snug = await bootAuth();
    await signedIn();
    const plain = await snug.call('/auth/login', credentials);
    expect(plain.body).not.toHaveProperty('refresh_token');
    const parts = plain.set_cookie.split('; ').slice(1);
    expect(parts.sort()).toEqual(['HttpOnly', `Max-Age=${30 * 24 * 3600}`, 'Path=/api/v1/auth', 'SameSite=Strict']);
    expect(plain.cookie).toMatch(/^snug_refresh=.{50,}/);

    const secure = await snug.call('/auth/login', { ...credentials, headers: { 'x-forwarded-proto': 'https' } });
    expect(secure.set_cookie.split('; ')).toContain('Secure');

    const body = await snug.login('ann');
    expect(body.set_cookie).toBe('');
    expect((await snug.refresh(body.body.refresh_token)).set_cookie).toBe('');
    const registered = await snug.call('/auth/register', { body: { username: 'bob', password: PASSWORD } });
    expect(registered.cookie).toMatch(/^snug_refresh=/);
  });

  test('[AUTH15] refreshes, rotates and signs out a browser', async () => {
    snug = await bootAuth();
    await signedIn();
    const login = await snug.call('/auth/login', credentials);
    const refreshed = await snug.call<{ access_token: string }>('/auth/refresh', {
      body: {},
      headers: { cookie: login.cookie },
    });
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).not.toHaveProperty('refresh_token');
    expect(refreshed.cookie).not.toBe(login.cookie);
    const out = await snug.call('/auth/logout', { method: 'POST', headers: { cookie: refreshed.cookie } });
    expect(out.status).toBe(204);
    expect(out.set_cookie).toMatch(/^snug_refresh=;.*Path=\/api\/v1\/auth/);
    await expect(snug.auth.verify(refreshed.body.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
    const after = await snug.call('/auth/refresh', { body: {}, headers: { cookie: refreshed.cookie } });
    expect(after.body.code).toBe('REFRESH_INVALID');
    // It can never work again, so the browser is told to drop it.
    expect(after.set_cookie).toMatch(/^snug_refresh=;/);
  });

  test.each([
    ['another site', { origin: 'https://evil.example' }],
    ['an opaque origin', { origin: 'null' }],
    ['a page that the browser calls cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['our own host said by a cross-site page', { 'sec-fetch-site': 'cross-site', origin: 'SELF' }],
    ['a sibling that is not listed', { 'sec-fetch-site': 'same-site' }],
    ['another port of our host', { origin: 'http://127.0.0.1:1' }],
    ['nonsense', { origin: 'http://[' }],
  ])('[AUTH16] is neither used nor set for %s', async (_who, given) => {
    snug = await bootAuth({ origins: ['https://app.example.org'] });
    await signedIn();
    const { cookie } = await snug.call('/auth/login', credentials);
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === 'SELF' ? snug.url : value]),
    );
    for (const path of ['/auth/refresh', '/auth/logout']) {
      const { body } = await snug.call(path, { body: {}, headers: { ...headers, cookie } });
      expect(body.code).toBe('ORIGIN_REFUSED');
    }
    const login = await snug.call('/auth/login', { ...credentials, headers });
    expect(login.body.code).toBe('ORIGIN_REFUSED');
    expect(login.set_cookie).toBe('');
    const register = await snug.call('/auth/register', { body: { username: 'bob', password: PASSWORD }, headers });
    expect(register.body.code).toBe('ORIGIN_REFUSED');
    // And nothing happened to the session.
    expect((await snug.call('/auth/refresh', { body: {}, headers: { cookie } })).status).toBe(200);
  });

  test.each([
    ['our own page', { origin: 'SELF', 'sec-fetch-site': 'same-origin' }],
    ['a listed origin', { origin: 'https://app.example.org', 'sec-fetch-site': 'same-site' }],
    ['a program that is no browser', {}],
    ['a person who typed the address', { 'sec-fetch-site': 'none' }],
  ])('[AUTH16] is used for %s', async (_who, given) => {
    snug = await bootAuth({ origins: ['https://app.example.org'] });
    await signedIn();
    const headers = Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, value === 'SELF' ? snug.url : value]),
    );
    const login = await snug.call('/auth/login', { ...credentials, headers });
    expect(login.status).toBe(200);
    const { status } = await snug.call('/auth/refresh', { body: {}, headers: { ...headers, cookie: login.cookie } });
    expect(status).toBe(200);
  });
});
