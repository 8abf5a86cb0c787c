import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { FeedEntry } from '@snug/protocol';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bootAuth, CONSOLE, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
beforeEach(async () => {
  snug = await bootAuth();
  await snug.auth.createAdmin('root', PASSWORD);
});
afterEach(() => snug.close());

const end = (token: string, body: Record<string, unknown> = {}, query = '') =>
  snug.call(`/auth/me${query}`, { method: 'DELETE', token, body: { password: PASSWORD, messages: 'keep', ...body } });
const disk = () => Buffer.concat(readdirSync(snug.data).map((file) => readFileSync(join(snug.data, file))));
const hashOf = (id: string): string => {
  const db = new DatabaseSync(join(snug.data, 'auth.db'), { readOnly: true });
  const hash = db.prepare('SELECT password_hash FROM accounts WHERE id = ?').get(id)?.password_hash as string;
  db.close();
  return hash;
};

describe('[ADMIN10] deleting one’s account', () => {
  test('ends every session and tells the feed, in an order that says why', async () => {
    const here = (await snug.register('ann')).body;
    const there = (await snug.login('ann')).body;
    const heard: FeedEntry[] = [];
    snug.auth.onFeed((entry) => heard.push(entry));
    const answer = await end(here.access_token, { messages: 'anonymise' });
    expect([answer.status, answer.body]).toEqual([204, '']);
    expect(heard.map(({ kind }) => kind)).toEqual(['account_deleted', 'session_revoked', 'session_revoked']);
    expect(heard[0]).toMatchObject({ user_id: here.user.id, messages: 'anonymise' });
    for (const { access_token, refresh_token } of [here, there]) {
      await expect(snug.auth.verify(access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
      expect((await snug.refresh(refresh_token)).body.code).toBe('REFRESH_INVALID');
    }
    expect((await snug.login('ann')).body.code).toBe('BAD_CREDENTIALS');
    await expect(snug.auth.openSession(here.user.id)).rejects.toMatchObject({ code: 'UNKNOWN_USER' });
    await snug.restart();
    await expect(snug.auth.verify(there.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
  });

  test('takes the password, in the body, and what becomes of the messages', async () => {
    const { access_token: token, user } = (await snug.register('ann')).body;
    expect((await end(token, { password: 'guess' })).body.code).toBe('BAD_CREDENTIALS');
    expect((await end(token, { messages: 'burn' })).body.code).toBe('INVALID_PARAMS');
    expect((await end(token, { messages: undefined })).body.code).toBe('INVALID_PARAMS');
    const inQuery = await snug.call(`/auth/me?messages=keep&password=${encodeURIComponent(PASSWORD)}`, {
      method: 'DELETE',
      token,
    });
    expect(inQuery.body.code).toBe('INVALID_PARAMS');
    expect((await snug.auth.admin.getUser(user.id)).state).toBe('active');
  });

  test('waits until servers are handed over, for administrators too', async () => {
    const { access_token: token, user } = (await snug.register('ann')).body;
    snug.owners.add(user.id);
    expect((await end(token)).body.code).toBe('OWNS_SERVERS');
    const root = (await snug.login('root')).body.access_token;
    const path = `/admin/users/${user.id}?messages=keep`;
    expect((await snug.call(path, { method: 'DELETE', token: root })).body.code).toBe('OWNS_SERVERS');
    expect((await snug.login('ann')).status).toBe(200);
    snug.owners.delete(user.id);
    expect((await end(token)).status).toBe(204);
  });

  test('[ADMIN4] is not for the last administrator', async () => {
    const root = (await snug.login('root')).body;
    expect((await end(root.access_token)).body.code).toBe('LAST_ADMIN');
    const ann = (await snug.register('ann')).body;
    await snug.auth.admin.setAdmin(ann.user.id, true, CONSOLE);
    expect((await end(root.access_token)).status).toBe(204);
    expect(snug.auth.isAdmin(root.user.id)).toBe(false);
    await snug.restart();
    expect(snug.auth.needsOwner()).toBe(false);
  });

  test('twice at once is once, and takes the cookie along', async () => {
    const ann = await snug.call<{ access_token: string }>('/auth/register', {
      body: { username: 'ann', password: PASSWORD },
    });
    const cookie = { headers: { cookie: ann.cookie } };
    const call = { method: 'DELETE', token: ann.body.access_token, body: { password: PASSWORD, messages: 'keep' } };
    const answers = await Promise.all([1, 2].map(() => snug.call('/auth/me', { ...call, ...cookie })));
    const codes = answers.map(({ status, body }) => body.code ?? status).toSorted();
    expect(codes).toEqual([204, 'SESSION_REVOKED']);
    expect(answers.find(({ status }) => status === 204)?.set_cookie).toMatch(/^snug_refresh=;/);
    const { entries } = await snug.auth.feedSince(0);
    expect(entries.filter(({ kind }) => kind === 'account_deleted')).toHaveLength(1);
  });

  test('who signs in while it ends is outside afterwards', async () => {
    const { access_token: token, user } = (await snug.register('ann')).body;
    const logins = Array.from({ length: 4 }, () => snug.login('ann'));
    const ended = end(token);
    const grants = await Promise.all([...logins, ended.then(() => snug.login('ann'))]);
    expect((await ended).status).toBe(204);
    for (const { status, body } of grants) {
      if (status === 200)
        await expect(snug.auth.verify(body.access_token)).rejects.toMatchObject({ code: 'SESSION_REVOKED' });
      else expect(body.code).toBe('BAD_CREDENTIALS');
    }
    const db = new DatabaseSync(join(snug.data, 'auth.db'), { readOnly: true });
    expect(db.prepare('SELECT count(*) AS left FROM sessions WHERE user_id = ?').get(user.id)?.left).toBe(0);
    db.close();
  });

  test('a password that is changed while the account ends is not set on what is left of it', async () => {
    const { access_token: token, user } = (await snug.register('ann')).body;
    const change = { current_password: PASSWORD, new_password: 'another idea entirely' };
    const [changed, ended] = await Promise.all([snug.call('/auth/password', { token, body: change }), end(token)]);
    expect([changed.status, ended.status]).toContain(204);
    const gone = (await snug.auth.admin.getUser(user.id)).state === 'deleted';
    expect(gone ? hashOf(user.id) : null).toBeNull();
  });
});

describe('[ADMIN11] what is left of it', () => {
  test('is not its name, its address, its display name, its former names or its password hash', async () => {
    const { access_token: token, user } = (
      await snug.register('wilhelmina', { email: 'wilma@lighthouse.example', display_name: 'Wilma of the Lighthouse' })
    ).body;
    await snug.call('/auth/me', { method: 'PATCH', token, body: { username: 'brunhilde', password: PASSWORD } });
    await snug.call('/auth/me', { method: 'PATCH', token, body: { username: 'Ortrud', password: PASSWORD } });
    const hash = hashOf(user.id).split('$').slice(-2);
    const words = ['wilhelmina', 'brunhilde', 'Ortrud', 'ortrud', 'wilma@lighthouse.example', 'Wilma of the', ...hash];
    const before = disk();
    for (const word of words) expect(before.includes(word), `the premise: ${word} was there`).toBe(true);
    expect((await end(token, { messages: 'erase' })).status).toBe(204);
    const after = disk();
    for (const word of words) expect(after.includes(word), word).toBe(false);
    expect(snug.lines.join('')).not.toMatch(/wilhelmina|brunhilde|ortrud|wilma/i);
  });

  test('frees the name and the address for others', async () => {
    const { access_token: token } = (await snug.register('ann', { email: 'ann@example.org' })).body;
    await end(token);
    const next = await snug.register('ANN', { email: 'ANN@example.org' });
    expect(next.status).toBe(201);
    expect((await snug.login('ann@example.org')).body.user.id).toBe(next.body.user.id);
  });

  test('among many accounts nothing of the deleted ones, and everything of the others', async () => {
    // Pages fill up, split and are reused: that is where bytes of before could stay behind.
    const names = Array.from({ length: 400 }, (_, i) => `guest${String(i).padStart(3, '0')}q${'y'.repeat(i % 19)}`);
    const made = new Map<string, string>();
    for (const username of names) made.set(username, (await snug.auth.createAccount({ username })).id);
    const gone = names.filter((_, i) => i % 3 !== 0);
    for (const name of gone) {
      await snug.auth.admin.deleteUser(made.get(name) as string, 'erase', CONSOLE, { get: notAsked, update: notAsked });
    }
    const left = new Set(
      disk()
        .toString('latin1')
        .match(/guest\d{3}q/g),
    );
    const beginning = (name: string) => name.slice(0, 'guest000q'.length);
    expect([...left].toSorted()).toEqual(names.filter((name) => !gone.includes(name)).map(beginning));
  });

  test('as soon as nobody else reads the write-ahead log, where somebody did', async () => {
    const { access_token: token } = (await snug.register('wilhelmina')).body;
    const reader = new DatabaseSync(join(snug.data, 'auth.db'), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM accounts').get();
    expect((await end(token)).status).toBe(204);
    expect(disk().includes('wilhelmina'), 'the premise: the reader keeps it').toBe(true);
    expect((await snug.register('bob')).status).toBe(201);
    reader.close();
    await expect.poll(() => disk().includes('wilhelmina')).toBe(false);
  });
});

describe('[ADMIN12] the feed', () => {
  test('can be read again from any number on, by whoever was down', async () => {
    const ann = (await snug.register('ann')).body;
    await snug.call('/auth/me', {
      method: 'PATCH',
      token: ann.access_token,
      body: { username: 'anna', password: PASSWORD },
    });
    const before = await snug.auth.feedSince(0);
    const renamed = before.entries.at(-1) as FeedEntry;
    expect(renamed).toMatchObject({ kind: 'account_renamed', username: 'anna' });
    await end(ann.access_token, { messages: 'erase' });
    await snug.restart();
    const { entries, head } = await snug.auth.feedSince(renamed.seq);
    expect(entries.map(({ kind, messages }) => ({ kind, messages }))).toEqual([
      { kind: 'account_deleted', messages: 'erase' },
      { kind: 'session_revoked', messages: undefined },
    ]);
    expect(head).toBe(renamed.seq + 2);
    // The past says no name any more, and keeps its numbers.
    const past = (await snug.auth.feedSince(0)).entries;
    expect(past[renamed.seq - 1]).toEqual({
      seq: renamed.seq,
      at: renamed.at,
      kind: 'account_renamed',
      user_id: ann.user.id,
    });
  });

  test('says of every administrator that there is one, the first included', async () => {
    await snug.close();
    snug = await bootAuth();
    const invite = await snug.auth.firstStartToken();
    const ann = (await snug.register('ann', { invite })).body;
    const { entries } = await snug.auth.feedSince(0);
    expect(entries).toEqual([
      { seq: 1, at: snug.clock.ms, kind: 'admin_changed', user_id: ann.user.id, is_admin: true },
    ]);
  });
});

const notAsked = () => Promise.reject(new Error('nobody asks for a profile here'));
