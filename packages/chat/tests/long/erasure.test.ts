import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createLogger } from '@snug/edge';
import type { Channel, Message, ServerSnapshot } from '@snug/protocol';
import { startInstance, type TestInstance } from '@snug/testkit';
import { append, messageCreate, messageDelete } from '@snug/testkit/suites/log-facts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '../../src/app.ts';
import type { Actor } from '../../src/commands/handler.ts';
import { SqliteLog } from '../../src/log/sqlite/sqlite-log.ts';
import { verifyLog } from '../../src/projections/verify.ts';
import { grepFolder, untilGone } from '../grep-folder.ts';
import { openSqliteLog } from '../open-sqlite-log.ts';
import { actor, perform, refused } from '../people.ts';

const [ada, bo] = [1, 2].map((number) => actor(number)) as [Actor, Actor];
let instance: TestInstance;
let chat: Chat;
beforeAll(async () => {
  instance = await startInstance({ erasure_delay: 0.05 });
  chat = instance.running.chat;
});
afterAll(() => instance[Symbol.asyncDispose]());

async function place(): Promise<{ server: ServerSnapshot; channel: Channel }> {
  const server = await perform<ServerSnapshot>(chat, ada, 'server.create', { name: 'Forgetting' });
  const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', { server_id: server.id });
  await perform(chat, bo, 'invite.accept', { code });
  return { server, channel: server.channels[0] as Channel };
}

const say = (who: Actor, channelId: string, content: string, more: Record<string, unknown> = {}): Promise<Message> =>
  perform<Message>(chat, who, 'message.send', { channel_id: channelId, content, ...more });

const verify = () => verifyLog(join(instance.data, 'chat.db'));

async function purged(channelId: string): Promise<void> {
  for (;;) {
    const { value } = await chat.log.read({
      left: {
        sql: 'SELECT count(*) AS n FROM messages WHERE channel_id = ?',
        params: [channelId],
        map: ([row]) => row?.n as number,
      },
    });
    if (value.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('erasure', () => {
  test('[LOG17] [LOG16] [LOG18] [MSG7] [E25] erased words are in no file of the data folder, the write-ahead log included', async () => {
    const { channel } = await place();
    const [first, second, long] = ['erased-heron-one', 'erased-heron-two', `erased-heron-long ${'reeds '.repeat(600)}`];
    const said = await say(bo, channel.id, first, { nonce: 'erased-heron-nonce' });
    // Quoted by nobody: a reply names it by id.
    await say(ada, channel.id, 'a reply', { reply_to_id: said.id });
    await perform(chat, bo, 'message.edit', { channel_id: channel.id, message_id: said.id, content: second });
    await perform(chat, bo, 'message.edit', { channel_id: channel.id, message_id: said.id, content: long });
    await Promise.all(Array.from({ length: 300 }, (_, index) => say(ada, channel.id, `others go on ${index}`)));
    for (const words of [first, second, 'erased-heron-long']) expect(grepFolder(instance.data, words)).not.toEqual([]);
    await perform(chat, bo, 'message.delete', { channel_id: channel.id, message_id: said.id });
    for (const words of [first, second, 'erased-heron-long']) await untilGone(instance.data, words);
    expect(grepFolder(instance.data, 'others go on 299')).not.toEqual([]);
    expect(grepFolder(instance.data, said.id)).not.toEqual([]);
    expect(verify()).toMatchObject({ equal: true });
  });

  test('[LOG17] [E25] among many messages of all sizes, deleted in any order, nothing of the deleted is left', async () => {
    const { channel } = await place();
    const said = await Promise.all(
      Array.from({ length: 400 }, (_, index) =>
        say(
          bo,
          channel.id,
          `${index % 2 === 0 ? 'erased-bittern' : 'kept-bittern'} ${index} ${'x'.repeat((index * 37) % 3900)}`,
        ),
      ),
    );
    for (const { id, content } of said) {
      if (content.startsWith('erased'))
        await perform(chat, bo, 'message.delete', { channel_id: channel.id, message_id: id });
      else
        await perform(chat, bo, 'message.edit', {
          channel_id: channel.id,
          message_id: id,
          content: `${content} and more`,
        });
    }
    await untilGone(instance.data, 'erased-bittern');
    expect(grepFolder(instance.data, 'kept-bittern 399')).not.toEqual([]);
  }, 30_000);

  test('[LOG17] [E25] another reader of the write-ahead log delays the scrub, and it is done when that one is', async () => {
    const { channel } = await place();
    const said = await say(bo, channel.id, 'erased-egret');
    const reader = new DatabaseSync(join(instance.data, 'chat.db'), { readOnly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM events').get();
    await perform(chat, bo, 'message.delete', { channel_id: channel.id, message_id: said.id });
    // Sends go on meanwhile: nobody waits for that reader but the scrub.
    await Promise.all(Array.from({ length: 50 }, (_, index) => say(ada, channel.id, `meanwhile ${index}`)));
    while (!instance.logs.some(({ msg }) => String(msg).includes('another reader keeps the write-ahead log')))
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(grepFolder(instance.data, 'erased-egret')).not.toEqual([]);
    reader.exec('COMMIT');
    reader.close();
    await untilGone(instance.data, 'erased-egret');
  });

  test('[LOG17] [E25] an instance that closes before the scrub has run does it on the way out', async () => {
    await using patient = await startInstance({ erasure_delay: 3600 });
    const { chat: slow } = patient.running;
    const server = await perform<ServerSnapshot>(slow, ada, 'server.create', { name: 'Patient' });
    const channel_id = server.channels[0]?.id;
    const said = await perform<Message>(slow, ada, 'message.send', { channel_id, content: 'erased-crake' });
    await perform(slow, ada, 'message.delete', { channel_id, message_id: said.id });
    expect(grepFolder(patient.data, 'erased-crake')).not.toEqual([]);
    await patient.stop();
    expect(grepFolder(patient.data, 'erased-crake')).toEqual([]);
  });
});

describe('purges', () => {
  test('[LOG19] [E17] a deleted channel is invisible at once, and what was said in it is purged in slices', async () => {
    const { server } = await place();
    // Exactly two slices, and edits behind the last message: where counting goes wrong first.
    const channel = await perform<Channel>(chat, ada, 'channel.create', { server_id: server.id, name: 'doomed' });
    const said = await Promise.all(
      Array.from({ length: 2000 }, (_, index) => say(bo, channel.id, `purged-gull ${index}`)),
    );
    for (const { id } of said.slice(0, 3))
      await perform(chat, bo, 'message.edit', {
        channel_id: channel.id,
        message_id: id,
        content: 'purged-gull edited',
      });
    await perform(chat, ada, 'channel.delete', { channel_id: channel.id });
    expect(await refused(chat, bo, 'message.list', { channel_id: channel.id })).toBe('UNKNOWN_CHANNEL');
    await purged(channel.id);
    await untilGone(instance.data, 'purged-gull');
    const events = await chat.log.events(await chat.log.positions([`channel:${channel.id}`], 0, chat.log.tail, 5000));
    const slices = events
      .filter(({ type }) => type === 'PURGE')
      .map(({ body }) => (JSON.parse(body) as { count: number }).count);
    expect(slices.reduce((sum, count) => sum + count, 0)).toBe(2000);
    expect(Math.max(...slices)).toBeLessThanOrEqual(1000);
    expect(slices.length).toBeGreaterThan(1);
    expect(events.filter(({ type }) => type === 'MESSAGE_CREATE')).toHaveLength(2000);
    expect(verify()).toMatchObject({ equal: true });
  }, 30_000);

  test('[LOG19] [E17] a deleted server goes as a whole; what others said elsewhere stays', async () => {
    const [doomed, stays] = [await place(), await place()];
    const second = await perform<Channel>(chat, ada, 'channel.create', { server_id: doomed.server.id, name: 'second' });
    await say(bo, doomed.channel.id, 'purged-tern one');
    await say(bo, second.id, 'purged-tern two');
    await say(bo, stays.channel.id, 'kept-tern');
    await perform(chat, ada, 'server.delete', { server_id: doomed.server.id });
    for (const command of ['server.get', 'channel.list', 'member.list'])
      expect(await refused(chat, bo, command, { server_id: doomed.server.id })).toBe('UNKNOWN_SERVER');
    expect(await refused(chat, bo, 'message.list', { channel_id: second.id })).toBe('UNKNOWN_CHANNEL');
    await untilGone(instance.data, 'purged-tern');
    expect(grepFolder(instance.data, 'kept-tern')).not.toEqual([]);
    expect(verify()).toMatchObject({ equal: true });
  });

  test('[LOG19] [LOG6] [E17] a purge that was cut off goes on at the next start, and verify is equal in the middle of it', async () => {
    await using stopped = await startInstance({ erasure_delay: 0.05 });
    const first = stopped.running.chat;
    const server = await perform<ServerSnapshot>(first, ada, 'server.create', { name: 'Cut off' });
    const channel = await perform<Channel>(first, ada, 'channel.create', { server_id: server.id, name: 'doomed' });
    await Promise.all(
      Array.from({ length: 1500 }, (_, index) =>
        perform(first, ada, 'message.send', { channel_id: channel.id, content: `purged-skua ${index}` }),
      ),
    );
    await stopped.stop();
    // As after a SIGKILL behind the first slice: the deletion and one PURGE are in the log, the rest is not.
    const file = join(stopped.data, 'chat.db');
    const by = await SqliteLog.open({ file, logger: createLogger({ level: 'silent' }), onFatal: () => {} });
    const scope = `channel:${channel.id}` as const;
    const positions = await by.positions([scope], 0, by.tail, 3000);
    await by.append(
      append('', {
        type: 'CHANNEL_DELETE',
        scope,
        subject: channel.id,
        body: { id: channel.id, server_id: server.id, deleted_at: new Date(0).toISOString() },
      }),
    );
    const said = await by.events(positions.slice(1, 1001));
    const ids = said.map(({ subject }) => subject);
    const body = { channels: { [channel.id]: ids }, count: ids.length };
    await by.append(append('', { type: 'PURGE', scope, subject: channel.id, body }));
    await by.close();
    expect(verifyLog(file)).toMatchObject({ equal: true });
    expect(grepFolder(stopped.data, 'purged-skua 1499')).not.toEqual([]);
    await stopped.restart();
    await untilGone(stopped.data, 'purged-skua');
    expect(verifyLog(file)).toMatchObject({ equal: true });
  }, 30_000);
});

test('[DLV1] [E25] who catches up with an erased message hears its skeleton and its end, without words', async () => {
  await using opened = await openSqliteLog();
  await opened.log.append(append('ada', messageCreate('c', 'm', 'ada', 'erased-rail'), { nonce: 'n' }));
  await opened.log.append(append('ada', messageDelete('c', 'm')));
  const events = await opened.log.events(await opened.log.positions(['channel:c'], 0, 10, 10));
  expect(events.map(({ type }) => type)).toEqual(['MESSAGE_CREATE', 'MESSAGE_DELETE']);
  expect(JSON.stringify(events)).not.toContain('erased-rail');
});
