import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PASSWORD } from '@snug/testkit';
import { expect, test } from 'vitest';
import { createClient } from '../src/index.ts';
import { messageNamed, said, startPair } from './people.ts';
import { until } from './until.ts';

const EXAMPLE = join(import.meta.dirname, 'examples/echo-bot.ts');

test('[DOC1] the bot of the README is the one that runs here', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(readme) ?? [];
  const example = readFileSync(EXAMPLE, 'utf8').replace("'../../src/index.ts'", "'@snug/client'");
  expect(shown).toBe(example);
});

test('[DOC1] it signs in, echoes as a reply, and ends when it is asked to', async () => {
  await using pair = await startPair();
  const { anna, channelId, instance } = pair;
  await instance.signUp('echo');
  const { code } = await anna.call('invite.create', { server_id: pair.serverId });
  const invited = createClient({ url: instance.url });
  await invited.session.login({ login: 'echo', password: PASSWORD });
  await invited.call('invite.accept', { code });
  invited.close();
  const env = { ...process.env, SNUG_URL: instance.url, BOT_NAME: 'echo', BOT_PASSWORD: PASSWORD };
  const bot = spawn(process.execPath, [EXAMPLE], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  try {
    // Nobody says when it is there: it is asked until it answers.
    const asked = setInterval(() => anna.outbox.send({ channel_id: channelId, content: '!echo hello' }), 300);
    await until(
      () => said(anna, channelId),
      (lines) => lines.includes('hello'),
      15_000,
    );
    clearInterval(asked);
    const echo = messageNamed(anna, channelId, 'hello');
    expect(echo.type).toBe('reply');
  } finally {
    bot.kill('SIGTERM');
    await once(bot, 'exit');
  }
  expect(bot.exitCode).toBe(0);
}, 30_000);
