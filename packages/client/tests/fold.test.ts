import { formatPermissions, Permission } from '@snug/protocol';
import { beforeEach, expect, test, vi } from 'vitest';
import { type State, select } from '../src/index.ts';
import { applyPage } from '../src/store/apply-page.ts';
import type { Dispatch } from '../src/store/dispatch.ts';
import { LiveStore } from '../src/store/live-store.ts';
import { Unread } from '../src/store/unread.ts';
import {
  ANNA,
  AT,
  CHANNEL,
  channel,
  DM,
  dm,
  id,
  ME,
  member,
  message,
  ready,
  role,
  SERVER,
  server,
  serverSnapshot,
  user,
} from './fixtures.ts';

let store: LiveStore;
let position: number;

beforeEach(() => {
  store = new LiveStore({
    now: () => Date.now(),
    onError: (error) => {
      throw error;
    },
  });
  position = 100;
  store.reset(ready(), position);
});

const state = (): State => store.getState();

function fold(t: string, d: unknown): void {
  position++;
  store.apply([{ t, d, position } satisfies Dispatch], position);
}

function pass(t: string, d: unknown): void {
  store.apply([{ t, d, position: null }], position);
}

function load(...ids: string[]): void {
  const items = ids.map((one) => message(one)).reverse();
  const page = { items, has_more: false, users: [], referenced: [], threads: [] };
  store.applyAt(position, (context) => applyPage(context, { channelId: CHANNEL, kind: 'replace', anchor: null, page }));
}

test('[STORE5] what an event does not touch keeps its identity', () => {
  load(id(500));
  const before = state();
  fold('MESSAGE_CREATE', message(id(501)));
  const after = state();
  const changed = (Object.keys(after) as (keyof State)[]).filter((key) => after[key] !== before[key]);
  expect(changed.sort()).toEqual(['channels', 'cursor', 'messages', 'reads', 'windows']);
  expect(after.messages.get(CHANNEL)?.get(id(500))).toBe(before.messages.get(CHANNEL)?.get(id(500)));
});

test('[STORE5] selectors give the same arrays while their part of the state stands', () => {
  load(id(500));
  const before = state();
  pass('TYPING_START', { user_id: ANNA, channel_id: CHANNEL, timestamp: AT });
  expect(state()).not.toBe(before);
  expect(select.timeline(state(), CHANNEL)).toBe(select.timeline(before, CHANNEL));
  expect(select.serverChannels(state(), SERVER)).toBe(select.serverChannels(before, SERVER));
  expect(select.dmChannels(state())).toBe(select.dmChannels(before));
  fold('MESSAGE_CREATE', message(id(501)));
  expect(select.timeline(state(), CHANNEL)).not.toBe(select.timeline(before, CHANNEL));
});

test('[STORE6] a batch tells subscribers once, and one that changes nothing not at all', () => {
  let told = 0;
  store.subscribe(() => told++);
  const many = Array.from({ length: 50 }, (_, n) => ({
    t: 'MESSAGE_CREATE',
    d: message(id(500 + n)),
    position: 101 + n,
  }));
  store.apply(many, 150);
  expect(told).toBe(1);
  store.apply([], 150);
  expect(told).toBe(1);
});

test('[STORE2] after a reset what is absent is wiped, windows that remain are stale, and the outbox stays', () => {
  const gone = channel(id(30), { name: 'gone' });
  fold('CHANNEL_CREATE', gone);
  load(id(500));
  const page = {
    items: [message(id(501), { channel_id: gone.id })],
    has_more: false,
    users: [],
    referenced: [message(id(400), { channel_id: gone.id })],
    threads: [],
  };
  store.applyAt(position, (context) => applyPage(context, { channelId: gone.id, kind: 'replace', anchor: null, page }));
  const entry = { nonce: 'n', channel_id: gone.id, content: 'unsent', created_at: 1, state: 'queued' } as const;
  store.change((draft) => draft.put('outbox', gone.id, [entry]));
  expect(state().referenced.size).toBe(1);
  store.reset(ready(), 200);
  expect([state().messages.has(gone.id), state().windows.has(gone.id), state().referenced.size]).toEqual([
    false,
    false,
    0,
  ]);
  expect(state().windows.get(CHANNEL)).toMatchObject({ stale: true, ids: [id(500)] });
  expect(state().outbox.get(gone.id)).toEqual([entry]);
  expect(select.needsLoad(state(), CHANNEL)).toBe(true);
});

test('[IMP2] HISTORY_CHANGED makes the window stale, also when a page from before it comes later', () => {
  load(id(500));
  fold('HISTORY_CHANGED', { channel_id: CHANNEL });
  expect(state().windows.get(CHANNEL)?.stale).toBe(true);
  const end = store.ledger.log.beginFetch();
  const before = position;
  fold('HISTORY_CHANGED', { channel_id: CHANNEL });
  const page = { items: [message(id(500))], has_more: false, users: [], referenced: [], threads: [] };
  const fetched = { channelId: CHANNEL, kind: 'replace', anchor: null, page } as const;
  store.applyAt(before, (context) => applyPage(context, fetched));
  expect(state().windows.get(CHANNEL)?.stale).toBe(true);
  store.applyAt(position, (context) => applyPage(context, fetched));
  expect(state().windows.get(CHANNEL)?.stale).toBe(false);
  end();
});

test('[MSG3] messages are shown by id, however they are delivered', () => {
  load(id(500), id(510));
  for (const one of [505, 520, 501, 515]) fold('MESSAGE_CREATE', message(id(one)));
  expect(state().windows.get(CHANNEL)?.ids).toEqual([500, 501, 505, 510, 515, 520].map(id));
});

test('[READ1] own, system and imported messages are not unread; mentions of me, my roles and everyone are counted', () => {
  const mine = role(SERVER, { id: id(40), is_default: false, position: 1 });
  fold('ROLE_CREATE', mine);
  fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, role_ids: [mine.id] });
  const said = [
    { type: 'system_join' },
    { origin: 'import' },
    {},
    { mentions: [ME] },
    { mention_roles: [mine.id] },
    { mention_everyone: true },
    { mention_roles: [id(41)] },
  ];
  for (const [n, more] of said.entries()) fold('MESSAGE_CREATE', message(id(500 + n), more as object));
  expect(state().reads.get(CHANNEL)).toMatchObject({ unread: 5, mentions: 3 });
  fold('MESSAGE_DELETE', { id: id(503), channel_id: CHANNEL });
  expect(state().reads.get(CHANNEL)).toMatchObject({ unread: 4, mentions: 2 });
  fold('MESSAGE_CREATE', message(id(600), { author_id: ME }));
  expect(state().reads.get(CHANNEL)).toMatchObject({ unread: 0, mentions: 0, lastReadId: id(600) });
});

test('[STORE7] a count that is older than one that is known changes nothing', () => {
  const count = (unread: number) => ({ unread, mentions: 0 });
  const read = { readPosition: 50, lastReadId: id(1) };
  const unread = new Unread({ position: 100, ...read, since: id(0), count: count(3) });
  expect(unread.recount(count(5), { ...read, position: 110 })).toBe(true);
  unread.add({ id: id(9), position: 108, isDirect: false, roles: [] });
  expect(unread.recount(count(4), { ...read, position: 105 })).toBe(false);
  expect(unread.count).toEqual(count(5));
});

test('[READ5] counting stops at 100', () => {
  for (let n = 0; n < 900; n++) fold('MESSAGE_CREATE', message(id(500 + n)));
  expect(state().reads.get(CHANNEL)?.unread).toBe(100);
  fold('READ_STATE_UPDATE', {
    user_id: ME,
    channel_id: CHANNEL,
    last_read_id: id(1389),
    read_position: 990,
    mention_count: 0,
    unread_count: 0,
    last_pin_timestamp: null,
  });
  expect(state().reads.get(CHANNEL)?.unread).toBe(10);
});

test('[MSG14] somebody is typing for ten seconds, or until their message', () => {
  vi.useFakeTimers();
  try {
    pass('TYPING_START', { user_id: ANNA, channel_id: CHANNEL, timestamp: AT });
    pass('TYPING_START', { user_id: ME, channel_id: CHANNEL, timestamp: AT });
    expect(select.typingNames(state(), CHANNEL)).toEqual(['anna']);
    vi.advanceTimersByTime(9_900);
    expect(select.typingNames(state(), CHANNEL)).toEqual(['anna']);
    vi.advanceTimersByTime(200);
    expect(state().typing.size).toBe(0);
    pass('TYPING_START', { user_id: ANNA, channel_id: CHANNEL, timestamp: AT });
    fold('MESSAGE_CREATE', message(id(500)));
    expect(state().typing.size).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('[PERM2] [PERM3] permissions are the union of roles; the owner may do everything; a DM lets both speak', () => {
  expect(select.canSend(state(), CHANNEL)).toBe(true);
  fold('ROLE_UPDATE', { id: SERVER, server_id: SERVER, permissions: formatPermissions(Permission.VIEW_CHANNEL) });
  expect(select.canSend(state(), CHANNEL)).toBe(false);
  const speaker = role(SERVER, {
    id: id(40),
    is_default: false,
    permissions: formatPermissions(Permission.SEND_MESSAGES),
  });
  fold('ROLE_CREATE', speaker);
  expect(select.canSend(state(), CHANNEL)).toBe(false);
  fold('MEMBER_UPDATE', { user_id: ME, server_id: SERVER, role_ids: [speaker.id] });
  expect(select.canSend(state(), CHANNEL)).toBe(true);
  expect(select.permissions(state(), SERVER) & Permission.MANAGE_SERVER).toBe(0n);
  fold('SERVER_UPDATE', { id: SERVER, owner_id: ME });
  expect(select.permissions(state(), SERVER) & Permission.MANAGE_SERVER).toBe(Permission.MANAGE_SERVER);
  fold('CHANNEL_CREATE', dm(DM, [ME, ANNA]));
  expect([select.canSend(state(), DM), select.channelTitle(state(), DM)]).toEqual([true, 'anna']);
  expect(select.canSend(state(), id(99))).toBe(false);
});

test('[DLV6] leaving a server takes everything of it away', () => {
  load(id(500));
  fold('MEMBER_REMOVE', { user_id: ME, server_id: SERVER, removed_by: ME });
  const { servers, serverOrder, channels, messages, windows, reads, roles, members } = state();
  expect([servers, channels, messages, windows, reads, roles, members].map((slice) => slice.size)).toEqual([
    0, 0, 0, 0, 0, 0, 0,
  ]);
  expect(serverOrder).toEqual([]);
});

test('[STORE4] a profile that was fetched does not undo a newer one', () => {
  fold('MEMBER_UPDATE', { user_id: ANNA, server_id: SERVER, user: user(ANNA, { display_name: 'Anna the New' }) });
  const page = {
    items: [],
    has_more: false,
    users: [user(ANNA, { display_name: 'Anna the Old' })],
    referenced: [],
    threads: [],
  };
  const fetched = { channelId: CHANNEL, kind: 'replace', anchor: null, page } as const;
  store.applyAt(position - 1, (context) => applyPage(context, fetched));
  expect(select.userName(state(), ANNA)).toBe('Anna the New');
  store.applyAt(position, (context) => applyPage(context, fetched));
  expect(select.userName(state(), ANNA)).toBe('Anna the Old');
});

test('[GW12] a member list grows from the top, without gaps or doubles', () => {
  const chunk = (offset: number, ids: number[], more = {}): object => ({
    ...{ server_id: SERVER, presences: [], total: 6, online: 2, offset, ...more },
    members: ids.map((n) => ({ ...member(SERVER, id(n)), user: user(id(n)) })),
  });
  pass('SERVER_MEMBERS_CHUNK', chunk(0, [61, 62, 63]));
  pass('SERVER_MEMBERS_CHUNK', chunk(5, [66]));
  expect(state().memberLists.get(SERVER)?.ids).toEqual([61, 62, 63].map(id));
  pass('SERVER_MEMBERS_CHUNK', chunk(3, [64, 65, 66]));
  pass('SERVER_MEMBERS_CHUNK', chunk(0, [63, 61, 62]));
  pass('SERVER_MEMBERS_CHUNK', chunk(0, [62], { nonce: 'ids' }));
  expect(state().memberLists.get(SERVER)).toMatchObject({ total: 6, ids: [63, 61, 62, 64, 65, 66].map(id) });
  fold('MEMBER_REMOVE', { user_id: id(62), server_id: SERVER, removed_by: ANNA });
  expect(state().memberLists.get(SERVER)).toMatchObject({ total: 5, ids: [63, 61, 64, 65, 66].map(id) });
});

test('[E22] unread sums per server and in all, DMs included', () => {
  fold('CHANNEL_CREATE', dm(DM, [ME, ANNA]));
  fold('MESSAGE_CREATE', message(id(500), { mentions: [ME] }));
  fold('MESSAGE_CREATE', message(id(501), { channel_id: DM }));
  expect(select.serverUnread(state(), SERVER)).toEqual({ unread: 1, mentions: 1 });
  expect(select.totalUnread(state())).toBe(2);
  expect(select.dmChannels(state()).map((one) => one.id)).toEqual([DM]);
});

test('[STORE1] a join brings the server as a snapshot, in its place in the list', () => {
  const other = id(70);
  fold(
    'SERVER_CREATE',
    serverSnapshot(other, [channel(id(71), { server_id: other, position: 1 }), channel(id(72), { server_id: other })]),
  );
  expect(state().serverOrder).toEqual([SERVER, other]);
  expect(select.serverChannels(state(), other).map((one) => one.id)).toEqual([id(72), id(71)]);
  expect(state().reads.get(id(71))).toMatchObject({ unread: 0, readPosition: position });
  fold('SERVER_UPDATE', { ...server(other), name: 'Renamed' });
  fold('SERVER_DELETE', { id: other, deleted_at: AT });
  expect(state().serverOrder).toEqual([SERVER]);
});

const joiner = (n: number, name: string): object => ({
  ...member(SERVER, id(n)),
  ...{ server_id: SERVER, via: 'invite', user: user(id(n), { display_name: name }) },
});
const named = (n: number, name: string): object => ({
  ...member(SERVER, id(n)),
  user: user(id(n), { display_name: name }),
});
const presence = (userId: string, status: string): object => ({
  ...{ user_id: userId, status, custom_status: '', activities: [], client_info: {}, last_seen_at: null },
});

test('[GW12] who joins takes their place in a list that is loaded, and who goes leaves it, once', () => {
  const chunk = { server_id: SERVER, presences: [presence(id(61), 'dnd')], total: 3, online: 1, offset: 0 };
  pass('SERVER_MEMBERS_CHUNK', { ...chunk, members: [named(61, 'Zoe'), named(62, 'ben'), named(63, 'Finn')] });
  fold('MEMBER_ADD', joiner(64, 'Carl'));
  const joined = { total: 4, online: 1, ids: [61, 62, 64, 63].map(id) };
  expect(state().memberLists.get(SERVER)).toEqual(joined);
  fold('MEMBER_ADD', joiner(64, 'Carl'));
  expect(state().memberLists.get(SERVER)).toEqual(joined);
  fold('MEMBER_REMOVE', { user_id: id(61), server_id: SERVER, removed_by: ANNA });
  const left = { total: 3, online: 0, ids: [62, 64, 63].map(id) };
  expect(state().memberLists.get(SERVER)).toEqual(left);
  fold('MEMBER_REMOVE', { user_id: id(61), server_id: SERVER, removed_by: ANNA });
  expect(state().memberLists.get(SERVER)).toEqual(left);
});

test('[GW12] who joins beyond what is loaded of a list is counted, and leaves no hole', () => {
  const chunk = { server_id: SERVER, presences: [], total: 9, online: 0, offset: 0 };
  pass('SERVER_MEMBERS_CHUNK', { ...chunk, members: [named(61, 'Ada'), named(62, 'Ben')] });
  fold('MEMBER_ADD', joiner(64, 'Zoe'));
  expect(state().memberLists.get(SERVER)).toEqual({ total: 10, online: 0, ids: [61, 62].map(id) });
  fold('MEMBER_ADD', joiner(65, 'Babs'));
  expect(state().memberLists.get(SERVER)).toEqual({ total: 11, online: 0, ids: [61, 65, 62].map(id) });
  fold('MEMBER_REMOVE', { user_id: id(64), server_id: SERVER, removed_by: ANNA });
  expect(state().memberLists.get(SERVER)?.total).toBe(10);
});

test('[E30] a list that names somebody without a presence says that they are gone', () => {
  pass('PRESENCE_UPDATE', presence(ANNA, 'idle'));
  const chunk = { server_id: SERVER, presences: [], total: 2, online: 0, offset: 0 };
  pass('SERVER_MEMBERS_CHUNK', { ...chunk, members: [{ ...member(SERVER, ANNA), user: user(ANNA) }] });
  expect(state().presences.has(ANNA)).toBe(false);
});

test('[E30] ones own presence is what this client says of it, whatever others are told', () => {
  expect(state().presences.get(ME)?.status).toBe('online');
  store.setPresence({ status: 'invisible', activities: [{ type: 'playing', name: 'chess' }] });
  expect(state().presences.get(ME)).toMatchObject({ status: 'invisible', activities: [{ name: 'chess' }] });
  pass('PRESENCE_UPDATE', presence(ME, 'offline'));
  const chunk = { server_id: SERVER, presences: [], total: 2, online: 0, offset: 0 };
  pass('SERVER_MEMBERS_CHUNK', { ...chunk, members: [{ ...member(SERVER, ME), user: user(ME) }] });
  expect(state().presences.get(ME)?.status).toBe('invisible');
  store.reset(ready(), 300);
  expect(state().presences.get(ME)?.status).toBe('invisible');
  store.clear();
  store.reset(ready(), 400);
  expect(state().presences.get(ME)?.status).toBe('online');
});

test('a DM is with the other one; with oneself where there is nobody else', () => {
  expect(select.dmPartner(state(), dm(DM, [ME, ANNA]))).toBe(ANNA);
  expect(select.dmPartner(state(), dm(DM, [ME]))).toBe(ME);
  expect(select.dmPartner(state(), channel(CHANNEL))).toBe(CHANNEL);
});
