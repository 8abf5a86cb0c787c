import type { AccountWithProfile } from '@snug/protocol';
import { afterEach, expect, test } from 'vitest';
import { bootAuth, type Fixture, PASSWORD, profileOf } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

const patch = (token: string, body: Record<string, unknown>) =>
  snug.call<AccountWithProfile>('/auth/me', { method: 'PATCH', token, body });

test('[E31] [AUTH24] me is the account and the profile together', async () => {
  snug = await bootAuth();
  const { access_token: token, user } = (await snug.register('ann', { email: 'ann@example.org' })).body;
  expect((await snug.call('/auth/me', { token })).body).toEqual({ ...user, profile: null });
  snug.profiles.set(user.id, { ...profileOf(user.id, 'ann', 'Ann of chat'), bio: 'Reads.' });
  const { body } = await snug.call<AccountWithProfile>('/auth/me', { token });
  // The profile is chat's, so its display name is the one that counts.
  expect(body).toMatchObject({ id: user.id, email: 'ann@example.org', display_name: 'Ann of chat' });
  expect(body.profile).toMatchObject({ bio: 'Reads.', username: 'ann' });
});

test('[E31] [AUTH24] the profile part of a change goes to chat, and only that part', async () => {
  snug = await bootAuth();
  const { access_token: token, user } = (await snug.register('ann')).body;
  const { status, body } = await patch(token, { display_name: 'Ann B.', bio: 'Reads.', custom_status: 'in the snug' });
  expect(status).toBe(200);
  expect(body).toMatchObject({ display_name: 'Ann B.', profile: { bio: 'Reads.', custom_status: 'in the snug' } });
  expect(snug.profiles.get(user.id)).toMatchObject({ display_name: 'Ann B.', bio: 'Reads.' });
  expect(snug.profiles.get(user.id)).not.toHaveProperty('password');
  // What new tokens say of her follows.
  const next = (await snug.login('ann')).body;
  expect((await snug.auth.verify(next.access_token)).name).toBe('Ann B.');
});

test('[AUTH22] a new username or e-mail needs the password; the same one again does not', async () => {
  snug = await bootAuth();
  const { access_token: token } = (await snug.register('ann', { email: 'ann@example.org' })).body;
  const missing = await patch(token, { username: 'anna' });
  expect(missing.body).toMatchObject({ code: 'INVALID_PARAMS', issues: [{ path: 'password' }] });
  expect((await patch(token, { email: null })).body.code).toBe('INVALID_PARAMS');
  expect((await patch(token, { username: 'anna', password: 'guess' })).body.code).toBe('BAD_CREDENTIALS');
  expect((await patch(token, { username: 'ann', email: 'ann@example.org', bio: 'Reads.' })).status).toBe(200);

  const changed = await patch(token, { username: 'anna', email: 'anna@example.org', password: PASSWORD });
  expect(changed.body).toMatchObject({ username: 'anna', email: 'anna@example.org' });
  expect((await snug.login('ann')).body.code).toBe('BAD_CREDENTIALS');
  expect((await snug.login('anna@example.org')).status).toBe(200);
  const removed = await patch(token, { email: null, password: PASSWORD });
  expect(removed.body.email).toBeNull();
  expect((await snug.login('anna@example.org')).body.code).toBe('BAD_CREDENTIALS');
});

test('[AUTH22] of two who change the password at once, one did', async () => {
  snug = await bootAuth();
  const { access_token: token } = (await snug.register('ann')).body;
  const passwords = ['one idea of a lamp', 'another idea of it'];
  const answers = await Promise.all(
    passwords.map((new_password) =>
      snug.call('/auth/password', { token, body: { current_password: PASSWORD, new_password } }),
    ),
  );
  const codes = answers.map(({ status, body }) => body.code ?? status);
  expect(codes.toSorted()).toEqual([204, 'BAD_CREDENTIALS']);
  expect((await snug.login('ann', passwords[codes.indexOf(204)])).status).toBe(200);
});

test("[AUTH3] a name or address that somebody has is refused, and one's own in another case is not", async () => {
  snug = await bootAuth();
  await snug.register('bob', { email: 'bob@example.org' });
  const { access_token: token } = (await snug.register('ann')).body;
  expect((await patch(token, { username: 'BOB', password: PASSWORD })).body.code).toBe('USERNAME_TAKEN');
  expect((await patch(token, { email: 'BOB@example.org', password: PASSWORD })).body.code).toBe('EMAIL_TAKEN');
  expect((await patch(token, { username: 'ANN', password: PASSWORD })).body.username).toBe('ANN');
});

test('[AUTH12] a renamed account is in the feed, and its older tokens answer by the new name', async () => {
  snug = await bootAuth();
  const { access_token: token, user } = (await snug.register('ann')).body;
  const heard: unknown[] = [];
  snug.auth.onFeed((entry) => heard.push(entry));
  expect((await snug.auth.verify(token)).username).toBe('ann');
  const { body } = await patch(token, { username: 'anna', password: PASSWORD, bio: 'Reads.' });
  expect(heard).toEqual([expect.objectContaining({ kind: 'account_renamed', user_id: user.id, username: 'anna' })]);
  expect((await snug.auth.verify(token)).username).toBe('anna');
  expect(body.profile?.username).toBe('anna');
});

test('a listener that fails keeps nobody else from hearing', async () => {
  snug = await bootAuth();
  const { access_token: token } = (await snug.register('ann')).body;
  const heard: unknown[] = [];
  snug.auth.onFeed(() => {
    throw new Error('a listener with a bug');
  });
  snug.auth.onFeed((entry) => heard.push(entry));
  expect((await patch(token, { username: 'anna', password: PASSWORD })).status).toBe(200);
  expect(heard).toHaveLength(1);
  expect(snug.lines.join('')).toContain('a listener with a bug');
});

test('[CMD3] unknown fields are refused', async () => {
  snug = await bootAuth();
  const { access_token: token } = (await snug.register('ann')).body;
  const { body } = await patch(token, { is_admin: true });
  expect(body.code).toBe('INVALID_PARAMS');
  expect((await snug.call<AccountWithProfile>('/auth/me', { token })).body.is_admin).toBe(false);
});
