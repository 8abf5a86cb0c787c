import { join } from 'node:path';
import type { InvitePreview, Ready } from '@snug/protocol';
import { startServer } from '@snug/server';
import { createServer, ok, rawRest, signIn, signUp, testSettings } from '@snug/testkit';
import { describe, expect, test } from 'vitest';
import { Workplace } from './run-snug.ts';

/** Runs a server on the folder that the commands worked on. */
async function served<T>(place: Workplace, work: (url: string) => Promise<T>): Promise<T> {
  const settings = testSettings(join(place.folder, 'data'), { registration: 'invite' });
  const instance = await startServer(settings, { write: () => {} });
  try {
    return await work(instance.url);
  } finally {
    await instance.stop();
  }
}

describe('admin create', () => {
  test('[CLI10] makes an administrator, with the password from a flag or from a pipe', async () => {
    using place = new Workplace();
    const flag = await place.snug(['admin', 'create', '--username', 'ada', '--password', 'correct horse', '--json']);
    expect(JSON.parse(flag.stdout)).toMatchObject({ username: 'ada', is_admin: true });
    const piped = await place.snug(['admin', 'create', '--username', 'bo'], { input: 'battery staple\n' });
    expect(piped).toMatchObject({ code: 0, stdout: 'bo administers this instance.\n' });
    await served(place, async (url) => {
      expect((await signIn(url, 'ada', 'correct horse')).is_admin).toBe(true);
      expect((await signIn(url, 'bo', 'battery staple')).is_admin).toBe(true);
    });
  });

  test.each([
    [['--username', 'ada'], 2, /no password/],
    [['--username', 'ada', '--password', 'short'], 1, /INVALID_PARAMS: .*password/],
    [['--username', 'a b', '--password', 'correct horse'], 1, /INVALID_PARAMS: .*username/],
  ])('[CLI10] %j is refused', async (args, expected, message) => {
    using place = new Workplace();
    const { code, stderr } = await place.snug(['admin', 'create', ...args]);
    expect(code).toBe(expected);
    expect(stderr).toMatch(message);
  });

  test('[CLI10] a name that is taken is refused by name', async () => {
    using place = new Workplace();
    await place.snug(['admin', 'create', '--username', 'ada', '--password', 'correct horse']);
    const { code, stderr } = await place.snug(['admin', 'create', '--username', 'ADA', '--password', 'correct horse']);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^snug: USERNAME_TAKEN: /)]);
  });
});

describe('invite create', () => {
  test('[CLI11] to the instance: a link that makes as many accounts as it says', async () => {
    using place = new Workplace();
    const { stdout } = await place.snug([
      'invite',
      'create',
      '--max-uses',
      '2',
      '--public-url',
      'https://chat.example.org',
    ]);
    expect(stdout).toMatch(/^https:\/\/chat\.example\.org\/register\?invite=[\w-]+\n$/);
    const invite = new URL(stdout.trim()).searchParams.get('invite') as string;
    await served(place, async (url) => {
      await signUp(url, 'bo', { invite });
      await signUp(url, 'cy', { invite });
      await expect(signUp(url, 'dee', { invite })).rejects.toThrow(/INVITE_INVALID/);
    });
  });

  test('[E35] to a server: one link brings a stranger in', async () => {
    using place = new Workplace();
    await place.snug(['admin', 'create', '--username', 'ada', '--password', 'correct horse']);
    const { server } = await served(place, async (url) =>
      createServer(await signIn(url, 'ada', 'correct horse'), 'Parlour'),
    );
    const made = await place.snug(['invite', 'create', '--server-id', server.id, '--max-uses', '100', '--json']);
    const { code, url: link, max_uses, created_by } = JSON.parse(made.stdout) as Record<string, string>;
    expect({ max_uses, created_by }).toEqual({ max_uses: 100, created_by: server.owner_id });
    expect(link).toBe(`http://localhost:8080/invite/${code}`);
    await served(place, async (url) => {
      const preview = await ok(rawRest(url).get<InvitePreview>(`/api/v1/invites/${code}`));
      expect(preview).toMatchObject({ opens_registration: true, server: { name: 'Parlour' } });
      const stranger = await signUp(url, 'bo', { invite: code });
      await ok(stranger.rest.post(`/api/v1/invites/${code}`, {}));
    });
  });

  test('[CLI11] a server that is not there, and bounds that make no sense', async () => {
    using place = new Workplace();
    const missing = await place.snug(['invite', 'create', '--server-id', '01ARZ3NDEKTSV4RRFFQ69G5FAV']);
    expect(missing).toMatchObject({ code: 1, stderr: 'snug: there is no server 01ARZ3NDEKTSV4RRFFQ69G5FAV\n' });
    expect((await place.snug(['invite', 'create', '--max-uses', '0'])).code).toBe(2);
    expect((await place.snug(['invite', 'create', '--max-uses', '-1'])).code).toBe(2);
  });
});

describe('seed', () => {
  test('[CLI12] makes what it says, and somebody who can sign in and see it', async () => {
    using place = new Workplace();
    const { code, stdout, stderr } = await place.snug([
      'seed',
      '--users',
      '12',
      '--servers',
      '2',
      '--messages',
      '300',
      '--json',
    ]);
    expect([code, stderr]).toEqual([0, '']);
    const made = JSON.parse(stdout) as {
      channels: number;
      messages: number;
      sign_in: { username: string; password: string };
    };
    expect(made).toMatchObject({ users: 12, servers: 2, channels: 8, messages: 300 });
    const verified = await place.snug(['log', 'verify', '--json']);
    const { equal, tables } = JSON.parse(verified.stdout) as {
      equal: boolean;
      tables: { name: string; rows: number }[];
    };
    expect(equal).toBe(true);
    const rows = Object.fromEntries(tables.map(({ name, rows }) => [name, rows]));
    // The first channel of a server says who joined; its founder did not.
    const joins = Number(rows.members) - 2;
    expect(rows).toMatchObject({ users: 12, servers: 2, channels: 8, messages: 300 + joins });
    await served(place, async (url) => {
      const { username, password } = made.sign_in;
      const person = await signIn(url, username, password);
      const { snapshot } = await ok(person.rest.get<{ snapshot: Ready }>('/api/v1/sync'));
      expect(snapshot.servers.length).toBeGreaterThan(0);
    });
  });

  test('[CLI12] twice gives more, under names that are free', async () => {
    using place = new Workplace();
    const run = ['seed', '--users', '3', '--servers', '1', '--messages', '5', '--json'];
    const [first, second] = [await place.snug(run), await place.snug(run)];
    const name = (ended: { stdout: string }) =>
      (JSON.parse(ended.stdout) as { sign_in: { username: string } }).sign_in.username;
    expect(name(first)).toBe('maya');
    expect(name(second)).toBe('maya.2');
  });

  test('[CLI12] messages without a server make no sense', async () => {
    using place = new Workplace();
    expect((await place.snug(['seed', '--servers', '0'])).code).toBe(2);
  });
});
