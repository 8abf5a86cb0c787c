import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD } from '@snug/testkit';
import { expect, test } from 'vitest';
import { createClient, select } from '../src/index.ts';
import { messageNamed, type Pair, said, startPair } from './people.ts';
import { until } from './until.ts';

const FOLDER = join(import.meta.dirname, 'examples');

test('[DOC1] the bots of the README are those that run here', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const shown = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);
  const files = ['echo-bot.ts', 'helper-bot.ts'].map((file) => readFileSync(join(FOLDER, file), 'utf8'));
  expect(shown).toEqual(files.map((code) => code.replace("'../../src/index.ts'", "'@snug/client'")));
});

/** Runs an example as a program of its own, in the server of the pair, until `met` says that it did its work. */
async function runBot(pair: Pair, file: string, met: (botId: string) => Promise<void>): Promise<number | null> {
  const { anna, instance } = pair;
  const { id } = await instance.signUp('robot');
  const { code } = await anna.call('invite.create', { server_id: pair.serverId });
  const invited = createClient({ url: instance.url });
  await invited.session.login({ login: 'robot', password: PASSWORD });
  await invited.call('invite.accept', { code });
  invited.close();
  const env = { ...process.env, SNUG_URL: instance.url, BOT_NAME: 'robot', BOT_PASSWORD: PASSWORD };
  const bot = spawn(process.execPath, [join(FOLDER, file)], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    await met(id);
  } finally {
    bot.kill('SIGTERM');
    await once(bot, 'exit');
  }
  return bot.exitCode;
}

test('[DOC1] one signs in, echoes as a reply, and ends when it is asked to', async () => {
  await using pair = await startPair();
  const { anna, channelId } = pair;
  const exitCode = await runBot(pair, 'echo-bot.ts', async () => {
    // Nobody says when it is there: it is asked until it answers.
    const asked = setInterval(() => anna.outbox.send({ channel_id: channelId, content: '!echo hello' }), 300);
    await until(
      () => said(anna, channelId),
      (lines) => lines.includes('hello'),
      15_000,
    ).finally(() => clearInterval(asked));
    expect(messageNamed(anna, channelId, 'hello').type).toBe('reply');
  });
  expect(exitCode).toBe(0);
}, 30_000);

test('[DOC1] [MENTION1] one that is mentioned reacts, and answers in a thread', async () => {
  await using pair = await startPair();
  const { anna, channelId } = pair;
  const exitCode = await runBot(pair, 'helper-bot.ts', async (botId) => {
    const threads = () => select.threadsOf(anna.store.getState(), channelId);
    const asked = setInterval(() => anna.outbox.send({ channel_id: channelId, content: `<@${botId}>?` }), 1000);
    await until(threads, (found) => found.some((thread) => (thread.message_count ?? 0) > 0), 15_000).finally(() =>
      clearInterval(asked),
    );
    const [thread] = threads().filter((found) => (found.message_count ?? 0) > 0);
    await anna.loadMessages(thread?.id ?? '', 'latest');
    expect(said(anna, thread?.id ?? '')).toEqual([`<@${anna.store.getState().me?.id}> I am looking into it.`]);
    const starter = anna.store
      .getState()
      .messages.get(channelId)
      ?.get(thread?.message_id ?? '');
    expect(starter?.reactions.map(({ emoji, users }) => [emoji, users])).toEqual([['👀', [botId]]]);
  });
  expect(exitCode).toBe(0);
}, 30_000);
