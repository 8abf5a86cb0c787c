import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootAuth, CONSOLE, type Fixture, PASSWORD } from './auth-fixture.ts';

const NEW = 'a candle on the sill';
const DAY = 24 * 3600_000;

let snug: Fixture;
let ann: { id: string; token: string; refresh: string };
beforeEach(async () => {
  snug = await bootAuth();
  await snug.auth.createAdmin('root', PASSWORD);
  const { body } = await snug.register('ann');
  ann = { id: body.user.id, token: body.access_token, refresh: body.refresh_token };
});
afterEach(() => snug.close());

const issue = async (by?: string): Promise<string> => {
  const token = by ?? (await snug.login('root')).body.access_token;
  const path = `/admin/users/${ann.id}/password_reset`;
  const answer = await snug.call<{ token: string; expires_at: string }>(path, { token, body: {} });
  expect(answer.status).toBe(201);
  expect(Date.parse(answer.body.expires_at)).toBe(snug.clock.ms + DAY);
  return answer.body.token;
};
const use = async (token: string, new_password = NEW) => {
  const { status, body } = await snug.call('/auth/password_reset', { body: { token, new_password } });
  return status === 204 ? 'done' : body.code;
};

test('[ADMIN7] sets the password and ends every session, once', async () => {
  const elsewhere = (await snug.login('ann')).body;
  const token = await issue();
  expect(token).toMatch(/^[\w-]{43}$/);
  expect((await snug.call('/auth/me', { token: ann.token })).status).toBe(200);
  expect(await use(token)).toBe('done');
  for (const access of [ann.token, elsewhere.access_token]) {
    expect((await snug.call('/auth/me', { token: access })).body.code).toBe('SESSION_REVOKED');
  }
  expect((await snug.refresh(ann.refresh)).body.code).toBe('REFRESH_INVALID');
  expect((await snug.login('ann')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.login('ann', NEW)).status).toBe(200);
  expect(await use(token, PASSWORD)).toBe('RESET_INVALID');
  expect((await snug.login('ann', NEW)).status).toBe(200);
});

test('[ADMIN7] of many uses at once one works', async () => {
  const token = await issue();
  const passwords = Array.from({ length: 6 }, (_, i) => `${NEW} ${i}`);
  const outcomes = await Promise.all(passwords.map((password) => use(token, password)));
  expect(outcomes.toSorted()).toEqual([...Array.from({ length: 5 }, () => 'RESET_INVALID'), 'done']);
  const chosen = passwords[outcomes.indexOf('done')] as string;
  expect((await snug.login('ann', chosen)).status).toBe(200);
});

test('[ADMIN6] works until its day is over', async () => {
  const token = await issue();
  snug.clock.ms += DAY - 1;
  const inTime = await issue();
  expect(await use(inTime)).toBe('done');
  const late = await issue();
  snug.clock.ms += DAY;
  expect(await use(late)).toBe('RESET_INVALID');
  expect(await use(token)).toBe('RESET_INVALID');
  // What time ended is swept away, and with it the last trace.
  await snug.restart();
  expect(await use(late)).toBe('RESET_INVALID');
});

describe('[ADMIN6] ends', () => {
  test('with the next one', async () => {
    const [first, second] = [await issue(), await issue()];
    expect(await use(first)).toBe('RESET_INVALID');
    expect(await use(second)).toBe('done');
  });

  test('when its owner remembers the password and changes it', async () => {
    const token = await issue();
    const change = { current_password: PASSWORD, new_password: 'my own idea of one' };
    expect((await snug.call('/auth/password', { token: ann.token, body: change })).status).toBe(204);
    expect(await use(token)).toBe('RESET_INVALID');
  });

  test.each(['demoted', 'suspended', 'deleted'] as const)('when who made it is %s', async (how) => {
    const { body } = await snug.register('bob');
    await snug.auth.admin.setAdmin(body.user.id, true, CONSOLE);
    const token = await issue(body.access_token);
    if (how === 'demoted') await snug.auth.admin.setAdmin(body.user.id, false, CONSOLE);
    if (how === 'suspended') await snug.auth.admin.suspend(body.user.id, CONSOLE);
    if (how === 'deleted') {
      const end = { password: PASSWORD, messages: 'keep' };
      await snug.call('/auth/me', { method: 'DELETE', token: body.access_token, body: end });
    }
    expect(await use(token)).toBe('RESET_INVALID');
  });

  test('with the account', async () => {
    const token = await issue();
    await snug.call('/auth/me', {
      method: 'DELETE',
      token: ann.token,
      body: { password: PASSWORD, messages: 'keep' },
    });
    expect(await use(token)).toBe('RESET_INVALID');
  });
});

test('[ADMIN7] a suspended account gets its password, and stays outside', async () => {
  const token = await issue();
  await snug.auth.admin.suspend(ann.id, CONSOLE);
  expect(await use(token)).toBe('done');
  expect((await snug.login('ann', NEW)).body.code).toBe('ACCOUNT_SUSPENDED');
});

test('[ADMIN7] whoever knew the old password is not quicker than the reset', async () => {
  const token = await issue();
  const outcomes = await Promise.all([use(token), ...Array.from({ length: 5 }, () => snug.login('ann'))]);
  expect(outcomes[0]).toBe('done');
  for (const login of outcomes.slice(1) as Awaited<ReturnType<typeof snug.login>>[]) {
    const works =
      login.status === 200 && (await snug.call('/auth/me', { token: login.body.access_token })).status === 200;
    expect(works).toBe(false);
  }
});

test('[ADMIN7] tries are limited per address', async () => {
  await snug.restart({ rate_limits: 'on' });
  for (let i = 0; i < 20; i++) expect(await use(`guess${i}`)).toBe('RESET_INVALID');
  expect(await use('guess')).toBe('RATE_LIMITED');
  const elsewhere = { headers: { 'x-forwarded-for': '192.0.2.7' }, body: { token: 'guess', new_password: NEW } };
  expect((await snug.call('/auth/password_reset', elsewhere)).body.code).toBe('RESET_INVALID');
});

test('a guess costs no hash, and a password that is too short uses nothing up', async () => {
  const token = await issue();
  const before = await snug.figure('snug_auth_password_hashes_total');
  expect(await use('guess')).toBe('RESET_INVALID');
  expect(await use(token, 'short')).toBe('INVALID_PARAMS');
  expect(await snug.figure('snug_auth_password_hashes_total')).toBe(before);
  expect(await use(token)).toBe('done');
});
