import type { AdminAccount } from '@snug/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, bootAuth, type Call, CONSOLE, type Fixture } from './auth-fixture.ts';

let snug: Fixture;
let root: Grant;
beforeEach(async () => {
  snug = await bootAuth();
  root = await administrator('root');
});
afterEach(() => snug.close());

interface Grant {
  id: string;
  token: string;
  refresh: string;
}
interface Page {
  items: AdminAccount[];
  has_more: boolean;
}

async function member(username: string, extra: Record<string, unknown> = {}): Promise<Grant> {
  const { body } = await snug.register(username, extra);
  return { id: body.user.id, token: body.access_token, refresh: body.refresh_token };
}

async function administrator(username: string): Promise<Grant> {
  const made = await member(username);
  await snug.auth.admin.setAdmin(made.id, true, CONSOLE);
  return made;
}

const as = <T = AdminAccount>({ token }: { token: string }, path: string, call: Call = {}): Promise<Answer<T>> =>
  snug.call<T>(`/admin${path}`, { token, ...call });
const put = (who: Grant, path: string, body: object = {}) => as(who, path, { method: 'PUT', body });
const remove = (who: Grant, path: string) => as(who, path, { method: 'DELETE' });
const codeOf = async (answer: Promise<Answer<unknown>>) => (await answer).body.code;

describe('[ADMIN1] who may', () => {
  const MISSING = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  const COMMANDS: [string, string, object?][] = [
    ['GET', '/users'],
    ['GET', `/users/${MISSING}`],
    ['PUT', `/users/${MISSING}/suspension`, {}],
    ['DELETE', `/users/${MISSING}/suspension`],
    ['PUT', `/users/${MISSING}/admin`, { is_admin: true }],
    ['POST', `/users/${MISSING}/password_reset`, {}],
    ['DELETE', `/users/${MISSING}?messages=keep`],
    ['GET', '/instance'],
    ['PATCH', '/instance', { registration: 'open' }],
    ['GET', '/audit'],
  ];
  const codes = async (token?: string) =>
    Promise.all(
      COMMANDS.map(async ([method, path, body]) => {
        const { status, body: said } = await snug.call(`/admin${path}`, { method, body, ...(token && { token }) });
        return said.code ?? status;
      }),
    );

  test('an administrator, and nobody else; who may not learns nothing of what is there', async () => {
    const ann = await member('ann');
    expect(new Set(await codes())).toEqual(new Set(['NOT_SIGNED_IN']));
    expect(new Set(await codes(ann.token))).toEqual(new Set(['NOT_AN_ADMIN']));
    expect(await codes(root.token)).toEqual([200, ...COMMANDS.slice(1, 7).map(() => 'UNKNOWN_USER'), 200, 200, 200]);
    await snug.auth.admin.suspend(ann.id, CONSOLE);
    expect(new Set(await codes(ann.token))).toEqual(new Set(['ACCOUNT_SUSPENDED']));
  });

  test('of two who demote each other at once, one did', async () => {
    for (let round = 0; round < 5; round++) {
      const [ann, bob] = [await administrator(`ann${round}`), await administrator(`bob${round}`)];
      const answers = await Promise.all([
        put(ann, `/users/${bob.id}/admin`, { is_admin: false }),
        put(bob, `/users/${ann.id}/admin`, { is_admin: false }),
      ]);
      expect(answers.map(({ status, body }) => body.code ?? status).toSorted()).toEqual([200, 'NOT_AN_ADMIN']);
    }
  });

  test('the store itself refuses an act of who may not, also one that was let through before', async () => {
    const ann = await administrator('ann');
    await snug.auth.admin.setAdmin(ann.id, false, CONSOLE);
    const by = { actor_id: ann.id };
    for (const act of [
      () => snug.auth.admin.suspend(root.id, by),
      () => snug.auth.admin.restore(root.id, by),
      () => snug.auth.admin.setAdmin(ann.id, true, by),
      () => snug.auth.admin.resetPassword(root.id, by),
      () => snug.auth.admin.updateInstance('closed', by),
      () => snug.auth.admin.deleteUser(root.id, 'keep', by, {} as never),
      () => snug.auth.createInvite({ created_by: ann.id }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: 'NOT_AN_ADMIN' });
    }
  });

  test('[AUTH6] and not without end', async () => {
    await snug.restart({ rate_limits: 'on' });
    const statuses = new Set<number>();
    for (let i = 0; i < 130; i++) statuses.add((await as(root, '/instance')).status);
    expect([...statuses]).toEqual([200, 429]);
  });
});

describe('[ADMIN2] finding accounts', () => {
  const list = async (query: string): Promise<string[]> =>
    (await as<Page>(root, `/users?${query}`)).body.items.map(({ username }) => username);

  test('by how the username or the address begins, whatever the case', async () => {
    await member('Annika', { email: 'Lamp@Example.org' });
    await member('anna');
    await member('bob', { email: 'anna.b@example.org' });
    await member('Äpfel');
    expect(await list('query=ANN')).toEqual(['Annika', 'anna', 'bob']);
    expect(await list('query=lamp%40')).toEqual(['Annika']);
    expect(await list('query=a%CC%88p')).toEqual(['Äpfel']);
    expect(await list('query=nnika')).toEqual([]);
    expect(await list('query=%25')).toEqual([]);
    expect(await list('')).toEqual(['root', 'Annika', 'anna', 'bob', 'Äpfel']);
  });

  test('page by page, each once', async () => {
    for (let i = 0; i < 7; i++) await snug.auth.createAccount({ username: `guest${i}` });
    const seen: string[] = [];
    let after = '';
    for (;;) {
      const { items, has_more } = (await as<Page>(root, `/users?limit=3${after}`)).body;
      seen.push(...items.map(({ username }) => username));
      if (!has_more) break;
      after = `&after=${items.at(-1)?.id}`;
    }
    expect(seen).toEqual(['root', ...Array.from({ length: 7 }, (_, i) => `guest${i}`)]);
  });

  test('by state, with what an administrator needs to see', async () => {
    const ann = await member('ann', { email: 'ann@example.org' });
    const bob = await member('bob');
    await put(root, `/users/${ann.id}/suspension`);
    await remove(root, `/users/${bob.id}?messages=erase`);
    expect(await list('state=active')).toEqual(['root']);
    expect(await list('state=suspended')).toEqual(['ann']);
    expect(await list('state=deleted')).toEqual(['']);
    expect(await list('state=deleted&query=deleted')).toEqual([]);
    const { body } = await as(root, `/users/${ann.id}`);
    expect(body).toEqual({
      id: ann.id,
      username: 'ann',
      email: 'ann@example.org',
      display_name: 'ann',
      is_admin: false,
      state: 'suspended',
      created_at: new Date(snug.clock.ms).toISOString(),
      last_seen_at: new Date(snug.clock.ms).toISOString(),
    });
    expect((await as(root, `/users/${bob.id}`)).body).toMatchObject({ state: 'deleted', username: '', email: null });
  });

  test('last seen is the last sign-in or renewal, also after signing out', async () => {
    const ann = await member('ann');
    snug.clock.ms += 60_000;
    await snug.refresh(ann.refresh);
    const renewed = new Date(snug.clock.ms).toISOString();
    snug.clock.ms += 60_000;
    await snug.call('/auth/logout', { token: ann.token, body: {} });
    expect((await as(root, `/users/${ann.id}`)).body.last_seen_at).toBe(renewed);
    const { id } = await snug.auth.createAccount({ username: 'bob' });
    expect((await as(root, `/users/${id}`)).body.last_seen_at).toBeNull();
  });

  test.each(['limit=0', 'limit=101', 'state=gone', 'after=x', `query=${'x'.repeat(255)}`, 'order=name'])(
    '[CMD3] refuses %s',
    async (query) => {
      expect(await codeOf(as(root, `/users?${query}`))).toBe('INVALID_PARAMS');
    },
  );
});

describe('[ADMIN3] a suspension', () => {
  test('is told of once, and ends with the way back open but no session of before', async () => {
    const ann = await member('ann');
    const heard: string[] = [];
    snug.auth.onFeed(({ kind }) => heard.push(kind));
    for (let i = 0; i < 2; i++) expect((await put(root, `/users/${ann.id}/suspension`)).body.state).toBe('suspended');
    expect(heard).toEqual(['account_suspended']);
    expect(await codeOf(snug.refresh(ann.refresh))).toBe('ACCOUNT_SUSPENDED');
    for (let i = 0; i < 2; i++) expect((await remove(root, `/users/${ann.id}/suspension`)).body.state).toBe('active');
    // Whoever hears in this order never sees a token of before let in.
    expect(heard).toEqual(['account_suspended', 'session_revoked', 'account_restored']);
    expect(await codeOf(snug.call('/auth/me', { token: ann.token }))).toBe('SESSION_REVOKED');
    expect((await snug.login('ann')).status).toBe(200);
  });

  test('that comes while somebody signs in leaves them outside', async () => {
    const ann = await member('ann');
    const [login] = await Promise.all([snug.login('ann'), put(root, `/users/${ann.id}/suspension`)]);
    const code = login.status === 200 ? await codeOf(snug.call('/auth/me', { token: login.body.access_token })) : null;
    expect(code ?? login.body.code).toBe('ACCOUNT_SUSPENDED');
  });
});

describe('[ADMIN4] there is always an administrator', () => {
  test('nobody suspends or deletes themselves here', async () => {
    await administrator('ann');
    expect(await codeOf(put(root, `/users/${root.id}/suspension`))).toBe('NOT_YOURSELF');
    expect(await codeOf(remove(root, `/users/${root.id}?messages=keep`))).toBe('NOT_YOURSELF');
  });

  test('the last active one is not suspended, demoted or deleted, not even from the command line', async () => {
    const ann = await administrator('ann');
    await put(root, `/users/${ann.id}/suspension`);
    expect(await codeOf(put(root, `/users/${root.id}/admin`, { is_admin: false }))).toBe('LAST_ADMIN');
    const { admin } = snug.auth;
    await expect(admin.suspend(root.id, CONSOLE)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    await expect(admin.deleteUser(root.id, 'keep', CONSOLE, {} as never)).rejects.toMatchObject({ code: 'LAST_ADMIN' });
    // One that is suspended already is not needed.
    expect((await put(root, `/users/${ann.id}/admin`, { is_admin: false })).body.is_admin).toBe(false);
  });

  test('of all who step down at once, one stays', async () => {
    const all = [root, await administrator('ann'), await administrator('bob')];
    const answers = await Promise.all(all.map((who) => put(who, `/users/${who.id}/admin`, { is_admin: false })));
    expect(answers.map(({ status, body }) => body.code ?? status).toSorted()).toEqual([200, 200, 'LAST_ADMIN']);
    expect((await snug.auth.admin.listUsers({})).items.filter(({ is_admin }) => is_admin)).toHaveLength(1);
  });
});

describe('[ADMIN5] a promotion or demotion', () => {
  test('holds at once, whatever the token says, and through a restart', async () => {
    const ann = await member('ann');
    expect((await snug.auth.verify(ann.token)).admin).toBeUndefined();
    const heard: unknown[] = [];
    snug.auth.onFeed(({ kind, user_id, is_admin }) => heard.push({ kind, user_id, is_admin }));
    await put(root, `/users/${ann.id}/admin`, { is_admin: true });
    expect((await snug.auth.verify(ann.token)).admin).toBe(true);
    expect((await as(ann, '/users')).status).toBe(200);
    const during = (await snug.login('ann')).body.access_token;
    await put(root, `/users/${ann.id}/admin`, { is_admin: false });
    expect(heard.map((entry) => ({ ...(entry as object) }))).toEqual([
      { kind: 'admin_changed', user_id: ann.id, is_admin: true },
      { kind: 'admin_changed', user_id: ann.id, is_admin: false },
    ]);
    await snug.restart();
    for (const token of [ann.token, during]) {
      expect((await snug.auth.verify(token)).admin).toBeUndefined();
      expect(await codeOf(as({ token }, '/users'))).toBe('NOT_AN_ADMIN');
    }
    expect(snug.auth.isAdmin(ann.id)).toBe(false);
    expect(snug.auth.isAdmin(root.id)).toBe(true);
  });

  test('that changes nothing is no news', async () => {
    const heard: unknown[] = [];
    snug.auth.onFeed((entry) => heard.push(entry));
    expect((await put(root, `/users/${root.id}/admin`, { is_admin: true })).body.is_admin).toBe(true);
    expect(heard).toEqual([]);
  });
});
