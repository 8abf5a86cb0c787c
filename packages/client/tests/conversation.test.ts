import { expect, test } from 'vitest';
import { SnugError, select } from '../src/index.ts';
import { comeOnline, messageNamed, said, startPair } from './people.ts';
import { until } from './until.ts';

test('[OUT3] [MSG4] what one sends the other reads, and the optimistic copy is never shown twice', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  const seen: string[][] = [];
  ben.store.subscribe(() => seen.push(said(ben, channelId)));
  const entry = ben.outbox.send({ channel_id: channelId, content: 'hello' });
  expect(entry.state).toBe('queued');
  await until(
    () => said(anna, channelId),
    (lines) => lines.includes('hello'),
  );
  await until(
    () => said(ben, channelId),
    (lines) => lines.at(-1) === 'hello',
  );
  expect(seen.filter((lines) => lines.filter((line) => line.startsWith('hello')).length !== 1)).toEqual([]);
  expect(messageNamed(anna, channelId, 'hello').nonce).toBe(entry.nonce);
  expect(ben.store.getState().outbox.size).toBe(0);
  expect(pair.errors).toEqual([]);
});

test('[OUT2] [OUT6] many at once arrive in the order they were sent', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  const lines = Array.from({ length: 40 }, (_, n) => `line ${n}`);
  for (const content of lines) ben.outbox.send({ channel_id: channelId, content });
  await until(
    () => said(anna, channelId),
    (heard) => heard.length >= 40,
  );
  expect(said(anna, channelId)).toEqual(lines);
  await until(
    () => said(ben, channelId),
    (heard) => heard.every((line) => !line.includes('(')),
  );
  expect(said(ben, channelId)).toEqual(lines);
});

test('[MSG5] [MSG6] [MSG7] edits, deletes and replies are folded by everybody', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  ben.outbox.send({ channel_id: channelId, content: 'first' });
  const first = await until(
    () => said(anna, channelId),
    (l) => l.length === 1,
  ).then(() => messageNamed(anna, channelId, 'first'));
  anna.outbox.send({ channel_id: channelId, content: 'an answer', reply_to_id: first.id });
  await until(
    () => said(ben, channelId),
    (l) => l.includes('an answer'),
  );
  const answer = messageNamed(ben, channelId, 'an answer');
  expect(select.repliedTo(ben.store.getState(), answer)?.content).toBe('first');
  await ben.editMessage(channelId, first.id, 'first, edited');
  expect(messageNamed(ben, channelId, 'first, edited').is_edited).toBe(true);
  await until(
    () => said(anna, channelId),
    (l) => l.includes('first, edited'),
  );
  await ben.deleteMessage(channelId, first.id);
  expect(said(ben, channelId)).toEqual(['an answer']);
  await until(
    () => said(anna, channelId),
    (l) => l.length === 1,
  );
  expect(select.repliedTo(anna.store.getState(), answer)).toBe(null);
  expect(pair.errors).toEqual([]);
});

test('[OUT4] what is refused for good stays with its reason, and what comes after it goes on', async () => {
  await using pair = await startPair();
  const { ben, channelId, anna } = pair;
  const refused = ben.outbox.send({ channel_id: channelId, content: '   ' });
  ben.outbox.send({ channel_id: channelId, content: 'goes on' });
  await until(
    () => said(anna, channelId),
    (l) => l.includes('goes on'),
  );
  const entry = await until(
    () =>
      ben.store
        .getState()
        .outbox.get(channelId)
        ?.find((one) => one.nonce === refused.nonce),
    (one) => one?.state === 'refused',
  );
  expect(entry?.error).toBeInstanceOf(SnugError);
  expect(entry?.error?.code).toBe('MESSAGE_EMPTY');
  ben.outbox.retry(refused.nonce);
  await until(
    () => ben.store.getState().outbox.get(channelId)?.[0]?.state,
    (state) => state === 'refused',
  );
  ben.outbox.discard(refused.nonce);
  expect(ben.store.getState().outbox.size).toBe(0);
});

test('[READ1] [READ7] [STORE7] unread counts rise with what others say, fall with acks, and reach the other device', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  const phone = pair.client();
  await phone.session.login({ login: 'ben', password: 'correct horse battery' });
  phone.connection.start();
  await until(() => phone.store.getState().ready, Boolean);
  const unread = (client: typeof ben): number | undefined => client.store.getState().reads.get(channelId)?.unread;
  for (const content of ['one', 'two', 'three']) anna.outbox.send({ channel_id: channelId, content });
  await until(
    () => [unread(ben), unread(phone)],
    ([a, b]) => a === 3 && b === 3,
  );
  expect(unread(anna)).toBe(0);
  ben.ack(channelId, messageNamed(ben, channelId, 'two').id);
  expect(unread(ben)).toBe(1);
  await until(
    () => unread(phone),
    (count) => count === 1,
  );
  // Within three seconds of the last one, an ack waits; what is read is shown as read at once.
  ben.ack(channelId, messageNamed(ben, channelId, 'three').id);
  expect(unread(ben)).toBe(0);
  expect(unread(phone)).toBe(1);
  await ben.flushAcks();
  await until(
    () => unread(phone),
    (count) => count === 0,
  );
  await phone.markUnread(channelId, messageNamed(ben, channelId, 'two').id);
  await until(
    () => [unread(ben), unread(phone)],
    ([a, b]) => a === 2 && b === 2,
  );
  expect(pair.errors).toEqual([]);
});

test('[MSG14] typing is seen by the other and ends with the message', async () => {
  await using pair = await startPair();
  const { anna, ben, channelId } = pair;
  ben.typing(channelId);
  await until(
    () => select.typingNames(anna.store.getState(), channelId),
    (names) => names.includes('ben'),
  );
  ben.outbox.send({ channel_id: channelId, content: 'there' });
  await until(
    () => said(anna, channelId),
    (l) => l.includes('there'),
  );
  expect(select.typingNames(anna.store.getState(), channelId)).toEqual([]);
  expect(ben.store.getState().typing.size).toBe(0);
});

test('[DLV6] [PERM7] channels and servers appear with what makes them, and go with what ends them', async () => {
  await using pair = await startPair();
  const { anna, ben, serverId, channelId } = pair;
  const made = await anna.perform('channel.create', { server_id: serverId, name: 'second' });
  expect(anna.store.getState().channels.get(made.id)?.name).toBe('second');
  await until(() => ben.store.getState().channels.has(made.id), Boolean);
  expect(ben.store.getState().servers.get(serverId)?.member_count).toBe(2);
  await anna.perform('channel.delete', { channel_id: made.id });
  await until(
    () => ben.store.getState().channels.has(made.id),
    (has) => !has,
  );
  await ben.perform('member.remove', { server_id: serverId, user_id: ben.store.getState().me?.id ?? '' });
  expect(ben.store.getState().servers.size).toBe(0);
  expect(ben.store.getState().messages.has(channelId)).toBe(false);
  await until(
    () => anna.store.getState().servers.get(serverId)?.member_count,
    (count) => count === 1,
  );
  expect(pair.errors).toEqual([]);
});

test('[GW12] members are asked for, listed with those online first, and their presence followed', async () => {
  await using pair = await startPair();
  const { anna, ben, serverId } = pair;
  const benId = ben.store.getState().me?.id ?? '';
  anna.connection.requestMembers(serverId, { offset: 0, limit: 100 });
  const list = await until(
    () => anna.store.getState().memberLists.get(serverId),
    (one) => one !== undefined,
  );
  expect([list?.total, list?.online, list?.ids.length]).toEqual([2, 2, 2]);
  ben.connection.setPresence({ status: 'dnd' });
  await until(
    () => anna.store.getState().presences.get(benId)?.status,
    (status) => status === 'dnd',
  );
});

test('[GW12] who joins a list that is shown is in it, and their presence is followed without asking again', async () => {
  await using pair = await startPair();
  const { anna, serverId } = pair;
  const list = (): readonly string[] | undefined => anna.store.getState().memberLists.get(serverId)?.ids;
  anna.connection.requestMembers(serverId, { offset: 0, limit: 100 });
  await until(list, (ids) => ids?.length === 2);
  const { code } = await anna.call('invite.create', { server_id: serverId });
  await pair.instance.signUp('carl');
  const carl = pair.client();
  await comeOnline(carl, 'carl');
  await carl.perform('invite.accept', { code });
  const carlId = carl.store.getState().me?.id ?? '';
  const presence = (): string | undefined => anna.store.getState().presences.get(carlId)?.status;
  await until(presence, (status) => status === 'online');
  expect(list()).toContain(carlId);
  carl.connection.setPresence({ status: 'idle' });
  await until(presence, (status) => status === 'idle');
  await carl.perform('member.remove', { server_id: serverId, user_id: carlId });
  await until(list, (ids) => ids?.length === 2);
  expect(pair.errors).toEqual([]);
});

test('[STORE1] folding a snapshot and what came after gives the state of a later snapshot', async () => {
  await using pair = await startPair();
  const { anna, ben, serverId, channelId } = pair;
  const annaId = anna.store.getState().me?.id ?? '';
  const second = await anna.perform('channel.create', { server_id: serverId, name: 'second', topic: 'more' });
  await anna.perform('channel.update', { channel_id: channelId, name: 'renamed', position: 3 });
  await anna.perform('server.update', { server_id: serverId, name: 'Another name' });
  await anna.perform('role.update', { server_id: serverId, role_id: serverId, permissions: '2051' });
  const third = await anna.perform('channel.create', { server_id: serverId, name: 'third' });
  await anna.perform('channel.delete', { channel_id: third.id });
  const dm = await ben.perform('dm.open', { recipient_id: annaId });
  for (let n = 0; n < 12; n++) {
    anna.outbox.send({ channel_id: [channelId, second.id, dm.id][n % 3] ?? '', content: `line ${n}` });
  }
  await until(
    () => anna.store.getState().outbox.size,
    (size) => size === 0,
  );
  await ben.perform('user.update', { display_name: 'Ben the Reader' });
  await ben.perform('server.create', { name: 'Of Ben' });
  await until(
    () => ben.store.getState().reads.get(dm.id)?.unread,
    (unread) => unread === 4,
  );
  const fresh = pair.client();
  await comeOnline(fresh, 'ben');
  await until(
    () => ben.store.getState().cursor,
    (cursor) => cursor >= fresh.store.getState().cursor - 1,
  );
  const lived = ben.store.getState();
  const snapshot = fresh.store.getState();
  for (const slice of ['servers', 'serverOrder', 'roles', 'channels', 'isAdmin'] as const) {
    expect(lived[slice], slice).toEqual(snapshot[slice]);
  }
  const counts = (state: typeof lived): unknown => [...state.reads].map(([id, { unread }]) => [id, unread]).sort();
  expect(counts(lived)).toEqual(counts(snapshot));
  const { status: _one, ...me } = lived.me ?? { status: '' };
  const { status: _two, ...meAgain } = snapshot.me ?? { status: '' };
  expect(me).toEqual(meAgain);
  expect(pair.errors).toEqual([]);
});
