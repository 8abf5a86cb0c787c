import { type Channel, type Invite, type Message, Permission, type ServerSnapshot } from '@snug/protocol';
import { startInstance } from '@snug/testkit';
import { expect, test } from 'vitest';
import type { Actor } from '../src/commands/handler.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { actor, perform } from './people.ts';
import { worldFacts } from './world-facts.ts';

const [ada, bo, cy, dee] = [1, 2, 3, 4].map((number) => actor(number)) as [Actor, Actor, Actor, Actor];

test('[LOG6] [THREAD13] [GROUP4] [RCPT5] after a life of threads, groups and receipts, tables and world are rebuilt equal', async () => {
  await using instance = await startInstance();
  const { chat } = instance.running;
  const go = <T = unknown>(who: Actor, command: string, params: Record<string, unknown> = {}): Promise<T> =>
    perform<T>(chat, who, command, params);
  const place = await go<ServerSnapshot>(ada, 'server.create', { name: 'Whole life' });
  const { code } = await go<Invite>(ada, 'invite.create', { server_id: place.id });
  for (const who of [bo, cy, dee]) await go(who, 'invite.accept', { code });
  const channel_id = (place.channels[0] as Channel).id;

  const threads: Channel[] = [];
  for (const name of ['one', 'two', 'three', 'four']) {
    const { id: message_id } = await go<Message>(bo, 'message.send', { channel_id, content: name });
    threads.push(await go<Channel>(bo, 'thread.create', { channel_id, message_id, name, content: 'hello' }));
  }
  const [one, two, three, four] = threads.map(({ id }) => id) as [string, string, string, string];
  for (const id of [one, two, three]) await go(bo, 'channel.update', { channel_id: id, is_archived: true });
  const woke = await go<Message>(cy, 'message.send', { channel_id: two, content: 'woke', nonce: 'w' });
  await go(ada, 'message.delete', { channel_id: two, message_id: woke.id });
  await go(dee, 'thread.follow', { channel_id: one });
  await go(cy, 'thread.unfollow', { channel_id: two });
  await go(ada, 'channel.delete', { channel_id: three });
  await go(ada, 'thread.create', { channel_id, message_id: threads[2]?.message_id, name: 'again' });
  await go(bo, 'channel.update', { channel_id: four, name: 'renamed', auto_archive_after: 60 });
  const room = await go<Channel>(ada, 'channel.create', { server_id: place.id, name: 'doomed' });
  await go(ada, 'thread.create', { channel_id: room.id, name: 'with it', content: 'gone' });
  await go(ada, 'channel.delete', { channel_id: room.id });

  const shown = { visibility: 'discoverable' };
  const recipient_ids = [bo.userId, cy.userId];
  const group = (await go<Channel>(ada, 'group.create', { name: 'trip', recipient_ids, ...shown })).id;
  const link = await go<Invite>(bo, 'group.create_invite', { channel_id: group, max_uses: 1 });
  await go(dee, 'invite.accept', { code: link.code });
  await go(ada, 'group.set_role', { channel_id: group, user_id: cy.userId, role: 'admin' });
  await go(cy, 'group.ban', { channel_id: group, user_id: dee.userId });
  await go(cy, 'group.unban', { channel_id: group, user_id: dee.userId });
  await go(dee, 'group.join', { channel_id: group });
  await go(ada, 'group.set_role', { channel_id: group, user_id: bo.userId, role: 'owner' });
  await go(bo, 'group.remove', { channel_id: group, user_id: bo.userId });
  await go(ada, 'group.add', { channel_id: group, user_id: bo.userId });
  await go(ada, 'channel.update', { channel_id: group, visibility: 'hidden', name: 'renamed' });
  const ended = (await go<Channel>(bo, 'group.create', { recipient_ids: [], ...shown })).id;
  await go(bo, 'message.send', { channel_id: ended, content: 'to myself' });
  await go(bo, 'group.create_invite', { channel_id: ended });
  await go(bo, 'group.remove', { channel_id: ended, user_id: bo.userId });
  const deleted = (await go<Channel>(ada, 'group.create', { recipient_ids, ...shown })).id;
  await go(ada, 'channel.delete', { channel_id: deleted });

  const dm = (await go<Channel>(ada, 'dm.open', { recipient_id: bo.userId })).id;
  for (const place of [dm, group]) {
    const { id: message_id } = await go<Message>(ada, 'message.send', { channel_id: place, content: 'seen?' });
    for (const who of [bo, cy].slice(0, place === dm ? 1 : 2))
      await go(who, 'read.ack', { channel_id: place, message_id });
  }
  const silent = { permissions: String(Permission.VIEW_CHANNEL) };
  await go(ada, 'role.update', { server_id: place.id, role_id: place.id, ...silent });

  const gone = { sql: 'SELECT count(*) AS n FROM messages WHERE channel_id = ?', params: [ended] };
  const left = async () => (await chat.log.read({ n: { ...gone, map: ([row]) => row?.n as number } })).value.n;
  await expect.poll(left, { timeout: 10_000 }).toBe(0);
  expect(worldFacts(await loadWorld(chat.log))).toEqual(worldFacts(chat.world));
  expect(worldFacts(chat.world).followed[dee.userId]).toContain(one);
  const file = `${instance.data}/chat.db`;
  await instance.stop();
  const report = verifyLog(file);
  expect(report.tables.filter(({ missing, unexpected }) => missing + unexpected > 0)).toEqual([]);
  expect(report.equal).toBe(true);
  for (const name of ['receipts', 'thread_members', 'recipients', 'invites'])
    expect([name, report.tables.find((table) => table.name === name)?.rows]).not.toEqual([name, 0]);
});
