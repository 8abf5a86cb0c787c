/** After everything that has to do with secrets was done once, none of them is where it should not be. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceInvite, Invite, SignedIn } from '@snug/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createServer,
  identify,
  ok,
  openGateway,
  rawRest,
  send,
  startInstance,
  type TestInstance,
} from '../src/index.ts';

/** What it is, and the secret itself. */
const secrets = new Map<string, string>();
let instance: TestInstance;

function keep(what: string, secret: string | undefined): string {
  expect(secret, `the premise: there is ${what}`).toMatch(/^.{8,}$/);
  secrets.set(what, secret as string);
  return secret as string;
}

const PASSWORD = keepNow('a password', 'hunter2 under the doormat');
const NEW_PASSWORD = keepNow('a new password', 'swordfish in the teapot');
const TYPED_AS_NAME = keepNow('a password typed as a name', 'oops-this-is-my-password');
const RESET_PASSWORD = keepNow('a password set by a link', 'marmalade on the banister');
const MISPLACED = keepNow('a password in an address', 'sent-the-wrong-way');
const WRONG = keepNow('a wrong password', 'not quite the right one');

function keepNow(what: string, secret: string): string {
  secrets.set(what, secret);
  return secret;
}

function keepGrant(what: string, grant: SignedIn): SignedIn {
  keep(`the access token of ${what}`, grant.access_token);
  keep(`the refresh token of ${what}`, grant.refresh_token);
  return grant;
}

const auth = <T>(name: string, body: object, token?: string) =>
  rawRest(instance.url, token).post<T>(`/api/v1/auth/${name}`, body);

/** Signing up, in, on and out, by every door. */
async function signInEveryWay(): Promise<SignedIn> {
  const first = keep(
    'the first-start token',
    new URL(instance.running.ownerLink as string).searchParams.get('token') ?? '',
  );
  const body = { username: 'ada', password: PASSWORD, token_delivery: 'body' };
  const made = keepGrant('registration', await ok(auth<SignedIn>('register', { ...body, invite: first })));
  const login = { login: 'ada', password: PASSWORD, token_delivery: 'body' };
  const signedIn = keepGrant('sign-in', await ok(auth<SignedIn>('login', login)));
  const { refresh_token } = signedIn;
  keepGrant('a refresh', await ok(auth<SignedIn>('refresh', { refresh_token })));
  const cookie = (await auth('login', { ...login, token_delivery: 'cookie' })).headers.getSetCookie()[0] ?? '';
  keep('the cookie', /snug_refresh=([^;]+)/.exec(cookie)?.[1]);
  const rest = rawRest(instance.url);
  await rest.request('POST', '/api/v1/auth/refresh', {}, { cookie: cookie.split(';')[0] as string });
  await auth('login', { login: 'ada', password: WRONG });
  await auth('login', { login: TYPED_AS_NAME, password: WRONG });
  await auth('register', { ...body, username: TYPED_AS_NAME, invite: 'AAAAAAAAAAAA', surplus: WRONG });
  const change = { current_password: PASSWORD, new_password: NEW_PASSWORD };
  await ok(auth('password', change, made.access_token));
  await auth('password', { ...change, current_password: WRONG }, made.access_token);
  const leaving = keepGrant('who leaves', await ok(auth<SignedIn>('login', { ...login, password: NEW_PASSWORD })));
  await ok(auth('logout', { refresh_token: leaving.refresh_token }, leaving.access_token));
  return made;
}

/** Invites of both kinds, followed and refused, also as the pages their links lead to. */
async function invite(token: string, serverId: string): Promise<void> {
  const rest = rawRest(instance.url, token);
  const toInstance = await ok(auth<InstanceInvite>('invites', {}, token));
  const instanceToken = keep('an instance invite', toInstance.token);
  const { code } = await ok(rest.post<Invite>(`/api/v1/servers/${serverId}/invites`, {}));
  keep('a server invite', code);
  const guest = { username: 'bo', password: PASSWORD, token_delivery: 'body' };
  keepGrant('a guest', await ok(auth<SignedIn>('register', { ...guest, invite: instanceToken })));
  const stranger = keepGrant(
    'a stranger',
    await ok(auth<SignedIn>('register', { ...guest, username: 'cy', invite: code })),
  );
  await ok(rawRest(instance.url, stranger.access_token).post(`/api/v1/invites/${code}`, {}));
  for (const path of [
    `/invite/${code}`,
    `/invite/${instanceToken}`,
    `/setup?token=${instanceToken}`,
    `/register?invite=${code}`,
  ]) {
    await fetch(instance.url + path);
  }
  for (const path of [`/api/v1/invites/${code}`, `/api/v1/invites/${instanceToken}`, `/API/v1/invites/${code}/x`])
    await rest.get(path);
  await ok(rest.delete(`/api/v1/invites/${code}`));
  await ok(rest.delete(`/api/v1/auth/invites/${toInstance.id}`));
}

/** A link for who forgot the password: made, opened, used, used again; and an account that ends, by the wrong door first. */
async function forgetAndLeave(token: string): Promise<void> {
  const rest = rawRest(instance.url, token);
  const made = { username: 'dee', password: PASSWORD, token_delivery: 'body' };
  const { token: door } = await ok(auth<InstanceInvite>('invites', {}, token));
  keep('an invite for who forgets', door);
  const dee = keepGrant('who forgets', await ok(auth<SignedIn>('register', { ...made, invite: door })));
  const path = `/api/v1/admin/users/${dee.user.id}`;
  const reset = keep(
    'a password reset',
    (await ok(rest.post<{ token: string }>(`${path}/password_reset`, { reason: 'asked by phone' }))).token,
  );
  await fetch(`${instance.url}/reset?token=${reset}`);
  for (let i = 0; i < 2; i++) await auth('password_reset', { token: reset, new_password: RESET_PASSWORD });
  const back = keepGrant(
    'who was let in again',
    await ok(auth('login', { ...made, login: 'dee', username: undefined, password: RESET_PASSWORD })),
  );
  const leaving = rawRest(instance.url, back.access_token);
  await leaving.delete(`/api/v1/auth/me?messages=keep&password=${MISPLACED}`);
  await ok(leaving.request('DELETE', '/api/v1/auth/me', { password: RESET_PASSWORD, messages: 'keep' }));
  await ok(rest.get('/api/v1/admin/audit'));
}

/** Tokens and tickets in addresses, good and bad, on every transport. */
async function connectEveryWay(token: string): Promise<void> {
  const ticket = async (what: string) => keep(what, (await ok(auth<{ ticket: string }>('tickets', {}, token))).ticket);
  await using _one = await openGateway(instance.url, `?token=${token}`);
  await using _two = await openGateway(instance.url, `?ticket=${await ticket('a ticket')}`);
  const { gateway } = await identify(instance.url, token);
  await gateway.request('session.renew', { token });
  await gateway.request('session.renew', { token: `${token}x` });
  await gateway.close();
  const used = await ticket('another ticket');
  for (const query of [`ticket=${used}`, `ticket=${used}`, `token=${token}`, `since=${token}`, `%74oken=${used}`]) {
    await rawRest(instance.url).get(`/api/v1/sync?timeout=0&${query}`);
  }
  await rawRest(instance.url).request('GET', '/api/v1/users/@me', undefined, { authorization: `Basic ${token}` });
  await rawRest(instance.url).get(`/api/v1/nothing?token=${token}`);
}

beforeAll(async () => {
  instance = await startInstance({ log_level: 'debug', registration: 'invite' });
  const { access_token: token, user, session_id } = await signInEveryWay();
  const rest = rawRest(instance.url, token);
  const ada = { ...user, token, refreshToken: '', sessionId: session_id, rest };
  const { server, channel } = await createServer(ada);
  await send(ada, channel.id, 'said out loud');
  await invite(token, server.id);
  await connectEveryWay(token);
  await forgetAndLeave(token);
});
afterAll(() => instance[Symbol.asyncDispose]());

describe('[AUTH18] [SRV6] the log', () => {
  test('tells what happened', () => {
    const text = JSON.stringify(instance.logs);
    for (const said of [
      '/api/v1/auth/login',
      '/api/v1/invites/[redacted]',
      '/invite/[redacted]',
      'token=[redacted]',
      'registered',
    ]) {
      expect(text, 'the premise: it was logged').toContain(said);
    }
    const wanted = [
      'registered',
      'signed_in',
      'signed_out',
      'sign_in_refused',
      'password_changed',
      'invite_made',
      'invite_redeemed',
      'password_reset_issued',
      'password_reset',
      'account_deleted',
    ];
    const events = new Set(instance.logs.map(({ event }) => event));
    for (const event of wanted) expect([...events]).toContain(event);
  });

  test('and no secret', () => {
    expect(secrets.size).toBeGreaterThan(24);
    for (const line of instance.logs) {
      const text = JSON.stringify(line);
      for (const [what, secret] of secrets) {
        expect(text.includes(secret) || text.includes(encodeURIComponent(secret)), `${what} in ${text}`).toBe(false);
      }
    }
  });
});

describe('the data folder', () => {
  const bytesOf = (prefix: string): Buffer => {
    const files = readdirSync(instance.data).filter((file) => file.startsWith(prefix));
    expect(files).toContain(prefix);
    return Buffer.concat(files.map((file) => readFileSync(join(instance.data, file))));
  };

  test('[AUTH1] chat.db knows nothing that signs anybody in', () => {
    const bytes = bytesOf('chat.db');
    expect(bytes.includes('said out loud'), 'the premise: it is where things are kept').toBe(true);
    for (const [what, secret] of secrets) {
      // A server's invite is chat's own, and is shown to its managers.
      if (what !== 'a server invite') expect(bytes.includes(secret), what).toBe(false);
    }
  });

  test('[AUTH5] [AUTH20] auth.db knows secrets by their hash only', () => {
    const bytes = bytesOf('auth.db');
    expect(bytes.includes('$argon2id$'), 'the premise: hashes are there').toBe(true);
    for (const [what, secret] of secrets) expect(bytes.includes(secret), what).toBe(false);
  });
});
