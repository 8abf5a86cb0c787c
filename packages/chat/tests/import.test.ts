import { join } from 'node:path';
import type { Message, MessagePage } from '@snug/protocol';
import { Journal, signIn, startInstance, type TestInstance, TRANSPORTS } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../src/commands/handler.ts';
import { HistoryImport, type Imported } from '../src/import/history-import.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { perform } from './people.ts';
import { worldFacts } from './world-facts.ts';

const DAY = Date.UTC(2004, 10, 15);
const LINES = 60;
let instance: TestInstance;
let owner: Actor;

beforeAll(async () => {
  instance = await startInstance();
  const person = await instance.signUp('ada');
  owner = await instance.running.chat.actorOf(person.token, 'import');
});
afterAll(() => instance[Symbol.asyncDispose]());

interface Run {
  readonly server: string;
  readonly channel: string;
  readonly imported: readonly Imported[];
  readonly channels: number;
}

/** Imports the same small history: three authors, replies, joins, in time order. */
async function importOnce(into: string, lines = LINES): Promise<Run> {
  const history = new HistoryImport(instance.running.chat, owner);
  const server = await history.server('History');
  const channel = await history.channel(server, into);
  const imported: Imported[] = [];
  for (let line = 0; line < lines; line++) {
    const author = await history.author(server, 'irc', `nick${line % 3}`);
    const isReply = line % 10 === 9;
    imported.push(
      await history.message({
        channel_id: channel,
        author_id: author.id,
        source: `irc:${into}:${line}`,
        at: DAY + line * 60_000,
        type: line % 20 === 0 ? 'system_join' : isReply ? 'reply' : 'default',
        content: line % 20 === 0 ? '' : `line ${line}`,
        ...(isReply ? { reply_to_id: imported[line - 1]?.id as string } : {}),
      }),
    );
  }
  return { server, channel, imported, channels: await history.finish() };
}

const page = (channelId: string, asked: Record<string, unknown> = {}): Promise<MessagePage> =>
  perform<MessagePage>(instance.running.chat, owner, 'message.list', { channel_id: channelId, limit: 100, ...asked });

describe('an import', () => {
  test('[IMP1] [IMP2] [E24] is heard by nobody but for one HISTORY_CHANGED a channel, live and by catching up, and is never unread', async () => {
    const person = await signIn(instance.url, 'ada');
    const { server, channel } = await importOnce('quiet', 0);
    const journals = TRANSPORTS.map(() => new Journal(instance.url, person.token));
    const absent = TRANSPORTS.map(() => new Journal(instance.url, person.token));
    for (const [index, transport] of TRANSPORTS.entries()) {
      await journals[index]?.connect(transport);
      await absent[index]?.connect(transport);
      await absent[index]?.drop();
    }
    const run = await importOnce('quiet');
    expect(run).toMatchObject({ server, channel, channels: 1 });
    expect(run.imported.every(({ isNew }) => isNew)).toBe(true);
    for (const [index, transport] of TRANSPORTS.entries()) {
      await absent[index]?.connect(transport);
      for (const journal of [journals[index], absent[index]] as Journal[]) {
        await journal.until(() => journal.of('HISTORY_CHANGED').length > 0);
        await journal.drop();
        expect(journal.entries.filter(({ s }) => s !== null).map(({ type, d }) => [type, d])).toEqual([
          [
            'HISTORY_CHANGED',
            expect.objectContaining({ channel_id: channel, last_message_id: run.imported.at(-1)?.id }),
          ],
        ]);
        expect(journal.resets).toEqual([]);
      }
    }
    const fresh = new Journal(instance.url, person.token);
    await fresh.connect('sync');
    await fresh.drop();
    const [snapshot] = fresh.snapshots;
    const unread = snapshot?.d.read_states.filter((state) => state.channel_id === channel && state.unread_count > 0);
    expect(unread).toEqual([]);
  });

  test('[IMP3] [E24] a second run adds nothing, and one that was cut off goes on', async () => {
    const { chat } = instance.running;
    const half = await importOnce('twice', LINES / 2);
    const whole = await importOnce('twice');
    expect(whole.imported.filter(({ isNew }) => isNew)).toHaveLength(LINES / 2);
    expect(whole.imported.slice(0, LINES / 2).map(({ id }) => id)).toEqual(half.imported.map(({ id }) => id));
    const { tail } = chat.log;
    const again = await importOnce('twice');
    expect(again).toMatchObject({ channels: 0, server: whole.server, channel: whole.channel });
    expect(again.imported.some(({ isNew }) => isNew)).toBe(false);
    expect(again.imported.map(({ id }) => id)).toEqual(whole.imported.map(({ id }) => id));
    expect(chat.log.tail).toBe(tail);
    expect((await page(whole.channel)).items).toHaveLength(LINES);
  });

  test('[IMP4] [IMP5] [E20] [E24] its messages stand by their own time, before what is said now, and its authors have an origin', async () => {
    const { chat } = instance.running;
    const first = await importOnce('order', 1);
    const said = await perform<Message>(chat, owner, 'message.send', { channel_id: first.channel, content: 'today' });
    const run = await importOnce('order');
    const { items, users, referenced } = await page(run.channel);
    expect(items.map(({ id }) => id)).toEqual([said.id, ...run.imported.map(({ id }) => id).toReversed()]);
    expect(items.at(-2)?.created_at).toBe(new Date(DAY + 60_000).toISOString());
    expect(items.slice(1).every(({ origin }) => origin === 'import')).toBe(true);
    expect(
      users
        .filter(({ origin }) => origin === 'irc')
        .map(({ username, display_name }) => [username, display_name])
        .sort(),
    ).toEqual([
      ['', 'nick0'],
      ['', 'nick1'],
      ['', 'nick2'],
    ]);
    expect(referenced).toEqual([]);
    // The newest message of the channel is still the one said today.
    expect(chat.world.channel(run.channel)?.channel.last_message_id).toBe(said.id);
    expect(
      (await page(run.channel, { around: new Date(DAY + 30 * 60_000).toISOString(), limit: 3 })).items.map(
        ({ content }) => content,
      ),
    ).toContain('line 30');
  });

  test('[IMP3] [IMP4] two authors whose long names begin alike stay two, also in a second run', async () => {
    const run = async (): Promise<string[]> => {
      const history = new HistoryImport(instance.running.chat, owner);
      const server = await history.server('History');
      const names = ['a', 'b'].map((last) => `${'long '.repeat(20)}${last}`);
      return Promise.all(names.map(async (name) => (await history.author(server, 'irc', name)).id));
    };
    const ids = await run();
    expect(new Set(ids).size).toBe(2);
    expect(await run()).toEqual(ids);
  });

  test('[IMP1] [LOG6] projections are equal, and the world that was folded is the one that is loaded', async () => {
    const { chat } = instance.running;
    expect(verifyLog(join(instance.data, 'chat.db'))).toMatchObject({ equal: true, gaps: 0 });
    expect(worldFacts(await loadWorld(chat.log))).toEqual(worldFacts(chat.world));
  });
});
