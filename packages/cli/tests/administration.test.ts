import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startServer } from '@snug/server';
import { ok, rawRest, refusalOf, signIn, signUp, testSettings } from '@snug/testkit';
import { describe, expect, test } from 'vitest';
import { Workplace } from './run-snug.ts';

/** A folder with `ada`, who administers, and `bob`. */
async function peopled(): Promise<Workplace> {
  const place = new Workplace();
  await place.snug(['admin', 'create', '--username', 'ada', '--password', 'correct horse battery']);
  await served(place, (url) => signUp(url, 'bob', { email: 'bob@example.org' }));
  return place;
}

/** Runs a server on the folder that the commands worked on. */
async function served<T>(place: Workplace, work: (url: string) => Promise<T>): Promise<T> {
  const instance = await startServer(testSettings(join(place.folder, 'data')), { write: () => {} });
  try {
    return await work(instance.url);
  } finally {
    await instance.stop();
  }
}

async function json<T>(place: Workplace, ...args: string[]): Promise<T> {
  const { code, stdout, stderr } = await place.snug([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
}

describe('user', () => {
  test('[CLI13] list and show find accounts as administrators do', async () => {
    using place = await peopled();
    const page = await json<{ items: { username: string }[] }>(place, 'user', 'list', '--query', 'BOB@');
    expect(page.items).toMatchObject([{ username: 'bob', state: 'active', is_admin: false }]);
    const { stdout } = await place.snug(['user', 'list']);
    expect(stdout).toMatch(/^\w{26} {2}ada {2}- {16}active, administrator {2}/m);
    expect(stdout).toMatch(/^\w{26} {2}bob {2}bob@example\.org {2}active {16}/m);
    const bob = await json<{ id: string }>(place, 'user', 'show', '@Bob');
    expect(await json(place, 'user', 'show', bob.id)).toEqual(bob);
    const first = await place.snug(['user', 'list', '--limit', '1']);
    const after = /--after (\w{26})/.exec(first.stderr)?.[1] as string;
    expect((await place.snug(['user', 'list', '--after', after])).stdout).toMatch(/bob/);
  });

  test('[ADMIN3] suspend and restore', async () => {
    using place = await peopled();
    expect(await place.snug(['user', 'suspend', 'bob', '--reason', 'spam'])).toMatchObject({
      code: 0,
      stdout: 'bob: suspended\n',
    });
    await served(place, async (url) => expect(await refusalOf(login(url, 'bob'))).toBe('ACCOUNT_SUSPENDED'));
    expect(await json(place, 'user', 'restore', 'bob')).toMatchObject({ state: 'active' });
    await served(place, (url) => signIn(url, 'bob'));
  });

  test('[ADMIN4] promote and demote, and the last administrator stays', async () => {
    using place = await peopled();
    expect((await place.snug(['user', 'demote', 'ada'])).stderr).toMatch(/^snug: LAST_ADMIN: /);
    expect((await place.snug(['user', 'promote', 'bob'])).stdout).toBe('bob: active, administrator\n');
    expect((await place.snug(['user', 'demote', 'ada'])).code).toBe(0);
    await served(place, async (url) => {
      expect((await signIn(url, 'bob')).is_admin).toBe(true);
      expect((await signIn(url, 'ada', 'correct horse battery')).is_admin).toBe(false);
    });
  });

  test('[ADMIN6] reset-password prints a link that works once', async () => {
    using place = await peopled();
    const args = ['user', 'reset-password', 'bob', '--public-url', 'https://chat.example.org'];
    const { stdout } = await place.snug(args);
    expect(stdout).toMatch(/^https:\/\/chat\.example\.org\/reset\?token=[\w-]{43}\n$/);
    const token = new URL(stdout.trim()).searchParams.get('token') as string;
    await served(place, async (url) => {
      const body = { token, new_password: 'battery staple horse' };
      await ok(rawRest(url).post('/api/v1/auth/password_reset', body));
      expect(await refusalOf(rawRest(url).post('/api/v1/auth/password_reset', body))).toBe('RESET_INVALID');
      await signIn(url, 'bob', 'battery staple horse');
    });
  });

  test('[ADMIN11] delete is meant, and frees the name', async () => {
    using place = await peopled();
    const bare = await place.snug(['user', 'delete', 'bob', '--messages', 'erase']);
    expect(bare).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
    expect((await place.snug(['user', 'delete', 'bob', '--yes'])).stderr).toMatch(/--messages/);
    const done = await place.snug(['user', 'delete', 'bob', '--messages', 'erase', '--yes']);
    expect(done).toMatchObject({ code: 0, stdout: 'bob is deleted.\n' });
    expect((await place.snug(['user', 'show', 'bob'])).stderr).toBe('snug: there is no account bob\n');
    await served(place, async (url) => {
      expect(await refusalOf(login(url, 'bob'))).toBe('BAD_CREDENTIALS');
      await signUp(url, 'bob');
    });
  });

  test.each([
    [['user', 'suspend', 'nobody'], 1, 'there is no account nobody'],
    [['user', 'show', '01ARZ3NDEKTSV4RRFFQ69G5FAV'], 1, 'there is no account 01ARZ3NDEKTSV4RRFFQ69G5FAV'],
    [['user', 'suspend', 'bob', '--reason', 'x'.repeat(501)], 2, '--reason'],
    [['user', 'list', '--state', 'gone'], 2, '--state'],
    [['user', 'list', '--after', 'x'], 1, 'INVALID_PARAMS'],
    [['user', 'delete', 'bob', '--messages', 'burn', '--yes'], 2, '--messages'],
    [['instance', 'set', 'registration', 'sometimes'], 2, 'open, invite, closed, configured'],
    [['instance', 'set', 'theme', 'snug'], 2, 'registration'],
    [['audit', 'instance', '--action', 'gossip'], 2, '--action'],
    [['invite', 'revoke', 'x'], 2, 'not the id of an invite'],
  ])('[CLI2] %j is refused', async (args, expected, message) => {
    using place = await peopled();
    const { code, stderr } = await place.snug(args);
    expect([code, stderr]).toEqual([expected, expect.stringContaining(message)]);
  });
});

describe('instance', () => {
  test('[ADMIN8] set registration lasts, and wins over the settings until it is given back', async () => {
    using place = await peopled();
    expect((await place.snug(['instance', 'show'])).stdout).toBe('registration: invite, as configured\n');
    const { stdout } = await place.snug(['instance', 'set', 'registration', 'closed', '--reason', 'full']);
    expect(stdout).toBe('registration: closed, chosen by an administrator (configured: invite)\n');
    // These settings say `open`.
    await served(place, async (url) => {
      await expect(signUp(url, 'cat')).rejects.toThrow(/REGISTRATION_CLOSED/);
    });
    expect(await json(place, 'instance', 'set', 'registration', 'configured')).toMatchObject({
      registration: 'invite',
    });
    await served(place, (url) => signUp(url, 'cat'));
  });

  test('[CLI13] invites shows those there are, and `invite revoke` ends one', async () => {
    using place = await peopled();
    const made = await json<{ id: string; token: string }>(place, 'invite', 'create', '--note', 'choir');
    const { stdout } = await place.snug(['instance', 'invites']);
    expect(stdout).toMatch(new RegExp(`^${made.id} {2}0 of 1 used {2}until \\S+ {2}choir\n$`));
    expect(stdout).not.toContain(made.token);
    expect((await place.snug(['invite', 'revoke', made.id])).code).toBe(0);
    expect((await place.snug(['instance', 'invites'])).stdout).toContain('revoked');
    expect((await place.snug(['invite', 'revoke', made.id])).stderr).toMatch(/INVITE_INVALID/);
  });
});

describe('audit instance', () => {
  test('[ADMIN9] tells what the command line did, and what others did', async () => {
    using place = await peopled();
    await place.snug(['user', 'suspend', 'bob', '--reason', 'spam']);
    await served(place, async (url) => {
      const ada = await signIn(url, 'ada', 'correct horse battery');
      const { id } = await json<{ id: string }>(place, 'user', 'show', 'bob');
      await ok(ada.rest.delete(`/api/v1/admin/users/${id}/suspension`));
    });
    await place.snug(['instance', 'set', 'registration', 'open']);
    const lines = (await place.snug(['audit', 'instance'])).stdout.trimEnd().split('\n');
    expect(lines.map((line) => line.split(/ {2,}/).slice(1))).toEqual([
      ['instance.update', 'by command line', 'instance', 'registration=open'],
      ['user.restore', 'by ada', 'bob'],
      ['user.suspend', 'by command line', 'bob', 'spam'],
      ['admin.create', 'by command line', 'ada'],
    ]);
    const by = await json<{ items: unknown[] }>(place, 'audit', 'instance', '--actor', 'ada', '--target', 'bob');
    expect(by.items).toHaveLength(1);
    const first = await place.snug(['audit', 'instance', '--limit', '3']);
    const before = /--before (\w{26})/.exec(first.stderr)?.[1] as string;
    expect((await place.snug(['audit', 'instance', '--before', before])).stdout).toContain('admin.create');
  });
});

describe('while an instance runs', () => {
  test('[CLI11] what changes something is refused by name; [CLI13] what only looks is not', async () => {
    using place = await peopled();
    await served(place, async () => {
      for (const args of [
        ['user', 'suspend', 'bob'],
        ['user', 'delete', 'bob', '--messages', 'keep', '--yes'],
        ['user', 'reset-password', 'bob'],
        ['instance', 'set', 'registration', 'open'],
      ]) {
        const { code, stderr } = await place.snug(args);
        expect([code, stderr]).toEqual([1, expect.stringContaining('INSTANCE_RUNNING')]);
      }
      for (const args of [
        ['user', 'list'],
        ['user', 'show', 'bob'],
        ['instance', 'show'],
        ['instance', 'invites'],
        ['audit', 'instance'],
      ]) {
        expect((await place.snug(args)).code, args.join(' ')).toBe(0);
      }
    });
  });

  test('[CLI13] looking where there is no instance says so, and makes none', async () => {
    using place = new Workplace();
    for (const args of [
      ['user', 'list'],
      ['instance', 'show'],
      ['audit', 'instance'],
    ]) {
      expect(await place.snug(args)).toMatchObject({ code: 1, stderr: 'snug: there is no instance in ./data\n' });
    }
    expect(existsSync(join(place.folder, 'data'))).toBe(false);
  });
});

const login = (url: string, username: string) =>
  rawRest(url).post('/api/v1/auth/login', {
    login: username,
    password: 'correct horse battery',
    token_delivery: 'body',
  });
