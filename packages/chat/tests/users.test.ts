import { join as path } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Channel, LIMITS, type Problem, type Ready, type User, type UserSettings } from '@snug/protocol';
import { createServer, identify, join, ok, type Person, startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HistoryImport } from '../src/import/history-import.ts';
import { actor, perform } from './people.ts';

let instance: TestInstance;
let clock = Date.parse('2026-11-20T09:00:00Z');
beforeAll(async () => {
  instance = await startInstance({ now: () => clock });
});
afterAll(() => instance[Symbol.asyncDispose]());

const API = '/api/v1';
/** What an answer has beside its result where it is a refusal. */
type Refused = Pick<Problem, 'code'>;
let made = 0;
/** A profile begins with the first sight of a token. */
async function newcomer(name = `person${++made}`, display_name = name): Promise<Person> {
  const person = await instance.signUp(name);
  await ok(person.rest.patch(`${API}/users/@me`, { display_name }));
  return person;
}
const pair = (): Promise<[Person, Person]> => Promise.all([newcomer(), newcomer()]);
const get = (who: Pick<Person, 'rest'>, ref: string) => who.rest.get<User & Refused>(`${API}/users/${ref}`);
const change = (who: Person, settings: Partial<UserSettings>) =>
  ok(who.rest.patch<UserSettings>(`${API}/users/@me/settings`, settings));
const block = (who: Person, whom: Person) =>
  ok(who.rest.put(`${API}/users/@me/relationships/${whom.id}`, { type: 'blocked' }));

async function meet(a: Person, b: Person): Promise<void> {
  const { server } = await createServer(a);
  await join(a, server.id, b);
}

/** Names a search gives, all pages of it. */
async function search(who: Person, q: string, limit = 2): Promise<string[]> {
  const names: string[] = [];
  for (let after: string | undefined; ; ) {
    const query = `q=${encodeURIComponent(q)}&limit=${limit}${after === undefined ? '' : `&after=${after}`}`;
    const { items, has_more } = await ok(
      who.rest.get<{ items: User[]; has_more: boolean }>(`${API}/users/search?${query}`),
    );
    names.push(...items.map(({ username }) => username));
    if (!has_more) return names;
    expect(items).toHaveLength(limit);
    after = items.at(-1)?.id;
  }
}

describe('profiles', () => {
  test('[USER1] by id or username; a stranger sees who it is and not how they are', async () => {
    const [ada, bo] = await pair();
    await ok(bo.rest.patch(`${API}/users/@me`, { custom_status: 'out for tea', bio: 'tea' }));
    const { gateway } = await identify(instance.url, bo.token);
    for (const ref of [bo.id, bo.username, bo.username.toUpperCase()])
      expect((await get(ada, ref)).body).toMatchObject({ id: bo.id, bio: 'tea', custom_status: '', status: 'offline' });
    await meet(ada, bo);
    expect((await get(ada, bo.username)).body).toMatchObject({ custom_status: 'out for tea', status: 'online' });
    await gateway.close();
  });

  test('[USER1] who hides is as if not there, but to those who share a place', async () => {
    const [ada, bo] = await pair();
    await change(bo, { is_findable: false });
    const hidden = await get(ada, bo.id);
    const missing = await get(ada, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
    expect(hidden.status).toBe(404);
    expect({ ...hidden.body, trace_id: '' }).toEqual({ ...missing.body, trace_id: '' });
    await meet(ada, bo);
    expect((await get(ada, bo.id)).status).toBe(200);
  });

  test('[USER4] who blocks me does not know me any more, as a stranger', async () => {
    const [ada, bo] = await pair();
    await block(bo, ada);
    expect((await get(ada, bo.username)).body.code).toBe('UNKNOWN_USER');
    // Whom one blocks one still sees, to end it.
    expect((await get(bo, ada.username)).status).toBe(200);
  });

  test('[USER2] signed out only a public profile is shown, and of that what strangers see', async () => {
    const [ada, bo] = await pair();
    await ok(ada.rest.patch(`${API}/users/@me`, { custom_status: 'for friends', bio: 'for all' }));
    const nobody = { rest: instance.rest() };
    const revoked = { rest: instance.rest('not.a.token') };
    for (const who of [nobody, revoked]) expect((await get(who, ada.username)).body.code).toBe('UNKNOWN_USER');
    await change(ada, { public_profile: true });
    for (const who of [nobody, revoked])
      expect((await get(who, ada.username)).body).toMatchObject({
        id: ada.id,
        bio: 'for all',
        custom_status: '',
        status: 'offline',
      });
    expect((await get(nobody, bo.username)).body.code).toBe('UNKNOWN_USER');
    // Hiding from the search does not take a public page away, nor does a block: whoever signs out sees it anyway.
    await change(ada, { is_findable: false });
    await block(ada, bo);
    expect((await get(bo, ada.username)).body).toMatchObject({ bio: 'for all', custom_status: '' });
  });

  test('[USER5] [E24] an imported author is known to those who can read them, and to nobody else', async () => {
    const { chat } = instance.running;
    const [owner, stranger] = [actor(901), actor(902)];
    const server = await perform<{ id: string; channels: Channel[] }>(chat, owner, 'server.create', {
      name: 'Imported',
    });
    await perform(chat, stranger, 'user.me');
    const importer = new HistoryImport(chat, owner, () => clock);
    const channel_id = await importer.channel(server.id, 'history');
    const author = await importer.author(server.id, 'irc', 'old hand');
    await importer.message({
      channel_id,
      author_id: author.id,
      at: clock - 1000,
      content: 'once',
      type: 'default',
      source: 'a:1',
    });
    await importer.finish();
    expect(await perform<User>(chat, owner, 'user.get', { user_id: author.id })).toMatchObject({
      display_name: 'old hand',
    });
    await expect(perform(chat, stranger, 'user.get', { user_id: author.id })).rejects.toThrow('no such user');
    const { items } = await perform<{ items: User[] }>(chat, owner, 'user.search', { q: 'old hand' });
    expect(items).toEqual([]);
  });
});

describe('search', () => {
  test('[USER3] the start of either name, without case, in the order of the name that fits, page by page', async () => {
    const ada = await newcomer();
    await newcomer('zoe-quill', 'Quince');
    await newcomer('quill', 'Quill');
    await newcomer('Quillon', 'somebody else');
    await newcomer('nothing-like-it', 'no quill at the start');
    for (const limit of [1, 2, 50]) expect(await search(ada, 'QUI', limit)).toEqual(['quill', 'Quillon', 'zoe-quill']);
    expect(await search(ada, 'quill')).toEqual(['quill', 'Quillon']);
    expect(await search(ada, 'quillx')).toEqual([]);
    expect(await search(ada, 'Quince')).toEqual(['zoe-quill']);
    const empty = await ada.rest.get<Problem>(`${API}/users/search?q=`);
    expect(empty.body.code).toBe('INVALID_PARAMS');
  });

  test('[USER3] a name of any script, and one that begins with what follows another', async () => {
    const ada = await newcomer();
    await newcomer('straße-1', 'Ωmega 𝔘nicode');
    await newcomer('straße-2', '𐐨deseret');
    expect(await search(ada, 'STRA')).toEqual(['straße-1', 'straße-2']);
    expect(await search(ada, 'ω')).toEqual(['straße-1']);
    expect(await search(ada, '𐐀d')).toEqual(['straße-2']);
    expect(await search(ada, '%')).toEqual([]);
  });

  test('[USER4] neither finds the other where one blocks; who hides is found by friends and in shared places', async () => {
    const [ada, eve] = await pair();
    const [blocked, blocker, hidden] = [
      await newcomer('finch-1'),
      await newcomer('finch-2'),
      await newcomer('finch-3'),
    ];
    expect(await search(ada, 'finch-')).toEqual(['finch-1', 'finch-2', 'finch-3']);
    await block(ada, blocked);
    await block(blocker, ada);
    await change(hidden, { is_findable: false });
    expect(await search(ada, 'finch-')).toEqual([]);
    expect(await search(blocked, ada.username)).toEqual([]);
    expect(await search(eve, 'finch-')).toEqual(['finch-1', 'finch-2']);
    await meet(ada, hidden);
    expect(await search(ada, 'finch-')).toEqual(['finch-3']);
    // Nor does a shared place show them to each other here.
    await meet(ada, blocker);
    expect(await search(ada, 'finch-')).toEqual(['finch-3']);
  });

  test('[USER8] both halves of a search walk an index and sort nothing but a page', async () => {
    const db = new DatabaseSync(path(instance.data, 'chat.db'), { readOnly: true });
    const plan = db
      .prepare(
        `EXPLAIN QUERY PLAN SELECT display_key AS key, id FROM users
         WHERE display_key >= 'a' AND display_key < 'b' AND (display_key, id) > ('', '') ORDER BY display_key, id LIMIT 200`,
      )
      .all()
      .map((row) => String((row as { detail: string }).detail));
    db.close();
    expect(plan).toHaveLength(1);
    expect(plan[0]).toMatch(/USING COVERING INDEX users_by_display_key/);
  });
});

describe('settings', () => {
  test('[USER7] what one decides for oneself: defaults, changes, told to the own devices and in READY', async () => {
    const [ada] = await pair();
    const { gateway } = await identify(instance.url, ada.token);
    const before = await ok(ada.rest.get<UserSettings>(`${API}/users/@me/settings`));
    expect(before).toEqual({
      dm_from: 'servers',
      add_from: 'everyone',
      public_profile: false,
      is_findable: true,
      sends_receipts: true,
      dnd_until: null,
    });
    const until = new Date(clock + 3_600_000).toISOString();
    const after = await change(ada, { dm_from: 'friends', dnd_until: until.replace('Z', '+00:00') });
    expect(after).toEqual({ ...before, dm_from: 'friends', dnd_until: until });
    expect((await gateway.dispatch('USER_SETTINGS_UPDATE')).d).toEqual(after);
    expect(((await identify(instance.url, ada.token)).ready.d as Ready).settings).toEqual(after);
    const bad = await ada.rest.patch<Problem>(`${API}/users/@me/settings`, { dm_from: 'strangers' });
    expect(bad.body.code).toBe('INVALID_PARAMS');
    await gateway.close();
  });

  test('[USER7] two devices that change different fields at once both have their way', async () => {
    const [ada] = await pair();
    await Promise.all([
      change(ada, { dm_from: 'nobody' }),
      change(ada, { is_findable: false }),
      change(ada, { public_profile: true }),
      change(ada, { sends_receipts: false }),
    ]);
    const after = await ok(ada.rest.get<UserSettings>(`${API}/users/@me/settings`));
    expect(after).toMatchObject({ dm_from: 'nobody', is_findable: false, public_profile: true, sends_receipts: false });
  });

  test('[USER7] nobody else hears of them', async () => {
    const [ada, bo] = await pair();
    await meet(ada, bo);
    const { gateway } = await identify(instance.url, bo.token);
    await change(ada, { dm_from: 'nobody' });
    await gateway.request('user.me');
    expect(JSON.stringify(gateway.waiting())).not.toContain('dm_from');
    await gateway.close();
  });
});

describe('custom status', () => {
  const status = (who: Person, patch: object) => who.rest.patch<User & Refused>(`${API}/users/@me`, patch);

  test('[USER6] [E18] it empties itself at its time, by an event that everybody hears', async () => {
    const [ada, bo] = await pair();
    await meet(ada, bo);
    const { gateway } = await identify(instance.url, bo.token);
    const expires = new Date(clock + 60_000).toISOString();
    const set = await status(ada, { custom_status: 'brewing', custom_status_expires_at: expires });
    expect(set.body).toMatchObject({ custom_status: 'brewing', custom_status_expires_at: expires });
    await gateway.until(({ t, d }) => t === 'MEMBER_UPDATE' && JSON.stringify(d).includes('brewing'));
    clock += 61_000;
    const told = await gateway.dispatch<{ user: User }>('MEMBER_UPDATE');
    expect(told.d.user).toMatchObject({ id: ada.id, custom_status: '' });
    expect(told.d.user.custom_status_expires_at).toBeUndefined();
    expect((await ok(ada.rest.get<User>(`${API}/users/@me`))).custom_status).toBe('');
    await gateway.close();
  });

  test('[USER6] a new status without a time stays; one that is taken back takes its time along', async () => {
    const [ada] = await pair();
    const expires = new Date(clock + 60_000).toISOString();
    await ok(status(ada, { custom_status: 'one', custom_status_expires_at: expires }));
    // Another field leaves it alone.
    expect((await status(ada, { bio: 'unrelated' })).body.custom_status_expires_at).toBe(expires);
    expect((await status(ada, { custom_status: 'two' })).body.custom_status_expires_at).toBeUndefined();
    await ok(status(ada, { custom_status_expires_at: expires }));
    expect((await status(ada, { custom_status: '' })).body.custom_status_expires_at).toBeUndefined();
    const past = await status(ada, {
      custom_status: 'late',
      custom_status_expires_at: new Date(clock - 1).toISOString(),
    });
    expect(past.body.code).toBe('INVALID_PARAMS');
    expect((await status(ada, { custom_status: 'x'.repeat(LIMITS.CUSTOM_STATUS_MAX + 1) })).body.code).toBe(
      'INVALID_PARAMS',
    );
  });

  test('[USER6] what was due while the instance stood still is done at its start', async () => {
    await using own = await startInstance({ now: () => clock });
    const ada = await own.signUp('ada');
    await ok(
      ada.rest.patch(`${API}/users/@me`, {
        custom_status: 'gone soon',
        custom_status_expires_at: new Date(clock + 1000).toISOString(),
      }),
    );
    await own.stop();
    clock += 2000;
    await own.restart();
    while (own.running.chat.world.users.get(ada.id)?.user.custom_status !== '')
      await new Promise((resolve) => setTimeout(resolve, 10));
  });
});
