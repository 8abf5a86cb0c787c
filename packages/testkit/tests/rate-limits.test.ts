/** With limits on, whoever asks too often is told so, and when to come back; a header of theirs does not make them another. */
import type { Problem } from '@snug/protocol';
import { CloseCode, Op } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { createServer, identify, join, PASSWORD, type RestAnswer, rawRest, startInstance } from '../src/index.ts';

const instance = await startInstance({ rate_limits: 'on' });
const { url } = instance;
afterAll(() => instance[Symbol.asyncDispose]());
const [ada, bo] = [await instance.signUp('ada'), await instance.signUp('bo')];
const { server, channel } = await createServer(ada);
await join(ada, server.id, bo);

/** Asks until refused, each time from another address as far as headers say. */
async function untilLimited(
  ask: (headers: Record<string, string>) => Promise<RestAnswer>,
  most: number,
): Promise<RestAnswer> {
  for (let n = 1; n <= most; n++) {
    const from = `203.0.113.${n % 250}`;
    const answer = await ask({ 'x-forwarded-for': from, forwarded: `for=${from}`, 'x-real-ip': from });
    if (answer.status === 429) return answer;
  }
  throw new Error(`not limited in ${most} tries`);
}

function expectLimited({ status, headers, body }: RestAnswer): void {
  const problem = body as Problem;
  expect({ status, code: problem.code }).toEqual({ status: 429, code: 'RATE_LIMITED' });
  expect(problem.retry_after).toBeGreaterThan(0);
  expect(headers.get('retry-after')).toBe(String(Math.ceil(problem.retry_after as number)));
}

describe('[CMD13] [ERR5] too often', () => {
  const asBo = (method: string, path: string, body: () => unknown) => (headers: Record<string, string>) =>
    bo.rest.request(method, path, body(), headers);
  let n = 0;
  const rows: [string, (headers: Record<string, string>) => Promise<RestAnswer>, number][] = [
    ['sends', asBo('POST', `/api/v1/channels/${channel.id}/messages`, () => ({ content: `hello ${n++}` })), 60],
    ['typing', asBo('POST', `/api/v1/channels/${channel.id}/typing`, () => undefined), 30],
    ['invites', asBo('POST', `/api/v1/servers/${server.id}/invites`, () => ({})), 20],
    ['changes', asBo('PATCH', '/api/v1/users/@me', () => ({ bio: `${n++}` })), 80],
    ['reads', asBo('GET', '/api/v1/users/@me', () => undefined), 400],
    ['tickets', asBo('POST', '/api/v1/auth/tickets', () => ({})), 100],
  ];
  test.each(rows)('%s', async (_title, ask, most) => expectLimited(await untilLimited(ask, most)));

  test('one who is limited limits nobody else', async () => {
    const path = `/api/v1/channels/${channel.id}/messages`;
    expectLimited(
      await untilLimited(
        asBo('POST', path, () => ({ content: `again ${n++}` })),
        60,
      ),
    );
    expect((await ada.rest.post(path, { content: 'I am calm' })).status).toBe(201);
  });

  test('over the gateway as over REST, and a flood of frames ends the connection [GW18]', async () => {
    const { gateway } = await identify(url, bo.token);
    const params = { channel_id: channel.id, content: 'too much' };
    const answers = await Promise.all(Array.from({ length: 40 }, () => gateway.request('message.send', params)));
    const limited = answers.find(({ error }) => error?.code === 'RATE_LIMITED');
    expect(limited?.error?.retry_after).toBeGreaterThan(0);
    for (let i = 0; i < 400; i++) gateway.send({ op: Op.HEARTBEAT, d: null });
    expect((await gateway.closed).code).toBe(CloseCode.RATE_LIMITED);
  });
});

describe('[AUTH6] too often without being anybody', () => {
  const nobody = rawRest(url);
  test('looking at invites is limited by address, and by no header', async () => {
    expectLimited(
      await untilLimited((headers) => nobody.request('GET', '/api/v1/invites/AAAAAAAAAAAA', undefined, headers), 400),
    );
    expect(
      (await ada.rest.get('/api/v1/invites/AAAAAAAAAAAA')).status,
      'those who are somebody are not in that queue',
    ).toBe(404);
  });

  test('guessing a password', async () => {
    const guess = (headers: Record<string, string>) =>
      nobody.request('POST', '/api/v1/auth/login', { login: 'ada', password: 'a guess' }, headers);
    expectLimited(await untilLimited(guess, 20));
  });

  test('refreshing', async () => {
    const refresh = (headers: Record<string, string>) =>
      nobody.request('POST', '/api/v1/auth/refresh', { refresh_token: 'x' }, headers);
    expectLimited(await untilLimited(refresh, 1000));
  });

  test('registering', async () => {
    let n = 0;
    const register = (headers: Record<string, string>) =>
      nobody.request('POST', '/api/v1/auth/register', { username: `person${n++}`, password: PASSWORD }, headers);
    expectLimited(await untilLimited(register, 30));
  });
});

test('[SRV11] behind a trusted proxy it is the caller who is limited, and not the proxy', async () => {
  await using behind = await startInstance({ rate_limits: 'on', trusted_proxies: ['127.0.0.1'] });
  const look = (from: string) =>
    behind
      .rest()
      .request(
        'POST',
        '/api/v1/auth/password_reset',
        { token: 'x'.repeat(32), new_password: PASSWORD },
        { 'x-forwarded-for': from },
      );
  // Of these there are few, and the next comes late, however slow the machine is.
  for (let n = 0; n < 100 && (await look('203.0.113.1')).status !== 429; n++);
  expectLimited(await look('203.0.113.1'));
  expect((await look('203.0.113.2')).status).toBe(404);
  // What a caller wrote into the header before it reached the proxy counts for nothing.
  expectLimited(await look('198.51.100.7, 203.0.113.1'));
});
