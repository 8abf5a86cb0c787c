/** What every answer carries and what none gives away: headers, cookies, origins, hosts, proxies, limits of size. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { createServer, PASSWORD, type RestAnswer, rawRest, signUp, startInstance } from '../src/index.ts';
import { type LaneAnswer, takeAnswer } from './fuzz/http-lane.ts';
import { exchange, handshake } from './fuzz/raw-bytes.ts';

const FRIEND = 'https://friend.example';
const dist = mkdtempSync(join(tmpdir(), 'snug-dist-'));
writeFileSync(join(dist, 'index.html'), '<!doctype html><title>the client</title>');
writeFileSync(join(dist, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
const closed = await startInstance({ dist });
const open = await startInstance({ origins: [FRIEND] });
const { url, port } = closed;
const ada = await signUp(url, 'ada');
const { channel } = await createServer(ada);
afterAll(async () => {
  await closed[Symbol.asyncDispose]();
  await open[Symbol.asyncDispose]();
  rmSync(dist, { recursive: true });
});

/** A request in bytes; the answer, after which the server closes. */
async function raw(text: string, at = port): Promise<LaneAnswer> {
  const closing = text.replace('\r\nhost: x\r\n', '\r\nhost: x\r\nconnection: close\r\n');
  const { received } = await exchange(at, [Buffer.from(closing)], 1000);
  const taken = takeAnswer(received);
  if (taken === null) throw new Error(`no answer: ${received.toString('latin1')}`);
  return taken.answer;
}

const upgrade = (more: string) => handshake().toString().replace('\r\n\r\n', `\r\n${more}\r\n\r\n`);

describe('[WEB2] [ERR4] security headers', () => {
  const kinds: [string, () => Promise<LaneAnswer>][] = [
    ['a page', () => raw('GET / HTTP/1.1\r\nhost: x\r\naccept: text/html\r\n\r\n')],
    ['a file', () => raw('GET /icon.svg HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['the documentation', () => raw('GET /docs HTTP/1.1\r\nhost: x\r\n\r\n')],
    [
      'a JSON answer',
      () => raw(`GET /api/v1/users/@me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ada.token}\r\n\r\n`),
    ],
    ['an answer without a body', () => raw('POST /api/v1/auth/logout HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a refusal', () => raw('GET /api/v1/users/@me HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a wrong address', () => raw('GET /api/nothing HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['a wrong method', () => raw('BREW / HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['an address that cannot be read', () => raw('GET /%zz HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['no host', () => raw('GET / HTTP/1.1\r\n\r\n')],
    ['a strange expectation', () => raw('GET / HTTP/1.1\r\nhost: x\r\nexpect: magic\r\n\r\n')],
    ['no HTTP', () => raw('hello\r\n\r\n')],
    ['too many headers', () => raw(`GET / HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)],
    ['an upgrade of another address', () => raw(handshake().toString().replace('/ws', '/other'))],
    ['an upgrade of no address', () => raw(handshake().toString().replace('/ws', '//'))],
    [
      'an upgrade without a key',
      () =>
        raw(
          handshake()
            .toString()
            .replace(/sec-websocket-key: .*\r\n/, ''),
        ),
    ],
    ['the discovery', () => raw('GET /.well-known/snug HTTP/1.1\r\nhost: x\r\n\r\n')],
    ['the keys', () => raw('GET /.well-known/jwks.json HTTP/1.1\r\nhost: x\r\n\r\n')],
  ];

  test.each(kinds)('are on %s', async (_kind, ask) => {
    const { headers, status, body } = await ask();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/default-src '(?:self|none)'/);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.replace("style-src 'self' 'unsafe-inline'", ''), 'scripts never are').not.toContain('unsafe');
    expect(headers.get('x-trace-id')).toMatch(/\S{8}/);
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeUndefined();
    if (status >= 400) expect(JSON.parse(body)).toMatchObject({ status, trace_id: headers.get('x-trace-id') });
  });

  test('are on an event stream', async () => {
    const aborter = new AbortController();
    const { headers } = await fetch(`${url}/api/v1/events`, {
      signal: aborter.signal,
      headers: { authorization: `Bearer ${ada.token}` },
    });
    aborter.abort();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-trace-id')).toBeTruthy();
  });

  test('nothing below the API is kept by anybody', async () => {
    for (const path of ['/api/v1/users/@me', '/api/v1/servers', '/api/v1/sync?timeout=0', '/api/v1/nothing']) {
      expect((await ada.rest.get(path)).headers.get('cache-control'), path).toBe('no-store');
    }
  });
});

describe('[SRV11] other origins', () => {
  const ask = (at: string, origin: string, method = 'GET') =>
    fetch(`${at}/api/v1/users/@me`, {
      method,
      headers: { origin, ...(method === 'OPTIONS' ? { 'access-control-request-method': 'GET' } : {}) },
    });
  const granted = ({ headers }: Response) => [...headers.keys()].filter((name) => name.startsWith('access-control'));

  test('get nothing by default, whatever they are called', async () => {
    for (const origin of [FRIEND, 'null', 'http://localhost', url]) {
      for (const method of ['GET', 'OPTIONS']) expect(granted(await ask(url, origin, method)), origin).toEqual([]);
    }
  });

  test('get what they need if they are named, and only then', async () => {
    const preflight = await ask(open.url, FRIEND, 'OPTIONS');
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe(FRIEND);
    const answer = await ask(open.url, FRIEND);
    expect(answer.headers.get('access-control-allow-origin')).toBe(FRIEND);
    expect(answer.headers.get('vary')?.toLowerCase()).toContain('origin');
    const others = [
      'https://friend.example.evil',
      'https://evil.example',
      'http://friend.example',
      'null',
      `${FRIEND}:8443`,
    ];
    for (const origin of others) {
      expect((await ask(open.url, origin)).headers.get('access-control-allow-origin'), origin).toBeNull();
      expect((await ask(open.url, origin, 'OPTIONS')).headers.get('access-control-allow-origin'), origin).toBeNull();
    }
  });

  test('open no socket unless they are named', async () => {
    const status = async (origin: string, at = port, host = 'snug') =>
      (
        await raw(upgrade(`origin: ${origin}`).replace('host: snug', `host: ${host}`), at).catch(() => ({
          status: 101,
        }))
      ).status;
    for (const origin of [FRIEND, 'null', 'http://snug.evil', 'http://evil/snug', 'file://', 'snug', '']) {
      expect(await status(origin), origin).toBe(403);
    }
    expect(await status('null', port, '')).toBe(403);
    expect(await status('file://', port, '')).toBe(403);
    const { received } = await exchange(port, [Buffer.from(upgrade('origin: http://SNUG'))], 200);
    expect(received.toString('latin1')).toMatch(/^HTTP\/1\.1 101/);
    const named = await exchange(open.port, [Buffer.from(upgrade(`origin: ${FRIEND}`))], 200);
    expect(named.received.toString('latin1')).toMatch(/^HTTP\/1\.1 101/);
    expect(await status('https://evil.example', open.port)).toBe(403);
  });
});

describe('[AUTH15] [AUTH16] the cookie', () => {
  const login = (headers: Record<string, string>, more: object = {}): Promise<RestAnswer> =>
    rawRest(url).request('POST', '/api/v1/auth/login', { login: 'ada', password: PASSWORD, ...more }, headers);
  const cookieOf = ({ headers }: RestAnswer) => headers.getSetCookie().join('; ');

  test('is one, and scripts, other sites and other paths do not get it', async () => {
    const answer = await login({});
    expect(answer.headers.getSetCookie()).toHaveLength(1);
    const parts = cookieOf(answer).split('; ').slice(1).toSorted();
    expect(parts).toEqual(['HttpOnly', `Max-Age=${30 * 24 * 3600}`, 'Path=/api/v1/auth', 'SameSite=Strict']);
    expect(answer.body).not.toHaveProperty('refresh_token');
  });

  test('is not Secure because somebody who is no trusted proxy says so', async () => {
    expect(cookieOf(await login({ 'x-forwarded-proto': 'https' }))).not.toContain('Secure');
    await using behind = await startInstance({ trusted_proxies: ['127.0.0.1'] });
    const person = { username: 'bo', password: PASSWORD };
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'chat.example' };
    const answer = await behind.rest().request('POST', '/api/v1/auth/register', person, forwarded);
    expect(cookieOf(answer)).toContain('Secure');
  });

  test('is neither set, read nor cleared for a page of another origin', async () => {
    const cookie = cookieOf(await login({})).split(';')[0] as string;
    for (const headers of [
      { origin: FRIEND },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'file://' },
    ]) {
      for (const path of ['/api/v1/auth/refresh', '/api/v1/auth/logout']) {
        const answer = await rawRest(url).request('POST', path, {}, { cookie, ...headers });
        expect(answer.body, JSON.stringify(headers)).toMatchObject({ code: 'ORIGIN_REFUSED' });
        expect(answer.headers.getSetCookie()).toEqual([]);
      }
      expect((await login(headers)).body).toMatchObject({ code: 'ORIGIN_REFUSED' });
      const fresh = { username: 'cy', password: PASSWORD };
      const registered = await rawRest(url).request('POST', '/api/v1/auth/register', fresh, headers);
      expect(registered.body).toMatchObject({ code: 'ORIGIN_REFUSED' });
    }
    const own = await rawRest(url).request('POST', '/api/v1/auth/refresh', {}, { cookie, origin: url });
    expect(own.status, 'the premise: the cookie is good').toBe(200);
  });

  test('cannot be sent by a form of another site', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const headers = { 'content-type': type };
      const answer = await rawRest(url).request(
        'POST',
        '/api/v1/auth/login',
        { login: 'ada', password: PASSWORD },
        headers,
      );
      expect(answer.body, type).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' });
    }
  });
});

describe('[ERR9] bodies', () => {
  const post = (body: string | Buffer, more = '') => {
    const bytes = Buffer.from(body);
    const head = `POST /api/v1/channels/${channel.id}/messages HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${ada.token}\r\n`;
    const framing = `content-type: application/json\r\ncontent-length: ${bytes.length}\r\n${more}\r\n`;
    return exchange(port, [Buffer.concat([Buffer.from(head + framing), bytes])], 3000, true);
  };
  const codeOf = async (body: string | Buffer): Promise<string> => {
    const { answer } = takeAnswer((await post(body)).received) as { answer: LaneAnswer };
    return (JSON.parse(answer.body) as { code: string }).code;
  };

  test('are bounded', async () => {
    const answer = await ada.rest.post(`/api/v1/channels/${channel.id}/messages`, {
      content: 'x'.repeat(LIMITS.BODY_BYTES),
    });
    expect(answer.status).toBe(413);
    expect(answer.body).toMatchObject({ code: 'BODY_TOO_LARGE' });
  });

  test('are UTF-8, and are not repaired when they are not', async () => {
    expect(await codeOf(Buffer.concat([Buffer.from('{"content":"'), Buffer.from([0xff]), Buffer.from('"}')]))).toBe(
      'BAD_REQUEST',
    );
    expect(await codeOf(Buffer.from('{"content":"x"}', 'utf16le'))).toBe('BAD_REQUEST');
  });

  test('reach no prototype', async () => {
    expect(await codeOf('{"content":"x","__proto__":{"is_admin":true}}')).toBe('BAD_REQUEST');
    expect(await codeOf('{"content":"x","constructor":{"prototype":{"is_admin":true}}}')).toBe('BAD_REQUEST');
    expect(({} as { is_admin?: boolean }).is_admin).toBeUndefined();
  });
});

test('[SRV2] who offers another protocol is answered in HTTP/1.1', async () => {
  const h2c =
    'GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABk\r\n\r\n';
  expect(await raw(h2c)).toMatchObject({ status: 200, body: '{"ok":true}' });
});

test('[ERR9] requests may not take for ever to arrive', () => {
  const { headersTimeout, requestTimeout } = closed.running.app.server;
  expect(headersTimeout).toBeGreaterThan(0);
  expect(headersTimeout).toBeLessThanOrEqual(requestTimeout);
  expect(requestTimeout).toBeLessThanOrEqual(30_000);
});
