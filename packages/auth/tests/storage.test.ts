import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createLogger, createRegistry } from '@snug/edge';
import { afterEach, expect, test } from 'vitest';
import { createAuth } from '../src/index.ts';
import { MIGRATIONS } from '../src/store/sqlite/migrations.ts';
import { openDatabase } from '../src/store/sqlite/open-database.ts';
import { openSqliteStore } from '../src/store/sqlite/open-sqlite-store.ts';
import { tokenHash } from '../src/tokens/token-hash.ts';
import { bootAuth, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture | undefined;
const folders: string[] = [];
afterEach(async () => {
  await snug?.close();
  snug = undefined;
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'snug-auth-'));
  folders.push(path);
  return path;
}

test('[LOG15] the data folder and every file in it are for their owner only', async () => {
  const data = join(folder(), 'data');
  const store = await openSqliteStore(join(data, 'auth.db'), () => {});
  await store.start({ refresh_key: 'x', at: 0 });
  expect(statSync(data).mode & 0o777).toBe(0o700);
  const files = readdirSync(data);
  // Needs the log beside the database to mean anything.
  expect(files.sort()).toEqual(['auth.db', 'auth.db-shm', 'auth.db-wal']);
  for (const file of files) expect(statSync(join(data, file)).mode & 0o777, file).toBe(0o600);
  await store.close();
});

test('[LOG8] the database is durable, and wipes what it deletes', () => {
  const file = join(folder(), 'auth.db');
  const db = openDatabase(file);
  expect(db.get('PRAGMA journal_mode')).toMatchObject({ journal_mode: 'wal' });
  expect(db.get('PRAGMA synchronous')).toMatchObject({ synchronous: 2 });
  expect(db.get('PRAGMA secure_delete')).toMatchObject({ secure_delete: 1 });
  db.close();
});

test('a database of a later version, or one that is none, stops the start with a reason', async () => {
  const later = join(folder(), 'auth.db');
  openDatabase(later).close();
  const raw = new DatabaseSync(later);
  raw.exec('PRAGMA user_version = 99');
  raw.close();
  await expect(openSqliteStore(later, () => {})).rejects.toThrow(/schema 99/);

  const data = folder();
  mkdirSync(join(data, 'auth.db'));
  const options = { logger: createLogger({ level: 'silent' }), registry: createRegistry() };
  const settings = {
    data,
    issuer: 'snug',
    algorithm: 'EdDSA',
    access_token_ttl: 900,
    refresh_token_ttl: 900,
    registration: 'open',
    rate_limits: 'off',
    origins: [],
  } as const;
  await expect(createAuth({ settings, ...options })).rejects.toThrow();
});

test('a database of the first version goes on: who was seen when, and the feed names its administrators', async () => {
  const file = join(folder(), 'auth.db');
  const old = new DatabaseSync(file);
  old.exec(MIGRATIONS[0] as string);
  old.exec('PRAGMA user_version = 1');
  const add = old.prepare(
    `INSERT INTO accounts (id, username, username_key, display_name, is_admin, created_at) VALUES (?, ?, ?, ?, ?, 5)`,
  );
  add.run('1', 'Ann', 'ann', 'Ann', 1);
  add.run('2', 'Bob', 'bob', 'Bob', 0);
  old.exec(
    `INSERT INTO sessions (id, user_id, current_hash, created_at, last_seen_at, expires_at, access_until, user_agent, address)
     VALUES ('s', '2', 'x', 1, 7, 9, 9, '', '')`,
  );
  old.close();
  const store = await openSqliteStore(file, () => {});
  expect(await store.start({ refresh_key: 'x', at: 0 })).toMatchObject({ admins: ['1'], registration: null });
  expect((await store.feed(0, 10)).entries).toEqual([
    { seq: 1, at: 5, kind: 'admin_changed', user_id: '1', is_admin: true },
  ]);
  expect([(await store.account('1'))?.last_seen_at, (await store.account('2'))?.last_seen_at]).toEqual([null, 7]);
  await store.close();
});

test('[E10] a call after the end is refused by name, and one before it is answered', async () => {
  const store = await openSqliteStore(join(folder(), 'auth.db'), () => {});
  const asked = store.keys();
  const closed = store.close();
  expect(await asked).toEqual([]);
  await closed;
  expect(store.isOpen()).toBe(false);
  await expect(store.keys()).rejects.toMatchObject({ code: 'SHUTTING_DOWN' });
});

const account = (id: string, name: string) => ({
  id,
  username: name,
  username_key: name,
  email: null,
  email_key: null,
  display_name: name,
  password_hash: null,
  is_admin: false,
  created_at: 0,
});

const ACT = { id: 'act', at: 0, actor_id: null, reason: '' };

test('a transaction that fails half way leaves nothing of its first half', async () => {
  const store = await openSqliteStore(join(folder(), 'auth.db'), () => {});
  const session = {
    id: 's',
    user_id: 'somebody else, who does not exist',
    refresh_hash: 'x',
    created_at: 0,
    last_seen_at: 0,
    expires_at: 1,
    access_until: 1,
    user_agent: '',
    address: '',
  };
  const admission = { configured: 'open', invite_hash: null, at: 0 } as const;
  await expect(store.register(account('1', 'ann'), session, admission, ACT)).rejects.toThrow(/FOREIGN KEY/);
  expect(await store.account('1')).toBeNull();
  // And the connection goes on.
  await store.register(account('1', 'ann'), { ...session, user_id: '1' }, admission, ACT);
  expect(await store.account('1')).toMatchObject({ username: 'ann' });
  await store.close();
});

test('a transaction that is refused leaves nothing, and no entry in the feed', async () => {
  const store = await openSqliteStore(join(folder(), 'auth.db'), () => {});
  await store.addAccount(account('1', 'ann'), ACT);
  await store.addAccount(account('2', 'bob'), ACT);
  const heard: unknown[] = [];
  store.onFeed((entry) => heard.push(entry));
  const change = { user_id: '2', username: { name: 'Ann', key: 'ann' }, display_name: 'Ann', at: 0 };
  await expect(store.updateAccount(change)).rejects.toMatchObject({ code: 'USERNAME_TAKEN' });
  expect(await store.account('2')).toMatchObject({ username: 'bob', display_name: 'bob' });
  expect(heard).toEqual([]);
  expect((await store.feed(0, 10)).entries).toEqual([]);
  await store.close();
});

test('[AUTH18] [AUTH20] no password, token or cookie is in the log, or in the database as it was given out', async () => {
  snug = await bootAuth({ registration: 'invite' });
  const first = await snug.auth.firstStartToken();
  const ann = (await snug.register('ann', { invite: first, email: 'ann@example.org' })).body;
  const invite = (await snug.call<{ token: string }>('/auth/invites', { token: ann.access_token, body: {} })).body
    .token;
  await snug.auth.openRegistration({ code: 'lampcode1', max_uses: 0, expires_at: null, created_by: ann.user.id });
  await snug.register('bob', { invite, password: 'another password' });
  await snug.register('cat', { invite: 'lampcode1' });
  const login = await snug.call('/auth/login', { body: { login: 'ann', password: PASSWORD } });
  const refreshed = await snug.call('/auth/refresh', { body: {}, headers: { cookie: login.cookie } });
  const ticket = (await snug.call<{ ticket: string }>('/auth/tickets', { token: ann.access_token, body: {} })).body
    .ticket;
  const rotated = (await snug.refresh(ann.refresh_token)).body;
  await snug.login('ann', 'a wrong password');
  await snug.auth.createInvite({ created_by: null });

  const value = (cookie: string) => cookie.split('=')[1] as string;
  const tokens = [ann.refresh_token, rotated.refresh_token, value(login.cookie), value(refreshed.cookie)];
  const secrets = [
    PASSWORD,
    'another password',
    'a wrong password',
    first as string,
    invite,
    'lampcode1',
    ticket,
    ann.access_token,
    ...tokens,
    ...tokens.map((token) => token.split('.')[1] as string),
  ];
  const log = snug.lines.join('\n');
  // Needs requests in the log, and hashes in the database, to mean anything.
  expect(log).toContain('/api/v1/auth/login');
  const disk = Buffer.concat(readdirSync(snug.data).map((file) => readFileSync(join(snug?.data as string, file))));
  expect(disk.includes(tokenHash(invite))).toBe(true);
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(8);
    expect(log.includes(secret), `log: ${secret}`).toBe(false);
    expect(disk.includes(secret), `disk: ${secret}`).toBe(false);
    // Nor as bytes: a token is base64url of something.
    expect(disk.includes(Buffer.from(secret, 'base64url').subarray(0, 24)), `bytes: ${secret}`).toBe(false);
  }
});
