import type { Channel } from '@snug/protocol';
import { beforeEach, expect, test } from 'vitest';
import { select } from '../src/index.ts';
import { applyPage } from '../src/store/apply-page.ts';
import { applyRecount } from '../src/store/apply-recount.ts';
import { learnThread } from '../src/store/fold-threads.ts';
import { ANNA, AT, CHANNEL, channel, id, ME, message, readState, ready, SERVER, serverSnapshot } from './fixtures.ts';
import { TestStore } from './test-store.ts';

const THREAD = id(50);
let one: TestStore;

beforeEach(() => {
  one = new TestStore();
});

function thread(more: Partial<Channel> = {}): Channel {
  const counts = { message_count: 0, member_count: 0, auto_archive_after: 60, owner_id: ANNA };
  return channel(THREAD, { type: 'thread', parent_id: CHANNEL, message_id: id(500), ...counts, ...more });
}

const said = (n: number, more: object = {}) => message(id(n), { channel_id: THREAD, parent_id: CHANNEL, ...more });

test('[THREAD13] a thread counts its messages and followers as they come and go', () => {
  one.fold('CHANNEL_CREATE', thread());
  one.fold('THREAD_MEMBER_ADD', { channel_id: THREAD, user_id: ANNA, joined_at: AT });
  for (const n of [600, 601, 602]) one.fold('MESSAGE_CREATE', said(n));
  one.fold('MESSAGE_DELETE', { id: id(600), channel_id: THREAD, parent_id: CHANNEL });
  one.fold('MESSAGE_DELETE_BULK', { ids: [id(601)], channel_id: THREAD, parent_id: CHANNEL, cause: 'moderator' });
  expect(one.state.channels.get(THREAD)).toMatchObject({
    message_count: 1,
    member_count: 1,
    last_message_id: id(602),
  });
  one.fold('THREAD_MEMBER_REMOVE', { channel_id: THREAD, user_id: ANNA });
  expect(one.state.channels.get(THREAD)?.member_count).toBe(0);
});

test('[E29] a thread is unread for those who follow it, from then on, and for nobody else', () => {
  one.fold('CHANNEL_CREATE', thread());
  one.fold('MESSAGE_CREATE', said(600));
  expect(one.state.reads.has(THREAD)).toBe(false);
  one.fold('THREAD_MEMBER_ADD', { channel_id: THREAD, user_id: ME, joined_at: AT });
  expect(one.state.followedThreads).toEqual(new Set([THREAD]));
  expect(one.state.reads.get(THREAD)).toMatchObject({ unread: 0, mentions: 0 });
  one.fold('MESSAGE_CREATE', said(601, { mentions: [ME] }));
  expect(one.state.reads.get(THREAD)).toMatchObject({ unread: 1, mentions: 1 });
  one.fold('THREAD_MEMBER_REMOVE', { channel_id: THREAD, user_id: ME });
  expect([one.state.reads.has(THREAD), one.state.followedThreads.size]).toEqual([false, 0]);
});

test('[E29] an archived thread leaves the lists and counts no more, and comes back when it wakes', () => {
  one.fold('CHANNEL_CREATE', thread());
  one.fold('THREAD_MEMBER_ADD', { channel_id: THREAD, user_id: ME, joined_at: AT });
  expect(select.threadsOf(one.state, CHANNEL).map((found) => found.id)).toEqual([THREAD]);
  one.fold('CHANNEL_UPDATE', { id: THREAD, is_archived: true });
  expect(select.threadsOf(one.state, CHANNEL)).toEqual([]);
  expect([one.state.reads.has(THREAD), one.state.channels.has(THREAD)]).toEqual([false, true]);
  expect(select.canSend(one.state, THREAD)).toBe(true);
  one.fold('CHANNEL_UPDATE', { id: THREAD, is_archived: false });
  expect(select.threadsOf(one.state, CHANNEL)).toHaveLength(1);
  expect([...one.wanted().recounts]).toEqual([THREAD]);
});

test('[THREAD7] a thread that slept when this client came is there when it wakes, with nothing to ask for', () => {
  one.fold('CHANNEL_UPDATE', thread({ message_count: 7, member_count: 1 }));
  one.fold('MESSAGE_CREATE', said(600));
  expect(one.state.channels.get(THREAD)).toMatchObject({ message_count: 8, is_archived: false });
  expect([one.wanted().channels.size, one.wanted().recounts.size, one.state.reads.has(THREAD)]).toEqual([0, 0, false]);
});

test('[THREAD6] one that is followed asks what is unread in it when it wakes', () => {
  one.reset(ready({ followed_threads: [THREAD] }));
  one.fold('CHANNEL_UPDATE', thread({ message_count: 7, member_count: 1 }));
  expect([...one.wanted().recounts]).toEqual([THREAD]);
});

test('[STORE1] a thread that is not told as a whole is asked for when it wakes, and not before', () => {
  one.reset(ready({ followed_threads: [THREAD] }));
  one.fold('MESSAGE_DELETE', { id: id(1), channel_id: THREAD, parent_id: CHANNEL });
  expect(one.wanted().channels.size).toBe(0);
  one.fold('CHANNEL_UPDATE', { id: THREAD, is_archived: false });
  one.fold('MESSAGE_CREATE', said(600));
  expect([...one.wanted().channels]).toEqual([THREAD]);
  const answer = thread({ message_count: 7, member_count: 1 });
  // As it was before the message: too old.
  expect(one.store.applyAt(one.position - 1, (context) => learnThread(context, answer))).toBe(false);
  expect(one.store.applyAt(one.position, (context) => learnThread(context, answer))).toBe(true);
  expect(one.state.channels.get(THREAD)?.message_count).toBe(7);
  expect([...one.wanted().recounts]).toEqual([THREAD]);
  const read = { ...readState(THREAD, { unread_count: 3, mention_count: 1 }), is_followed: true };
  one.store.applyAt(one.position, (context) => applyRecount(context, THREAD, read));
  expect(one.state.reads.get(THREAD)).toMatchObject({ unread: 3, mentions: 1 });
  expect(one.state.followedThreads.has(THREAD)).toBe(true);
});

test('[STORE4] what a fetched thread counts already is not counted again when its events come later', () => {
  one.store.applyAt(one.position + 5, (context) => learnThread(context, thread({ message_count: 1, member_count: 1 })));
  one.fold('MESSAGE_CREATE', said(600));
  one.fold('THREAD_MEMBER_ADD', { channel_id: THREAD, user_id: ANNA, joined_at: AT });
  expect(one.state.channels.get(THREAD)).toMatchObject({ message_count: 1, member_count: 1 });
  for (let n = 0; n < 3; n++) one.fold('HISTORY_CHANGED', { channel_id: CHANNEL });
  one.fold('MESSAGE_CREATE', said(601));
  expect(one.state.channels.get(THREAD)?.message_count).toBe(2);
});

test('the message a thread began from names it, live as on a page, and no more when it is deleted', () => {
  one.load(message(id(500)));
  one.fold('CHANNEL_CREATE', thread());
  const starter = () => one.state.messages.get(CHANNEL)?.get(id(500));
  expect(starter()?.thread_id).toBe(THREAD);
  expect(select.threadOfMessage(one.state, message(id(500)))?.id).toBe(THREAD);
  one.fold('CHANNEL_DELETE', { id: THREAD, server_id: SERVER, deleted_at: AT });
  expect(starter()).toEqual(message(id(500)));
});

test('threads that began from the messages of a page are known, also those that are archived', () => {
  const page = {
    ...{ items: [message(id(500), { thread_id: THREAD })], has_more: false, users: [], referenced: [] },
    threads: [thread({ is_archived: true, message_count: 4, member_count: 2 })],
  };
  const fetched = { channelId: CHANNEL, kind: 'replace', anchor: null, page } as const;
  one.store.applyAt(one.position, (context) => applyPage(context, fetched));
  expect(select.threadOfMessage(one.state, message(id(500)))?.message_count).toBe(4);
  expect(one.wanted().recounts.size).toBe(0);
});

test('[STORE2] a channel takes its threads with it, and everything in them', () => {
  one.fold('CHANNEL_CREATE', thread());
  one.fold('THREAD_MEMBER_ADD', { channel_id: THREAD, user_id: ME, joined_at: AT });
  one.load(said(600));
  one.fold('CHANNEL_DELETE', { id: CHANNEL, server_id: SERVER, deleted_at: null });
  const { channels, windows, messages, reads, followedThreads } = one.state;
  expect([channels, windows, messages, reads, followedThreads].map((slice) => slice.size)).toEqual([0, 0, 0, 0, 0]);
});

test('[E5] an archived thread that is open stays over a reset while its channel does, and is asked for', () => {
  one.fold('CHANNEL_CREATE', thread());
  one.fold('CHANNEL_UPDATE', { id: THREAD, is_archived: true });
  one.load(said(600));
  one.wanted();
  one.reset(ready());
  expect(one.state.windows.get(THREAD)).toMatchObject({ stale: true });
  expect([...one.wanted().channels]).toEqual([THREAD]);
  one.store.applyAt(one.position, (context) =>
    learnThread(context, thread({ is_archived: true, name: 'renamed meanwhile' })),
  );
  expect(one.state.channels.get(THREAD)?.name).toBe('renamed meanwhile');
  one.reset(ready({ servers: [serverSnapshot(SERVER, [])], read_states: [] }));
  expect([one.state.windows.has(THREAD), one.state.channels.has(THREAD)]).toEqual([false, false]);
});
