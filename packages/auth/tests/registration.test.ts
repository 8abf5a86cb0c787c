import { afterEach, describe, expect, test } from 'vitest';
import { bootAuth, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
afterEach(() => snug.close());

describe('registration modes', () => {
  test('[AUTH2] open takes anybody, and answers an account, a session and a token that verifies', async () => {
    snug = await bootAuth();
    const { status, body } = await snug.register('Ann', { display_name: ' Ann A. ', email: 'ann@example.org' });
    expect(status).toBe(201);
    expect(body.user).toMatchObject({
      username: 'Ann',
      display_name: 'Ann A.',
      email: 'ann@example.org',
      is_admin: false,
    });
    expect(body.expires_in).toBe(900);
    expect(await snug.auth.verify(body.access_token)).toMatchObject({
      iss: 'snug',
      sub: body.user.id,
      sid: body.session_id,
      username: 'Ann',
      name: 'Ann A.',
    });
    expect(snug.events('registered')).toEqual([expect.objectContaining({ user_id: body.user.id })]);
  });

  test('[AUTH2] open refuses an invite that is not one, instead of ignoring it', async () => {
    snug = await bootAuth();
    expect((await snug.register('ann', { invite: 'not-an-invite' })).body.code).toBe('INVITE_INVALID');
    expect((await snug.register('ann')).status).toBe(201);
  });

  test('[AUTH2] invite asks for one, refuses a wrong one, takes a right one', async () => {
    snug = await bootAuth({ registration: 'invite' });
    expect((await snug.register('ann')).body.code).toBe('INVITE_REQUIRED');
    expect((await snug.register('ann', { invite: 'not-an-invite' })).body.code).toBe('INVITE_INVALID');
    const { token } = await snug.auth.createInvite({ created_by: null });
    expect((await snug.register('ann', { invite: token })).status).toBe(201);
  });

  test('[AUTH2] closed takes nobody, whatever they hold', async () => {
    snug = await bootAuth({ registration: 'closed' });
    const { token } = await snug.auth.createInvite({ created_by: null });
    expect((await snug.register('ann')).body.code).toBe('REGISTRATION_CLOSED');
    expect((await snug.register('ann', { invite: token })).body.code).toBe('REGISTRATION_CLOSED');
  });

  test('[AUTH2] a refusal for want of an invite costs no hash and tells nothing about names', async () => {
    snug = await bootAuth({ registration: 'invite' });
    await snug.auth.createAdmin('ann', PASSWORD);
    const before = await snug.figure('snug_auth_password_hashes_total');
    expect((await snug.register('ann')).body.code).toBe('INVITE_REQUIRED');
    expect(await snug.figure('snug_auth_password_hashes_total')).toBe(before);
  });
});

describe('names', () => {
  test('[AUTH3] a username is unique without case and composition', async () => {
    snug = await bootAuth();
    expect((await snug.register('Zoë')).status).toBe(201);
    expect((await snug.register('zoË')).body.code).toBe('USERNAME_TAKEN');
    // Full-width letters are the same letters.
    expect((await snug.register('ＺＯË')).body.code).toBe('USERNAME_TAKEN');
  });

  test('[AUTH3] an e-mail address is unique without case', async () => {
    snug = await bootAuth();
    await snug.register('ann', { email: 'Ann@Example.org' });
    expect((await snug.register('bob', { email: 'ann@example.ORG' })).body.code).toBe('EMAIL_TAKEN');
    expect((await snug.register('bob')).status).toBe(201);
    // Two without an address do not collide.
    expect((await snug.register('cat')).status).toBe(201);
  });

  test('[AUTH3] of many at once who want one name, one gets it', async () => {
    snug = await bootAuth();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => snug.register(i % 2 === 0 ? 'ann' : 'ANN')));
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409, 409, 409, 409, 409]);
  });
});

describe('[AUTH19] the first start', () => {
  test('its token makes the administrator, once, and only the last one given out works', async () => {
    snug = await bootAuth({ registration: 'invite' });
    expect(snug.auth.needsOwner()).toBe(true);
    const earlier = await snug.auth.firstStartToken();
    const token = await snug.auth.firstStartToken();
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect((await snug.register('eve', { invite: earlier })).body.code).toBe('INVITE_INVALID');

    const ann = await snug.register('ann', { invite: token });
    expect(ann.body.user.is_admin).toBe(true);
    expect((await snug.auth.verify(ann.body.access_token)).admin).toBe(true);
    expect(snug.auth.needsOwner()).toBe(false);
    expect(await snug.auth.firstStartToken()).toBeNull();
    expect((await snug.register('eve', { invite: token })).body.code).toBe('INVITE_INVALID');

    await snug.restart();
    expect(snug.auth.needsOwner()).toBe(false);
  });

  test('two who race for it make one administrator', async () => {
    snug = await bootAuth({ registration: 'invite' });
    const invite = await snug.auth.firstStartToken();
    const answers = await Promise.all(['ann', 'eve', 'joe'].map((name) => snug.register(name, { invite })));
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(1);
    expect(answers.filter((answer) => answer.body.code === 'INVITE_INVALID')).toHaveLength(2);
  });

  test('an administrator made on the command line ends it', async () => {
    snug = await bootAuth({ registration: 'closed' });
    const invite = await snug.auth.firstStartToken();
    const admin = await snug.auth.createAdmin('root', PASSWORD);
    expect(admin.is_admin).toBe(true);
    expect(snug.auth.needsOwner()).toBe(false);
    expect((await snug.register('eve', { invite })).body.code).toBe('REGISTRATION_CLOSED');
  });

  test('it works on a closed instance, which could have no owner otherwise', async () => {
    snug = await bootAuth({ registration: 'closed' });
    const invite = await snug.auth.firstStartToken();
    expect((await snug.register('ann', { invite })).body.user.is_admin).toBe(true);
  });
});

describe('parameters', () => {
  test.each([
    ['an unknown field', { is_admin: true }, 'is_admin'],
    ['a short password', { password: 'short' }, 'password'],
    ['a bad name', { username: 'a b' }, 'username'],
    ['a bad address', { email: 'nobody' }, 'email'],
    ['a password that is no text', { password: { $ne: '' } }, 'password'],
  ])('[CMD2] [CMD3] register refuses %s', async (_what, extra, field) => {
    snug = await bootAuth();
    const { status, body } = await snug.register('ann', extra);
    expect(status).toBe(400);
    expect(body.code).toBe('INVALID_PARAMS');
    expect(JSON.stringify(body.issues)).toContain(field);
  });

  test('[CMD2] what makes accounts in the process obeys the same schema', async () => {
    snug = await bootAuth();
    await expect(snug.auth.createAdmin('a b', PASSWORD)).rejects.toMatchObject({ code: 'INVALID_PARAMS' });
    await expect(snug.auth.createAdmin('ann', 'short')).rejects.toMatchObject({ code: 'INVALID_PARAMS' });
    await snug.auth.createAccount({ username: 'ann', password: PASSWORD, display_name: 'Ann' });
    await expect(snug.auth.createAccount({ username: 'ANN' })).rejects.toMatchObject({ code: 'USERNAME_TAKEN' });
    expect((await snug.login('ann')).body.user).toMatchObject({ display_name: 'Ann', is_admin: false });
  });

  test('[CMD2] an account without a password signs in only where its owner is known already', async () => {
    snug = await bootAuth();
    const { id } = await snug.auth.createAccount({ username: 'ann' });
    expect((await snug.login('ann', 'x')).body.code).toBe('BAD_CREDENTIALS');
    const grant = await snug.auth.openSession(id);
    expect((await snug.auth.verify(grant.access_token)).sub).toBe(id);
    expect((await snug.refresh(grant.refresh_token)).status).toBe(200);
    await expect(snug.auth.openSession('01ARZ3NDEKTSV4RRFFQ69G5FAV')).rejects.toMatchObject({ code: 'UNKNOWN_USER' });
  });
});

test('[AUTH6] registering is limited per address', async () => {
  snug = await bootAuth({ rate_limits: 'on', registration: 'closed' });
  const codes: (string | undefined)[] = [];
  for (let i = 0; i < 21; i++) codes.push((await snug.register(`user${i}`)).body.code);
  expect(codes.slice(0, 20)).toEqual(Array(20).fill('REGISTRATION_CLOSED'));
  expect(codes[20]).toBe('RATE_LIMITED');
  const other = await snug.call('/auth/register', {
    body: { username: 'ann', password: PASSWORD },
    headers: { 'x-forwarded-for': '192.0.2.7' },
  });
  expect(other.body.code).toBe('REGISTRATION_CLOSED');
});
