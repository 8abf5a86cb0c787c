import type { InstanceState } from '@snug/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Answer, bootAuth, type Call, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
let rootId: string;
beforeEach(async () => {
  snug = await bootAuth();
  rootId = (await snug.auth.createAdmin('root', PASSWORD)).id;
});
afterEach(() => snug.close());

const ask = async (call: Call = {}) => {
  const { access_token: token } = await snug.auth.openSession(rootId);
  return snug.call<InstanceState>('/admin/instance', { token, ...call });
};
const codeOf = async (answer: Promise<Answer<unknown>>) => (await answer).body.code;
const set = (registration: string | null) => ask({ method: 'PATCH', body: { registration } });

test('[ADMIN8] registration changes at once, lasts, wins over the settings, and follows them again', async () => {
  expect((await ask()).body).toEqual({
    registration: 'open',
    registration_configured: 'open',
    registration_override: null,
  });
  expect((await set('closed')).body).toMatchObject({ registration: 'closed', registration_override: 'closed' });
  expect(await codeOf(snug.register('ann'))).toBe('REGISTRATION_CLOSED');
  await snug.restart({ registration: 'invite' });
  expect(snug.auth.registration()).toBe('closed');
  expect(await codeOf(snug.register('ann'))).toBe('REGISTRATION_CLOSED');
  expect((await set(null)).body).toEqual({
    registration: 'invite',
    registration_configured: 'invite',
    registration_override: null,
  });
  expect(await codeOf(snug.register('ann'))).toBe('INVITE_REQUIRED');
  await set('open');
  expect((await snug.register('ann')).status).toBe(201);
  expect(await codeOf(set('sometimes'))).toBe('INVALID_PARAMS');
});

test('[ADMIN8] closing it closes the doors of servers too', async () => {
  await snug.auth.openRegistration({ code: 'lampcode1', max_uses: 0, expires_at: null, created_by: rootId });
  await set('closed');
  expect(await snug.auth.opensRegistration('lampcode1')).toBe(false);
  expect(await codeOf(snug.register('ann', { invite: 'lampcode1' }))).toBe('REGISTRATION_CLOSED');
});

test('[ADMIN8] nobody comes in after it was closed, also if they were on their way', async () => {
  // Needs hashes under way when it closes, to mean anything: each takes tens of milliseconds.
  const coming = Array.from({ length: 6 }, (_, i) => snug.register(`late${i}`));
  await new Promise((resolve) => setTimeout(resolve, 30));
  await set('closed');
  const before = (await snug.auth.admin.listUsers({})).items.length;
  const answers = await Promise.all(coming);
  expect(answers.filter(({ body }) => body.code === 'REGISTRATION_CLOSED').length).toBeGreaterThan(0);
  expect((await snug.auth.admin.listUsers({})).items).toHaveLength(before);
});
