/** What is served beside the commands: each route by name, as each kind of caller (PERM14). */
import { COMMANDS, FeedEntry, REFUSALS } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { ok, openGateway, rawRest } from '../src/index.ts';
import { type Answer, signedIn } from './authorisation/answers.ts';
import { servedOperations } from './authorisation/operations.ts';
import { openStage, type Player, STANDINGS } from './authorisation/stage.ts';

const stage = await openStage();
const { url, running } = stage.instance;
afterAll(() => stage.instance[Symbol.asyncDispose]());

const everybody = (status: number) => Object.fromEntries(STANDINGS.map((standing) => [standing, status]));
const statuses = (answers: Readonly<Record<string, Answer>>) =>
  Object.fromEntries(
    Object.entries(answers).map(([standing, one]) => [standing, typeof one === 'number' ? one : REFUSALS[one].status]),
  );

/** Method and address as served, to what each is answered. A route that is in no table is a failing test. */
const ROUTES: Readonly<Record<string, { ask?: string; answers: Readonly<Record<string, number>> }>> = {
  'GET /api/v1/sync': { answers: statuses(signedIn(200)) },
  'GET /api/v1/events': { answers: statuses(signedIn(200)) },
  // Signed, and without anything that opens a door; who may poll it is the operator's network.
  'GET /api/v1/auth/feed': { answers: everybody(200) },
  'GET /api/v1/openapi.json': { answers: everybody(200) },
  'GET /.well-known/jwks.json': { answers: everybody(200) },
  'GET /.well-known/snug': { answers: everybody(200) },
  'GET /healthz': { answers: everybody(200) },
  'GET /readyz': { answers: everybody(200) },
  'GET /metrics': { answers: everybody(200) },
  'GET /docs': { answers: everybody(200) },
  'GET /docs/refusals': { answers: everybody(200) },
  'GET /docs/static/index.html': { answers: everybody(200) },
  'GET /docs/static/swagger-initializer.js': { answers: everybody(200) },
  'GET /docs/json': { answers: everybody(200) },
  'GET /docs/yaml': { answers: everybody(200) },
  'GET /docs*': { ask: '/docs/static/swagger-ui.css', answers: everybody(200) },
  'HEAD /docs*': { ask: '/docs/static/swagger-ui.css', answers: everybody(200) },
  // The web client is not built here; its page says so.
  'GET *': { ask: '/channels/x', answers: everybody(503) },
  'HEAD *': { ask: '/channels/x', answers: everybody(503) },
};

/** Fastify draws its routes as a tree; each line adds its piece to the lines it hangs from. */
function servedRoutes(): string[] {
  const above: { depth: number; path: string }[] = [];
  return running.app
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .filter((line) => line.trim() !== '')
    .flatMap((line) => {
      const [, indent = '', piece = '', methods = ''] = /^([│├└─\s]*)(\S+)(?: \(([^)]+)\))?/.exec(line) ?? [];
      while ((above.at(-1)?.depth ?? -1) >= indent.length) above.pop();
      const path = (above.at(-1)?.path ?? '') + piece;
      above.push({ depth: indent.length, path });
      return methods.split(', ').map((method) => `${method} ${path}`);
    });
}

async function statusOf(route: string, { token }: Player): Promise<number> {
  const [method = '', path = ''] = route.split(' ');
  const aborter = new AbortController();
  const { status, body } = await fetch(url + (ROUTES[route]?.ask ?? path), {
    method,
    signal: aborter.signal,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  // An event stream has no end of its own.
  if (body !== null) await body.cancel();
  aborter.abort();
  return status;
}

describe('[PERM14] routes that are no commands', () => {
  test('[ERR7] are all of those served that the OpenAPI document does not hold', async () => {
    const { operations } = await servedOperations(url);
    // A second path of a command is named in its description, and is no operation of its own.
    const others = Object.values(COMMANDS).flatMap(({ method, aliases }) =>
      aliases.map((path) => ({ method, path: `/api/v1${path}` })),
    );
    const described = new Set(
      [...operations, ...others].map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    const served = servedRoutes();
    expect(
      [...described].filter((route) => !served.includes(route)),
      'the premise: the tree was read',
    ).toEqual([]);
    expect(served.filter((route) => !described.has(route)).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });

  describe.each(Object.keys(ROUTES))('%s', (route) => {
    test.each(STANDINGS)('as %s', async (standing) => {
      expect(await statusOf(route, stage.players[standing])).toBe(ROUTES[route]?.answers[standing]);
    });
  });

  test('[AUTH12] the feed holds ids and times, and no secret', async () => {
    const jws = await ok(stage.instance.rest().get<string>('/api/v1/auth/feed'));
    const { entries } = JSON.parse(Buffer.from(jws.split('.')[1] as string, 'base64url').toString()) as {
      entries: Record<string, unknown>[];
    };
    expect(entries.length, 'the premise: a session was revoked').toBeGreaterThan(0);
    const fields = new Set(entries.flatMap((entry) => Object.keys(entry)));
    for (const field of fields) expect(Object.keys(FeedEntry.shape)).toContain(field);
  });
});

describe('[AUTH17] [AUTH18] credentials in the address', () => {
  const { member, revoked } = stage.players;
  const ticket = async (): Promise<string> =>
    (await ok(member.rest.post<{ ticket: string }>('/api/v1/auth/tickets', {}), 'ticket')).ticket;

  /** What `/ws` makes of an address: READY, or how it closed. */
  async function socketOutcome(query: string): Promise<string | number> {
    await using gateway = await openGateway(url, query);
    return await Promise.race([gateway.closed.then(({ code }) => code), gateway.dispatch('READY').then(() => 'READY')]);
  }

  test('a token at /ws is good for its bearer, and nothing else is', async () => {
    expect(await socketOutcome(`?token=${member.token}`)).toBe('READY');
    expect(await socketOutcome(`?token=${revoked.token}`)).toBe(4012);
    for (const bad of ['', 'x', `${member.token}x`, '%00', 'a'.repeat(5000)]) {
      expect(await socketOutcome(`?token=${bad}`), bad).toBe(4004);
    }
  });

  test('a ticket works once, wherever it is used first', async () => {
    const used = await ticket();
    expect(await socketOutcome(`?ticket=${used}`)).toBe('READY');
    expect(await socketOutcome(`?ticket=${used}`)).toBe(4004);
    const forSync = await ticket();
    expect((await rawRest(url).get(`/api/v1/sync?ticket=${forSync}`)).status).toBe(200);
    expect((await rawRest(url).get(`/api/v1/sync?ticket=${forSync}`)).status).toBe(401);
    expect(await socketOutcome(`?ticket=${forSync}`)).toBe(4004);
  });

  test('a ticket of a session that was signed out since opens nothing', async () => {
    const { auth } = running;
    const { access_token, session_id } = await auth.openSession(member.id);
    const rest = rawRest(url, access_token);
    const late = await ok(rest.post<{ ticket: string }>('/api/v1/auth/tickets', {}));
    await ok(rest.delete(`/api/v1/auth/sessions/${session_id}`));
    expect((await rawRest(url).get(`/api/v1/sync?ticket=${late.ticket}`)).body).toMatchObject({
      code: 'SESSION_REVOKED',
    });
  });

  test('a token in the address is for /ws alone', async () => {
    for (const path of ['/api/v1/users/@me', '/api/v1/sync', '/api/v1/events', '/api/v1/auth/me']) {
      const answer = await rawRest(url).get(`${path}?token=${member.token}&access_token=${member.token}`);
      expect(answer.body, path).toMatchObject({ code: 'NOT_SIGNED_IN' });
    }
  });

  test('the scheme of Authorization has no case, everywhere the same', async () => {
    for (const path of ['/api/v1/users/@me', '/api/v1/auth/me', '/api/v1/sync?timeout=0']) {
      const ask = (authorization: string) => rawRest(url).request('GET', path, undefined, { authorization });
      expect((await ask(`bearer ${member.token}`)).status, path).toBe(200);
      expect((await ask(`Basic ${member.token}`)).body, path).toMatchObject({ code: 'NOT_SIGNED_IN' });
      expect((await ask('Bearer a b')).body, path).toMatchObject({ code: 'TOKEN_INVALID' });
      expect((await ask('Bearer')).body, path).toMatchObject({ code: 'TOKEN_INVALID' });
    }
  });
});
