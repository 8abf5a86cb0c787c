import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { PasswordHasher } from '../src/passwords/password-hasher.ts';
import { bootAuth, CONSOLE, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

const hashes = () => snug.figure('snug_auth_password_hashes_total');

test('[AUTH4] signs in by username or e-mail, whatever the case', async () => {
  snug = await bootAuth();
  const { body } = await snug.register('Ann', { email: 'ann@example.org' });
  for (const login of ['Ann', 'aNN', 'ann@example.org', 'ANN@example.ORG']) {
    const answer = await snug.login(login);
    expect(answer.status).toBe(200);
    expect(answer.body.user.id).toBe(body.user.id);
    expect(answer.body.session_id).not.toBe(body.session_id);
  }
  expect(snug.events('signed_in')).toHaveLength(4);
});

test('[AUTH4] a wrong password and an unknown name get the same answer after the same work', async () => {
  snug = await bootAuth();
  await snug.register('ann', { email: 'ann@example.org' });
  const answers: unknown[] = [];
  for (const login of ['ann', 'ann@example.org', 'nobody', 'nobody@example.org']) {
    const before = await hashes();
    const { status, body } = await snug.login(login, 'not the password');
    expect(await hashes()).toBe(before + 1);
    const { trace_id: _trace, ...rest } = body;
    answers.push({ status, ...rest });
  }
  expect(answers[0]).toMatchObject({ status: 401, code: 'BAD_CREDENTIALS' });
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  expect(await snug.figure('snug_auth_sign_in_failures_total')).toBe(4);
  // People type their password where the name goes: the log does not keep it.
  expect(snug.lines.join('')).not.toContain('nobody');
});

test('[AUTH4] the same text composed differently is the same password', async () => {
  snug = await bootAuth();
  await snug.register('ann', { password: 'caf\u00e9 in the snug' });
  expect((await snug.login('ann', 'cafe\u0301 in the snug')).status).toBe(200);
});

test('[AUTH5] a hash made with other parameters still works, and is replaced on sign-in', async () => {
  snug = await bootAuth();
  await snug.register('ann');
  const old = await new PasswordHasher({
    onHash: () => {},
    parameters: { memory: 1024, passes: 1, parallelism: 1 },
  }).hash(PASSWORD);
  const db = new DatabaseSync(join(snug.data, 'auth.db'));
  const stored = () => db.prepare('SELECT password_hash FROM accounts').get()?.password_hash as string;
  expect(stored()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  db.prepare('UPDATE accounts SET password_hash = ?').run(old);

  expect((await snug.login('ann', 'not the password')).status).toBe(401);
  expect(stored()).toBe(old);
  expect((await snug.login('ann')).status).toBe(200);
  const renewed = stored();
  expect(renewed).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect((await snug.login('ann')).status).toBe(200);
  expect(stored()).toBe(renewed);
  db.close();
});

test('[AUTH6] guesses are limited per account, by any of its names, and success is not', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  await snug.register('ann', { email: 'ann@example.org' });
  for (let i = 0; i < 12; i++) expect((await snug.login('ann')).status).toBe(200);
  for (let i = 0; i < 10; i++) {
    const login = i % 2 === 0 ? 'ann' : 'ANN@example.org';
    expect((await snug.login(login, 'not the password')).body.code).toBe('BAD_CREDENTIALS');
  }
  const before = await hashes();
  const refused = await snug.login('ann');
  expect(refused.status).toBe(429);
  expect(refused.body).toMatchObject({ code: 'RATE_LIMITED', retry_after: expect.any(Number) });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await hashes()).toBe(before);
  snug.clock.ms += 31_000;
  expect((await snug.login('ann')).status).toBe(200);
});

test('[AUTH6] a name nobody has is limited like one that somebody has', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  for (let i = 0; i < 10; i++) expect((await snug.login('nobody', 'guess')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.login('NOBODY', 'guess')).body.code).toBe('RATE_LIMITED');
});

test('[AUTH6] sign-in is limited per address, and not for another', async () => {
  snug = await bootAuth({ rate_limits: 'on' });
  for (let i = 0; i < 50; i++) expect((await snug.login(`nobody${i}`, 'guess')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.login('nobody50', 'guess')).body.code).toBe('RATE_LIMITED');
  const other = await snug.call('/auth/login', {
    body: { login: 'nobody51', password: 'guess' },
    headers: { 'x-forwarded-for': '192.0.2.7' },
  });
  expect(other.body.code).toBe('BAD_CREDENTIALS');
});

test('[AUTH25] a suspended account is refused everywhere at once, and let in again when restored', async () => {
  snug = await bootAuth();
  const { body } = await snug.register('ann');
  for (let i = 0; i < 2; i++) expect((await snug.auth.admin.suspend(body.user.id, CONSOLE)).state).toBe('suspended');
  await expect(snug.auth.verify(body.access_token)).rejects.toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
  expect((await snug.login('ann')).body.code).toBe('ACCOUNT_SUSPENDED');
  // Only who knows the password learns that it is suspended.
  expect((await snug.login('ann', 'not the password')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.refresh(body.refresh_token)).body.code).toBe('ACCOUNT_SUSPENDED');
  await expect(snug.auth.openSession(body.user.id)).rejects.toMatchObject({ code: 'ACCOUNT_SUSPENDED' });

  await snug.restart();
  await expect(snug.auth.verify(body.access_token)).rejects.toMatchObject({ code: 'ACCOUNT_SUSPENDED' });
  await snug.auth.admin.restore(body.user.id, CONSOLE);
  // It was signed out everywhere: whoever held a token of before is not let in again by it.
  await expect(snug.auth.verify(body.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  expect((await snug.refresh(body.refresh_token)).body.code).toBe('REFRESH_INVALID');
  const again = (await snug.login('ann')).body;
  expect((await snug.auth.verify(again.access_token)).sub).toBe(body.user.id);
});

test('[CMD3] login, refresh and logout refuse unknown fields', async () => {
  snug = await bootAuth();
  for (const path of ['/auth/login', '/auth/refresh', '/auth/logout']) {
    const { body } = await snug.call(path, { body: { login: 'ann', password: 'x', remember: true } });
    expect(body.code).toBe('INVALID_PARAMS');
    expect(JSON.stringify(body.issues)).toContain('remember');
  }
});
