/** What administrators do, as those who are connected live through it. */
import type { AdminAccount, Discovery, Problem, Ready, ServerSnapshot } from '@snug/protocol';
import { CloseCode, Op } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import {
  identify,
  type Listening,
  listen,
  ok,
  PASSWORD,
  type Person,
  rawRest,
  refusalOf,
  signIn,
  startInstance,
  TRANSPORTS,
} from '../src/index.ts';

const instance = await startInstance({ server_creation: 'admins' });
afterAll(() => instance[Symbol.asyncDispose]());
const CONSOLE = { actor_id: null };
const { url } = instance;
const root = await administrator('root');

async function administrator(username: string): Promise<Person> {
  const { id } = await instance.signUp(username);
  await instance.running.auth.admin.setAdmin(id, true, CONSOLE);
  return signIn(url, username);
}

const admin = <T = AdminAccount>(method: string, path: string, body?: object) =>
  ok(root.rest.request<T>(method, `/api/v1/admin${path}`, body), `${method} ${path}`);
const setAdmin = (person: Person, is_admin: boolean) => admin('PUT', `/users/${person.id}/admin`, { is_admin });
const found = (person: Person) => person.rest.post<ServerSnapshot & Problem>('/api/v1/servers', { name: 'A parlour' });

interface Told {
  readonly resets: string[];
  readonly isAdmin: boolean[];
}

/** Hears resets and what each snapshot says. */
function hear(transport: (typeof TRANSPORTS)[number], { token }: Person, since: number | null = null) {
  const told: Told & { cursor: number } = { resets: [], isAdmin: [], cursor: 0 };
  const listening: Listening = listen(transport, {
    url,
    token,
    since,
    ear: {
      event: (_type, s) => {
        told.cursor = s ?? told.cursor;
        return true;
      },
      moved: (s) => {
        told.cursor = s;
      },
      reset: (reason) => told.resets.push(reason),
      ready: (snapshot: Ready, s) => {
        told.isAdmin.push(snapshot.account.is_admin);
        told.cursor = s;
        return true;
      },
    },
  });
  return { told, listening };
}

describe('[ADMIN5] while they are connected', () => {
  test.each(TRANSPORTS)('by %s: promoted and demoted at once, and told so', async (transport) => {
    const ann = await instance.signUp(`ann-${transport}`);
    const { told, listening } = hear(transport, ann);
    await using _end = listening;
    await listening.live;
    expect(await refusalOf(found(ann))).toBe('NOT_AN_ADMIN');
    await setAdmin(ann, true);
    await expect.poll(() => told.isAdmin).toEqual([false, true]);
    expect((await found(ann)).status).toBe(201);
    await setAdmin(ann, false);
    await expect.poll(() => told.isAdmin).toEqual([false, true, false]);
    expect(told.resets).toEqual(['ADMIN_CHANGED', 'ADMIN_CHANGED']);
    expect(await refusalOf(found(ann))).toBe('NOT_AN_ADMIN');
  });

  test.each(TRANSPORTS)('by %s: who was away meanwhile is told on the way back, once', async (transport) => {
    const ann = await instance.signUp(`away-${transport}`);
    const first = hear(transport, ann);
    await first.listening.live;
    await first.listening.drop();
    await setAdmin(ann, true);
    const back = hear(transport, ann, first.told.cursor);
    await back.listening.live;
    expect(back.told).toMatchObject({ resets: ['ADMIN_CHANGED'], isAdmin: [true] });
    await back.listening.drop();
    const again = hear(transport, ann, back.told.cursor);
    await again.listening.live;
    expect(again.told).toMatchObject({ resets: [], isAdmin: [] });
    await again.listening.drop();
  });

  test('a gateway connection that goes on with its token of before may do no more', async () => {
    const ann = await administrator('ann');
    const { gateway, ready } = await identify(url, ann.token);
    expect((ready.d as Ready).account.is_admin).toBe(true);
    expect((await gateway.request('server.create', { name: 'While I may' })).ok).toBe(true);
    await setAdmin(ann, false);
    const reset = await gateway.until(({ op }) => op === Op.INVALID_SESSION);
    expect(reset).toMatchObject({ d: false, reason: 'ADMIN_CHANGED' });
    expect((await gateway.request('server.create', { name: 'Before I know' })).error?.code).toBe('NOT_READY');
    gateway.send({ op: Op.IDENTIFY, d: { token: ann.token } });
    expect((await gateway.dispatch<Ready>('READY')).d.account.is_admin).toBe(false);
    expect((await gateway.request('server.create', { name: 'As I was' })).error?.code).toBe('NOT_AN_ADMIN');
    expect((await gateway.request('session.renew', { token: ann.token })).ok).toBe(true);
    expect((await gateway.request('server.create', { name: 'Renewed' })).error?.code).toBe('NOT_AN_ADMIN');
    await gateway.close();
  });

  test('a request that is on its way when its sender is demoted is done before, or refused', async () => {
    const ann = await administrator('bella');
    const { gateway } = await identify(url, ann.token);
    const answers = Array.from({ length: 30 }, (_, i) => gateway.request('server.create', { name: `Race ${i}` }));
    const demoted = setAdmin(ann, false);
    const codes = (await Promise.all(answers)).map(({ ok: done, error }) => (done ? 'done' : error?.code));
    await demoted;
    for (const code of codes) expect(['done', 'NOT_AN_ADMIN', 'NOT_READY']).toContain(code);
    expect((await found(ann)).status).toBe(403);
    await gateway.close();
  });

  test('the SDK knows it without asking', async () => {
    const client = await instance.client('carla');
    client.connection.start();
    await expect.poll(() => client.store.getState().connection.status).toBe('online');
    const id = client.store.getState().me?.id as string;
    await admin('PUT', `/users/${id}/admin`, { is_admin: true });
    await expect.poll(() => client.store.getState().isAdmin).toBe(true);
    await admin('PUT', `/users/${id}/admin`, { is_admin: false });
    await expect.poll(() => client.store.getState().isAdmin).toBe(false);
  });
});

describe('[ADMIN3] [ADMIN10] whose account is suspended or ends', () => {
  test('is cut off for good on the gateway, and by name elsewhere', async () => {
    const [ann, bob] = [await instance.signUp('dora'), await instance.signUp('emil')];
    const [{ gateway: of }, { gateway: and }] = [await identify(url, ann.token), await identify(url, bob.token)];
    const polls = [ann, bob].map(async ({ rest }) => {
      const { next } = await ok(rest.get<{ next: number }>('/api/v1/sync'));
      return refusalOf(rest.get(`/api/v1/sync?since=${next}&timeout=20000`));
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    await admin('PUT', `/users/${ann.id}/suspension`, {});
    const leaving = { password: PASSWORD, messages: 'keep' };
    expect((await bob.rest.request('DELETE', '/api/v1/auth/me', leaving)).status).toBe(204);
    for (const gateway of [of, and]) expect((await gateway.closed).code).toBe(CloseCode.ACCOUNT_CLOSED);
    expect(await Promise.all(polls)).toEqual(['ACCOUNT_SUSPENDED', 'SESSION_REVOKED']);
    expect(await refusalOf(ann.rest.get('/api/v1/users/@me'))).toBe('ACCOUNT_SUSPENDED');
    expect(await refusalOf(bob.rest.get('/api/v1/users/@me'))).toBe('SESSION_REVOKED');
  });
});

test('[ADMIN8] discovery says who may make an account now', async () => {
  const discovery = () => ok(rawRest(url).get<Discovery>('/.well-known/snug'));
  expect((await discovery()).registration).toBe('open');
  await admin('PATCH', '/instance', { registration: 'closed' });
  expect((await discovery()).registration).toBe('closed');
  await instance.restart();
  expect((await discovery()).registration).toBe('closed');
  await instance.running.auth.admin.updateInstance(null, CONSOLE);
  expect((await discovery()).registration).toBe('open');
});
