import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessagePage, type Ready, renderPlain, type ServerSnapshot, type User } from '@snug/protocol';
import { startServer } from '@snug/server';
import { CLI, ok, type Person, signIn, testSettings } from '@snug/testkit';
import { expect, test } from 'vitest';
import type { IrcCounts } from '../src/import/irc/counts.ts';
import { MAY_SKIP_REAL_LOGS, realLogs } from './real-logs.ts';
import { type Ended, Workplace } from './run-snug.ts';

const FIXTURE = 'fixtures/2007-02-28_small.raw.txt';
const PASSWORD = 'correct horse battery';

async function prepared(): Promise<Workplace> {
  const place = new Workplace();
  cpSync(join(import.meta.dirname, 'fixtures'), join(place.folder, 'fixtures'), { recursive: true });
  expect(await place.snug(['admin', 'create', '--username', 'ada', '--password', PASSWORD])).toMatchObject({ code: 0 });
  return place;
}

function lastCounts({ code, stdout, stderr }: Ended): IrcCounts {
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1) as string) as IrcCounts;
}

/** Starts the server on what was imported, and looks at it as its owner does. */
async function browse<T>(place: Workplace, look: (owner: Person, ready: Ready) => Promise<T>): Promise<T> {
  const instance = await startServer(testSettings(join(place.folder, 'data')), { write: () => {} });
  try {
    const owner = await signIn(instance.url, 'ada', PASSWORD);
    const { snapshot } = await ok(owner.rest.get<{ snapshot: Ready }>('/api/v1/sync'));
    return await look(owner, snapshot);
  } finally {
    await instance.stop();
  }
}

function channelOf(server: ServerSnapshot, name: string): string {
  return server.channels.find((channel) => channel.name === name)?.id ?? 'there is no such channel';
}

/** Every message of a channel, oldest first. */
async function history(owner: Person, channelId: string): Promise<MessagePage['items']> {
  const items: MessagePage['items'] = [];
  for (let before = ''; ; ) {
    const page = await ok(owner.rest.get<MessagePage>(`/api/v1/channels/${channelId}/messages?limit=100${before}`));
    items.push(...page.items);
    if (!page.has_more) return items.reverse();
    before = `&before=${page.items.at(-1)?.id}`;
  }
}

test('[E24] a log becomes messages with its times, authors, actions, joins and replies', async () => {
  using place = await prepared();
  const counts = lastCounts(
    await place.snug(['import', 'irc', '--owner', 'ada', '--server', 'Old days', '--json', FIXTURE]),
  );
  expect(counts).toMatchObject({ added: 12, already_there: 0, replies: 4, authors: 4 });
  await browse(place, async (owner, ready) => {
    const server = ready.servers.find(({ name }) => name === 'Old days') as ServerSnapshot;
    expect(server.owner_id).toBe(owner.id);
    const messages = await history(owner, channelOf(server, 'parlour'));
    expect(
      messages.map(({ type, created_at, content }) => [type, created_at.slice(0, 16), renderPlain(content)]),
    ).toEqual([
      ['system_join', '2007-02-28T23:57', ''],
      ['default', '2007-02-28T23:57', 'good evening'],
      ['reply', '2007-02-28T23:57', "ada: you're late, the kettle is cold"],
      ['default', '2007-02-28T23:57', 'looks at the clock'],
      ['reply', '2007-02-28T23:58', 'puts the *kettle* on, see http://tea.example/how_to_ it_takes_long'],
      ['reply', '2007-02-28T23:58', 'café?'],
      ['default', '2007-02-28T23:58', 'café in latin-1'],
      ['default', '2007-02-28T23:59', 'red and bold no more'],
      ['default', '2007-02-28T23:59', ''],
      ['default', '2007-03-01T00:00', 'happy new month'],
      ['system_leave', '2007-03-01T00:00', ''],
      ['reply', '2007-03-01T00:01', 'good night'],
    ]);
    for (const message of messages) expect(message.origin).toBe('import');
    const ids = messages.map(({ id }) => id);
    expect(ids, 'ids sort as the log does').toEqual([...ids].sort());
    expect(messages[2]?.reply_to_id).toBe(ids[1]);
    expect(messages[11]?.reply_to_id).toBe(ids[9]);
    const author = await ok(owner.rest.get<User>(`/api/v1/users/${messages[1]?.author_id}`));
    expect(author).toMatchObject({ display_name: 'ada', username: '', origin: 'irc' });
    expect(author.id, 'a nick is nobody of today').not.toBe(owner.id);
    const unread = ready.read_states.find(({ channel_id }) => channel_id === channelOf(server, 'parlour'));
    expect(unread?.unread_count ?? 0, 'history is never unread').toBe(0);
  });
});

test('[E24] a second run adds nothing; a log that grew adds what is new', async () => {
  using place = await prepared();
  const run = ['import', 'irc', '--owner', 'ada', '--json', FIXTURE];
  expect(lastCounts(await place.snug(run))).toMatchObject({ added: 12, already_there: 0 });
  expect(lastCounts(await place.snug(run))).toMatchObject({ added: 0, already_there: 12 });
  const file = join(place.folder, FIXTURE);
  writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from('[00:05] <dee> am I late?\n')]));
  expect(lastCounts(await place.snug(run))).toMatchObject({ added: 1, already_there: 12 });
  expect((await place.snug(['log', 'verify'])).code).toBe(0);
});

test('[E24] the same log in two servers is two histories', async () => {
  using place = await prepared();
  for (const server of ['One', 'Two']) {
    const run = ['import', 'irc', '--owner', 'ada', '--server', server, '--json', FIXTURE];
    expect(lastCounts(await place.snug(run)).added).toBe(12);
  }
});

test('[E24] an import that was killed goes on where it stopped: nothing lost, nothing twice', {
  timeout: 120_000,
}, async () => {
  using place = await prepared();
  const lines = Array.from({ length: 30_000 }, (_, n) => `[${clock(n)}] <nick${n % 50}> line ${n}`);
  writeFileSync(join(place.folder, 'long-2007-01-01.txt'), `${lines.join('\n')}\n`);
  const run = ['import', 'irc', '--owner', 'ada', '--json', 'long-2007-01-01.txt'];
  const child = spawn(process.execPath, [CLI, ...run], { cwd: place.folder, stdio: 'ignore' });
  // Several commits' worth: what one commit writes grows the file before it is true.
  const wal = join(place.folder, 'data', 'chat.db-wal');
  await expect
    .poll(() => (existsSync(wal) ? statSync(wal).size : 0), { interval: 2, timeout: 60_000 })
    .toBeGreaterThan(6_000_000);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const { added, already_there } = lastCounts(await place.snug(run));
  expect(already_there, 'the premise: it was killed in the middle').toBeGreaterThan(0);
  expect(added, 'the premise: it was killed in the middle').toBeGreaterThan(0);
  expect(added + already_there).toBe(lines.length);
  await browse(place, async (owner, ready) => {
    const messages = await history(owner, channelOf(ready.servers[0] as ServerSnapshot, 'irc'));
    const contents = messages.map(({ content }) => content);
    expect(contents.length).toBe(lines.length);
    expect(new Set(contents).size).toBe(lines.length);
  });
});

/** The minute of a line, twenty lines a minute, over several days. */
function clock(line: number): string {
  const minute = Math.floor(line / 20) % 1440;
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

test('[IRC6] lines that cannot be read are counted and shown, and are not fatal', async () => {
  using place = await prepared();
  const ended = await place.snug(['import', 'irc', '--owner', 'ada', FIXTURE]);
  expect(ended.code).toBe(0);
  expect(ended.stderr).toBe(
    '2007-02-28_small.raw.txt:11: cannot be read, left out\n2007-02-28_small.raw.txt:12: cannot be read, left out\n',
  );
  expect(ended.stdout).toContain('Added 12');
});

test('[IRC6] what cannot be imported at all is refused in one line, and nothing is written', async () => {
  using place = await prepared();
  writeFileSync(join(place.folder, 'undated.txt'), '[00:00] <a> b\n');
  const cases: [string[], RegExp][] = [
    [['--owner', 'nobody', FIXTURE], /^snug: there is no account called nobody/],
    [['--owner', 'ada', 'undated.txt'], /^snug: undated\.txt: its name must hold the log's date/],
    [['--owner', 'ada', 'gone-2007-01-01.txt'], /^snug: .*gone-2007-01-01\.txt: there is no such file/],
    [['--owner', 'ada', FIXTURE, 'undated.txt'], /^snug: undated\.txt/],
  ];
  for (const [args, message] of cases) {
    const { code, stdout, stderr } = await place.snug(['import', 'irc', ...args]);
    expect(stderr).toMatch(message);
    expect([code, stdout, stderr.trim().split('\n').length]).toEqual([1, '', 1]);
  }
  await browse(place, async (_owner, ready) => expect(ready.servers).toEqual([]));
});

test('[IRC6] all ten files come in whole, and only once', { skip: MAY_SKIP_REAL_LOGS, timeout: 120_000 }, async () => {
  using place = await prepared();
  const run = ['import', 'irc', '--owner', 'ada', '--server', 'Ubuntu', '--json', ...realLogs()];
  const counts = lastCounts(await place.snug(run));
  expect(counts.added).toBe(counts.lines - counts.skipped);
  expect(lastCounts(await place.snug(run))).toMatchObject({ added: 0, already_there: counts.added });
  await browse(place, async (owner, ready) => {
    const server = ready.servers.find(({ name }) => name === 'Ubuntu') as ServerSnapshot;
    const messages = await history(owner, channelOf(server, 'ubuntu'));
    const byType = Map.groupBy(messages, ({ type }) => type);
    const count = (type: string): number => byType.get(type as never)?.length ?? 0;
    expect(count('default') + count('reply')).toBe(counts.messages + counts.actions + counts.narrations);
    expect([count('reply'), count('system_join'), count('system_leave')]).toEqual([
      counts.replies,
      counts.joins,
      counts.leaves,
    ]);
    expect(new Set(messages.map(({ author_id }) => author_id)).size).toBe(counts.authors);
    const times = messages.map(({ created_at }) => created_at);
    expect(times).toEqual([...times].sort());
  });
  expect((await place.snug(['log', 'verify'])).code).toBe(0);
});
