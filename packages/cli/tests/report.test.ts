import { join } from 'node:path';
import type { Message, Report } from '@snug/protocol';
import { startServer } from '@snug/server';
import { createServer, join as joinServer, ok, send, signIn, signUp, testSettings } from '@snug/testkit';
import { expect, test } from 'vitest';
import { Workplace } from './run-snug.ts';

async function served<T>(place: Workplace, work: (url: string) => Promise<T>): Promise<T> {
  const instance = await startServer(testSettings(join(place.folder, 'data')), { write: () => {} });
  try {
    return await work(instance.url);
  } finally {
    await instance.stop();
  }
}

interface Reported {
  readonly message: Message;
  readonly ids: readonly string[];
}

/** `bob` said something that `eve` reported, and then `eve` reported `bob`. */
async function reported(place: Workplace): Promise<Reported> {
  await place.snug(['admin', 'create', '--username', 'ada', '--password', 'correct horse battery']);
  return served(place, async (url) => {
    const [bob, eve] = [await signUp(url, 'bob'), await signUp(url, 'eve')];
    const { server, channel } = await createServer(bob);
    await joinServer(bob, server.id, eve);
    const message = await send(bob, channel.id, 'buy my things');
    const report = (body: object) => ok(eve.rest.post<Report>('/api/v1/reports', body));
    const first = await report({ channel_id: channel.id, message_id: message.id, reason: 'spam,\nall day' });
    const second = await report({ user_id: bob.id, reason: 'again' });
    return { message, ids: [first.id, second.id] };
  });
}

const json = async <T>(place: Workplace, ...args: string[]): Promise<T> => {
  const { code, stdout, stderr } = await place.snug([...args, '--json']);
  expect([code, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as T;
};

test("[REPORT2] [CLI13] reports are listed, shown, and worked through in an administrator's name", async () => {
  using place = new Workplace();
  const { message, ids } = await reported(place);
  const [first, second] = ids as [string, string];
  const { stdout } = await place.snug(['report', 'list']);
  expect(stdout.split('\n')[0]).toMatch(new RegExp(`^${second} {2}\\S+ {2}open {2}by eve {2}a user of bob {5}again$`));
  expect(stdout.split('\n')[1]).toMatch(/by eve {2}a message of bob {2}spam, all day$/);
  const page = await place.snug(['report', 'list', '--limit', '1']);
  expect(page.stderr).toBe(`There are more: --before ${second}\n`);
  const next = await json<{ items: Report[] }>(place, 'report', 'list', '--before', second);
  expect(next.items.map(({ id }) => id)).toEqual([first]);
  const shown = await place.snug(['report', 'show', first]);
  expect(shown.stdout).toMatch(/^evidence +buy my things$/m);
  expect(shown.stdout).toMatch(/^user_id +bob \(\w{26}\)$/m);

  const resolved = await json<Report>(
    place,
    'report',
    'resolve',
    first,
    '--by',
    'ada',
    '--delete-message',
    '--note',
    'gone',
  );
  expect(resolved).toMatchObject({ status: 'resolved', note: 'gone' });
  expect((await place.snug(['report', 'resolve', second, '--by', '@ada', '--state', 'dismissed'])).stdout).toBe(
    `${second}: dismissed\n`,
  );
  expect((await json<{ items: Report[] }>(place, 'report', 'list', '--state', 'open')).items).toEqual([]);
  await served(place, async (url) => {
    const bob = await signIn(url, 'bob');
    const gone = await bob.rest.get(`/api/v1/channels/${message.channel_id}/messages/${message.id}`);
    expect(gone.status).toBe(404);
  });
});

test('[CLI13] what is not there, and who does not administer, is said', async () => {
  using place = new Workplace();
  const { ids } = await reported(place);
  const missing = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
  expect(await place.snug(['report', 'show', missing])).toMatchObject({
    code: 1,
    stderr: `snug: there is no report ${missing}\n`,
  });
  const byBob = await place.snug(['report', 'resolve', ids[0] as string, '--by', 'bob']);
  expect(byBob).toMatchObject({ code: 1, stderr: 'snug: bob does not administer this instance\n' });
  const unknown = await place.snug(['report', 'resolve', missing, '--by', 'ada']);
  expect(unknown.stderr).toMatch(/^snug: UNKNOWN_REPORT: /);
  using empty = new Workplace();
  expect((await empty.snug(['report', 'list'])).code).toBe(1);
});
