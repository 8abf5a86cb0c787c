import type { InstanceInvite } from '@snug/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootAuth, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
let admin: string;
let adminId: string;

beforeEach(async () => {
  snug = await bootAuth({ registration: 'invite' });
  adminId = (await snug.auth.createAdmin('root', PASSWORD)).id;
  admin = (await snug.login('root')).body.access_token;
});
afterEach(() => snug.close());

const make = (body: Record<string, unknown> = {}) =>
  snug.call<Required<InstanceInvite>>('/auth/invites', { token: admin, body });
const list = async () =>
  (await snug.call<{ items: InstanceInvite[]; has_more: boolean }>('/auth/invites', { token: admin })).body;

describe('[AUTH20] instance invites', () => {
  test('one use and seven days unless said otherwise; the token is shown once', async () => {
    const { status, body } = await make({ note: 'for Ann' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      max_uses: 1,
      uses: 0,
      note: 'for Ann',
      created_by: adminId,
      redeemed_by: [],
      revoked_at: null,
    });
    expect(Date.parse(body.expires_at as string)).toBe(snug.clock.ms + 7 * 24 * 3600_000);
    expect(body.token).toMatch(/^[A-Za-z0-9_-]{22,}$/);
    const { token, ...rest } = body;
    expect(await list()).toEqual({ items: [rest], has_more: false });
    expect(JSON.stringify(await list())).not.toContain(token);
  });

  test('[CMD14] uses are counted exactly, also when all come at once, and who came is listed', async () => {
    const { body } = await make({ max_uses: 3 });
    const answers = await Promise.all(
      ['ann', 'bob', 'cat', 'dan', 'eve'].map((name) => snug.register(name, { invite: body.token })),
    );
    const came = answers.filter((answer) => answer.status === 201).map((answer) => answer.body.user.id);
    expect(came).toHaveLength(3);
    expect(answers.filter((answer) => answer.body.code === 'INVITE_INVALID')).toHaveLength(2);
    const stored = (await list()).items[0];
    expect(stored?.uses).toBe(3);
    expect([...(stored?.redeemed_by ?? [])].sort()).toEqual([...came].sort());
    expect(snug.events('invite_redeemed')).toHaveLength(3);
  });

  test('a registration that is refused for its name takes no use', async () => {
    const { body } = await make();
    expect((await snug.register('root', { invite: body.token })).body.code).toBe('USERNAME_TAKEN');
    expect((await snug.register('ann', { invite: body.token })).status).toBe(201);
    expect((await snug.register('bob', { invite: body.token })).body.code).toBe('INVITE_INVALID');
  });

  test('it ends with its time, and when it is revoked', async () => {
    const short = (await make({ max_age: 60, max_uses: 5 })).body;
    const revoked = (await make({ max_uses: 5 })).body;
    snug.clock.ms += 59_000;
    expect((await snug.register('ann', { invite: short.token })).status).toBe(201);
    snug.clock.ms += 1000;
    expect((await snug.register('bob', { invite: short.token })).body.code).toBe('INVITE_INVALID');

    const path = `/auth/invites/${revoked.id}`;
    expect((await snug.call(path, { method: 'DELETE', token: admin })).status).toBe(204);
    expect((await snug.register('bob', { invite: revoked.token })).body.code).toBe('INVITE_INVALID');
    expect((await snug.call(path, { method: 'DELETE', token: admin })).body.code).toBe('INVITE_INVALID');
    const listed = (await list()).items.find((item) => item.id === revoked.id);
    expect(listed?.revoked_at).toBe(new Date(snug.clock.ms).toISOString());
  });

  test('they are for administrators, and whoever lost that right by the account has lost it', async () => {
    const { body } = await make();
    const ann = (await snug.register('ann', { invite: body.token })).body.access_token;
    for (const [method, path] of [
      ['POST', '/auth/invites'],
      ['GET', '/auth/invites'],
      ['DELETE', `/auth/invites/${body.id}`],
    ] as const) {
      const refused = await snug.call(path, { method, token: ann });
      expect([refused.status, refused.body.code]).toEqual([403, 'NOT_AN_ADMIN']);
    }
  });

  test.each([{ max_uses: 0 }, { max_age: 59 }, { max_uses: 1.5 }, { note: 'x'.repeat(201) }, { grants_admin: true }])(
    '[CMD3] refuses %j',
    async (params) => {
      expect((await make(params)).body.code).toBe('INVALID_PARAMS');
    },
  );
});

describe('[E35] [AUTH21] the code of a server invite opens registration', () => {
  const open = (max_uses: number, expires_at: number | null = null) =>
    snug.auth.openRegistration({ code: 'lampcode1', max_uses, expires_at, created_by: adminId });
  const come = (username: string) => snug.register(username, { invite: 'lampcode1' });

  test('with equal uses', async () => {
    expect(await snug.auth.opensRegistration('lampcode1')).toBe(false);
    await open(2);
    expect(await snug.auth.opensRegistration('lampcode1')).toBe(true);
    expect((await come('ann')).status).toBe(201);
    expect((await come('bob')).status).toBe(201);
    expect(await snug.auth.opensRegistration('lampcode1')).toBe(false);
    expect((await come('cat')).body.code).toBe('INVITE_INVALID');
    // Opening it again does not give the uses back.
    await open(2);
    expect((await come('cat')).body.code).toBe('INVITE_INVALID');
  });

  test('without end when it says 0, and through a restart', async () => {
    await open(0);
    for (const name of ['ann', 'bob', 'cat']) expect((await come(name)).status).toBe(201);
    await snug.restart();
    expect((await come('dan')).status).toBe(201);
  });

  test('until its time, and until it is closed', async () => {
    await open(0, snug.clock.ms + 1000);
    snug.clock.ms += 1000;
    expect(await snug.auth.opensRegistration('lampcode1')).toBe(false);
    expect((await come('ann')).body.code).toBe('INVITE_INVALID');
    await open(0);
    expect((await come('ann')).status).toBe(201);
    await snug.auth.closeRegistration('lampcode1');
    expect((await come('bob')).body.code).toBe('INVITE_INVALID');
  });

  test('but never a closed instance', async () => {
    await open(0);
    await snug.restart({ registration: 'closed' });
    expect(await snug.auth.opensRegistration('lampcode1')).toBe(false);
    expect((await come('ann')).body.code).toBe('REGISTRATION_CLOSED');
  });
});
