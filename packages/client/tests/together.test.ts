/** Two people and a real instance: what the SDK does by itself around reactions, threads, slow mode and rooms. */
import { expect, test } from 'vitest';
import { type SnugClient, SnugError, select } from '../src/index.ts';
import { comeOnline, messageNamed, said, shown, startPair } from './people.ts';
import { until } from './until.ts';

function reactions(client: SnugClient, channelId: string, content: string): string[] {
  const found = select.reactionsOf(client.store.getState(), messageNamed(client, channelId, content));
  return found.map(({ emoji, count, me }) => `${emoji}${count}${me ? ' me' : ''}`);
}

test('[STORE8] a reaction is shown at once, heard by the other, and taken back', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId, errors } = pair;
  anna.outbox.send({ channel_id: channelId, content: 'hello' });
  await until(
    () => said(ben, channelId),
    (lines) => lines.includes('hello'),
  );
  const { id } = messageNamed(ben, channelId, 'hello');
  const asked = ben.setReaction(channelId, id, '👍', true);
  expect(reactions(ben, channelId, 'hello')).toEqual(['👍1 me']);
  await asked;
  expect(ben.store.getState().reactionWishes.size).toBe(0);
  expect(reactions(ben, channelId, 'hello')).toEqual(['👍1 me']);
  await until(
    () => reactions(anna, channelId, 'hello'),
    (seen) => seen.includes('👍1'),
  );
  // Of quick changes of mind the last one counts.
  await Promise.all([false, true, false].map((isOn) => ben.setReaction(channelId, id, '👍', isOn)));
  expect(reactions(ben, channelId, 'hello')).toEqual([]);
  await until(
    () => reactions(anna, channelId, 'hello'),
    (seen) => seen.length === 0,
  );
  expect(errors).toEqual([]);
});

test('[STORE8] a reaction that is refused is gone again, and whoever asked is told', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  anna.outbox.send({ channel_id: channelId, content: 'hello' });
  await until(
    () => said(ben, channelId),
    (lines) => lines.includes('hello'),
  );
  await anna.perform('channel.update', { channel_id: channelId, is_archived: true });
  const { id } = messageNamed(ben, channelId, 'hello');
  const asked = ben.setReaction(channelId, id, '👍', true);
  expect(reactions(ben, channelId, 'hello')).toEqual(['👍1 me']);
  await expect(asked).rejects.toMatchObject({ code: 'CHANNEL_ARCHIVED' });
  expect(reactions(ben, channelId, 'hello')).toEqual([]);
  await until(
    () => select.canReact(ben.store.getState(), channelId),
    (can) => !can,
  );
});

test('[OUT7] [MSG13] what comes too soon in slow mode waits, says until when, and goes by itself', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId, errors } = pair;
  await anna.perform('channel.update', { channel_id: channelId, slow_mode_delay: 2 });
  for (const content of ['one', 'two']) ben.outbox.send({ channel_id: channelId, content });
  await until(
    () => shown(ben, channelId),
    (lines) => lines.includes('two (waiting)'),
  );
  const waiting = ben.store.getState().outbox.get(channelId)?.[0];
  expect(waiting?.error).toMatchObject({ code: 'SLOW_MODE' });
  expect(waiting?.retryAt).toBeGreaterThan(Date.now());
  await until(
    () => said(anna, channelId),
    (lines) => lines.includes('two'),
  );
  expect(said(ben, channelId)).toEqual(['one', 'two']);
  expect(errors).toEqual([]);
});

test('[THREAD7] an archived thread opens by its id, and wakes when somebody writes in it', async () => {
  await using pair = await startPair();
  const { anna, channelId, errors } = pair;
  const started = { channel_id: channelId, name: 'Soup', content: 'Which soup?' };
  const { id } = await anna.perform('thread.create', started);
  await anna.perform('channel.update', { channel_id: id, is_archived: true });
  const late = pair.client();
  await comeOnline(late, 'ben');
  expect(late.store.getState().channels.has(id)).toBe(false);
  expect(await late.openChannel(id)).toMatchObject({ id, is_archived: true, message_count: 1 });
  await late.loadMessages(id, 'latest');
  expect(said(late, id)).toEqual(['Which soup?']);
  expect(select.threadsOf(late.store.getState(), channelId)).toEqual([]);
  late.outbox.send({ channel_id: id, content: 'Tomato' });
  await until(
    () => select.threadsOf(late.store.getState(), channelId),
    (threads) => threads.length === 1,
  );
  await until(() => late.store.getState().followedThreads.has(id), Boolean);
  await until(
    () => anna.store.getState().reads.get(id)?.unread,
    (unread) => unread === 1,
  );
  expect(late.store.getState().channels.get(id)).toMatchObject({ is_archived: false, message_count: 2 });
  await expect(late.openChannel('0'.repeat(26))).rejects.toBeInstanceOf(SnugError);
  expect(errors).toEqual([]);
});

test('[PRES1] [MSG14] who is active in a room is seen there, and typing that stops is seen to stop', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId, errors } = pair;
  for (const client of [anna, ben]) client.connection.setActiveChannel(channelId);
  for (const client of [anna, ben]) {
    await until(
      () => select.roomOf(client.store.getState(), channelId),
      (people) => people.length === 2,
    );
  }
  ben.typing(channelId);
  await until(
    () => select.typingNames(anna.store.getState(), channelId),
    (names) => names.length === 1,
  );
  ben.typingStopped(channelId);
  await until(
    () => select.typingNames(anna.store.getState(), channelId),
    (names) => names.length === 0,
  );
  ben.connection.setActiveChannel(null);
  await until(
    () => select.roomOf(anna.store.getState(), channelId),
    (people) => people.length < 2,
  );
  expect(errors).toEqual([]);
});

test('[READ13] everything is read at once, in the store as on the server', async () => {
  await using pair = await startPair();
  const { anna, ben, serverId, channelId, errors } = pair;
  const { id: other } = await anna.perform('channel.create', { server_id: serverId, name: 'second' });
  for (const place of [channelId, other]) anna.outbox.send({ channel_id: place, content: 'unread' });
  const sum = (): number => select.totalUnread(ben.store.getState());
  await until(sum, (unread) => unread === 2);
  await ben.markAllRead(serverId);
  expect(sum()).toBe(0);
  const counted = await ben.call('read.get', { channel_id: other });
  expect(counted).toMatchObject({ unread_count: 0, mention_count: 0 });
  expect(errors).toEqual([]);
});
