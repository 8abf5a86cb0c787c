import { CloseCode, Op } from '@snug/protocol';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { SnugError } from '../src/index.ts';
import {
  ANNA,
  CHANNEL,
  channel,
  id,
  ME,
  member,
  message,
  ready,
  SERVER,
  server,
  serverSnapshot,
  user,
} from './fixtures.ts';
import { type Script, startScript } from './scripted-gateway.ts';

let script: Script;

beforeEach(async () => {
  vi.useFakeTimers();
  script = await startScript();
  await vi.advanceTimersByTimeAsync(0);
});

afterEach(() => {
  script.client.close();
  vi.useRealTimers();
});

const later = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const state = () => script.client.store.getState();

test('[GW1] [GW2] it identifies after Hello and is online after READY', async () => {
  expect(script.client.connection.status).toBe('connecting');
  expect(script.current.received).toEqual([]);
  script.current.hello();
  expect(script.current.last(Op.IDENTIFY)?.d.token).toBe('token-1');
  script.current.dispatch('READY', ready(), 7);
  expect(script.client.connection.status).toBe('online');
  expect([state().ready, state().cursor]).toEqual([true, 7]);
});

test('[GW4] [CONN1] a lost socket is opened again and resumes from the last position', async () => {
  script.current.welcome(7);
  script.current.dispatch('MESSAGE_CREATE', message(id(100)), 9);
  script.current.end(1006);
  expect(script.sockets).toHaveLength(1);
  await later(250);
  expect(script.sockets).toHaveLength(2);
  expect(script.client.connection.status).toBe('connecting');
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d).toEqual({ token: 'token-1', seq: 9 });
  expect(script.current.last(Op.IDENTIFY)).toBeUndefined();
  script.current.dispatch('MESSAGE_CREATE', message(id(101)), 12);
  script.current.dispatch('RESUMED', {}, 15);
  expect([script.client.connection.status, state().cursor]).toEqual(['online', 15]);
  expect(state().channels.get(CHANNEL)?.last_message_id).toBe(id(101));
});

test('[CONN5] after op 9 it identifies on the same socket, and the snapshot replaces what was known', async () => {
  script.current.welcome(7);
  script.current.end(1006);
  await later(250);
  script.current.hello();
  script.current.say(Op.INVALID_SESSION, { d: false });
  expect(script.sockets).toHaveLength(2);
  expect(script.current.last(Op.IDENTIFY)?.d.token).toBe('token-1');
  script.current.dispatch('READY', ready({ servers: [] }), 3);
  // A restored log may be shorter: the cursor follows it.
  expect([state().cursor, state().servers.size, script.client.connection.cursor]).toEqual([3, 0, 3]);
});

test('[DLV4] [DLV5] a group is folded whole: half of one is forgotten when the socket goes, and comes again', async () => {
  script.current.welcome(7);
  const second = channel(id(20), { name: 'second' });
  script.current.dispatch('ROLE_UPDATE', { id: SERVER, server_id: SERVER, permissions: '1' }, 7);
  await later(50);
  expect(state().roles.get(SERVER)?.[0]?.permissions).toBe('3');
  script.current.end(1006);
  await later(250);
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d.seq).toBe(7);
  script.current.dispatch('ROLE_UPDATE', { id: SERVER, server_id: SERVER, permissions: '1' }, 7);
  script.current.dispatch('CHANNEL_CREATE', second, 9);
  script.current.dispatch('RESUMED', {}, 9);
  expect(state().roles.get(SERVER)?.[0]?.permissions).toBe('1');
  expect(state().channels.get(second.id)?.name).toBe('second');
});

test('[DLV4] the position of a group is that of its last frame: a join is counted once', async () => {
  script.current.welcome(7, ready({ servers: [] }));
  const joined = { ...member(SERVER, ME), user: user(ME), via: 'invite' };
  script.current.dispatch('MEMBER_ADD', joined, 7);
  script.current.dispatch('SERVER_CREATE', serverSnapshot(SERVER, [channel(CHANNEL)], { member_count: 5 }), 9);
  script.current.dispatch('MEMBER_ADD', { ...joined, ...member(SERVER, ANNA), user: user(ANNA) }, 11);
  await later(20);
  expect(state().servers.get(SERVER)?.member_count).toBe(6);
  expect(state().members.get(SERVER)?.has(ME)).toBe(true);
});

test('[GW9] [DLV23] what has no position moves no cursor; a position that was passed is passed over', async () => {
  script.current.welcome(7);
  script.current.dispatch('TYPING_START', { user_id: ANNA, channel_id: CHANNEL, timestamp: '' });
  script.current.dispatch('MESSAGE_CREATE', message(id(100)), 5);
  await later(20);
  expect([state().cursor, state().typing.get(CHANNEL)?.size]).toEqual([7, 1]);
  expect(state().channels.get(CHANNEL)?.last_message_id).toBe(null);
});

test('[STORE6] a burst of frames tells subscribers once, the first after a pause at once', async () => {
  script.current.welcome(7);
  await later(100);
  let told = 0;
  script.client.store.subscribe(() => told++);
  script.current.dispatch('MESSAGE_CREATE', message(id(100)), 8);
  expect(told).toBe(1);
  for (let n = 0; n < 20; n++) script.current.dispatch('MESSAGE_CREATE', message(id(101 + n)), 9 + n);
  expect(told).toBe(1);
  await later(16);
  expect([told, state().cursor]).toEqual([2, 28]);
});

test('[CONN3] [GW6] it beats with its cursor, takes the one of the ack, and leaves a socket that does not answer', async () => {
  script.current.welcome(7);
  const first = script.current;
  await later(20_000);
  expect(first.last(Op.HEARTBEAT)?.d).toBe(7);
  first.say(Op.HEARTBEAT_ACK, { s: 30 });
  await later(20);
  expect([script.client.connection.cursor, state().cursor]).toEqual([30, 30]);
  await later(40_000);
  expect(first.received.filter((frame) => frame.op === Op.HEARTBEAT)).toHaveLength(2);
  expect(first.closedWith).toBe(null);
  await later(40_000);
  expect(first.closedWith).toBe(4900);
  await later(15_000);
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d.seq).toBe(30);
});

test('[GW14] op 7 makes it resume elsewhere', async () => {
  script.current.welcome(7);
  script.current.say(Op.RECONNECT);
  expect(script.sockets[0]?.closedWith).toBe(CloseCode.NORMAL);
  await later(500);
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d.seq).toBe(7);
});

test('[CONN6] [GW15] final close codes sign out, with the reason', async () => {
  script.current.welcome(7);
  script.current.end(CloseCode.ACCOUNT_CLOSED);
  await later(60_000);
  expect(script.client.session.state).toEqual({ status: 'signed_out', reason: 'closed' });
  expect([script.sockets.length, script.client.connection.status, state().ready]).toEqual([1, 'stopped', false]);
});

test('[GW15] [GW16] a refused token is replaced before the next try; an unknown position begins afresh', async () => {
  script.current.welcome(7);
  script.current.end(CloseCode.BAD_TOKEN);
  await later(500);
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d).toEqual({ token: 'token-2', seq: 7 });
  script.current.dispatch('RESUMED', {}, 7);
  script.current.end(CloseCode.UNKNOWN_POSITION);
  await later(1000);
  script.current.hello();
  expect(script.current.last(Op.RESUME)).toBeUndefined();
  expect(script.current.last(Op.IDENTIFY)?.d.token).toBe('token-2');
});

test('[GW10] requests are answered by their id, refused by name, and lost with their socket', async () => {
  script.current.welcome(7);
  const { client } = script;
  const answered = client.request('typing.start', { channel_id: CHANNEL });
  const refused = client.request('typing.start', { channel_id: CHANNEL });
  const lost = client.request('typing.start', { channel_id: CHANNEL });
  const [one, two] = script.current.received.filter((frame) => frame.op === Op.REQUEST);
  script.current.say(Op.RESPONSE, { d: { id: two?.d.id, ok: false, error: { code: 'UNKNOWN_CHANNEL', status: 404 } } });
  script.current.say(Op.RESPONSE, { d: { id: one?.d.id, ok: true, result: null, position: 7 } });
  expect(await answered).toBe(null);
  await expect(refused).rejects.toMatchObject({ code: 'UNKNOWN_CHANNEL', status: 404, shouldRetry: false });
  script.current.end(1006);
  await expect(lost).rejects.toMatchObject({ code: 'CONNECTION_LOST', shouldRetry: true, isOffline: true });
  await expect(lost).rejects.toBeInstanceOf(SnugError);
});

test('[CONN2] two sockets that do not open make room for the long poll; minutes later a socket is tried again', async () => {
  script.answer = (path) =>
    path.includes('since=')
      ? new Promise((resolve) => setTimeout(() => resolve({ next: 9, events: [], ephemeral: [] }), 25_000))
      : { next: 7, events: [], ephemeral: [], snapshot: ready() };
  script.current.end(1006);
  await later(250);
  expect(script.sockets).toHaveLength(2);
  await later(10_000);
  const { connection } = script.client;
  expect([connection.status, connection.transport, connection.cursor]).toEqual(['online', 'sync', 7]);
  expect(script.requests.filter((request) => request.startsWith('GET /api/v1/sync'))[0]).toBe(
    'GET /api/v1/sync?timeout=0',
  );
  await later(120_000);
  expect(script.sockets).toHaveLength(2);
  for (let waited = 0; waited < 90_000 && script.sockets.length < 3; waited += 5_000) await later(5_000);
  expect(script.sockets).toHaveLength(3);
  expect(connection.status).toBe('online');
  script.current.hello();
  expect(script.current.last(Op.RESUME)?.d.seq).toBe(9);
  script.current.dispatch('RESUMED', {}, 9);
  expect([connection.status, connection.transport]).toEqual(['online', 'websocket']);
});

test('[SYNC5] [DLV4] a group in a poll has the position of its last event', async () => {
  const joined = { ...member(SERVER, ME), user: user(ME), via: 'invite' };
  const group = [
    { t: 'MEMBER_ADD', s: 7, d: joined },
    { t: 'SERVER_CREATE', s: 9, d: serverSnapshot(SERVER, [channel(CHANNEL)], { member_count: 5 }) },
    { t: 'MEMBER_ADD', s: 10, d: { ...joined, ...member(SERVER, ANNA), user: user(ANNA) } },
  ];
  script.answer = (path) => {
    if (!path.includes('since=')) return { next: 7, events: [], ephemeral: [], snapshot: ready({ servers: [] }) };
    if (path.includes('since=7')) return { next: 10, events: group, ephemeral: [] };
    return new Promise(() => undefined);
  };
  script.current.end(1006);
  await later(250);
  script.current.end(1006);
  await later(10);
  expect(state().servers.get(SERVER)?.member_count).toBe(6);
});

test('[CONN1] while nothing answers the delay grows and is capped, and retryNow does not wait', async () => {
  script.answer = null;
  const waits: number[] = [];
  for (let n = 0; n < 12; n++) {
    script.current.end(1006);
    await later(0);
    const { retryAt, status } = script.client.connection;
    expect(status).toBe('waiting');
    waits.push((retryAt ?? 0) - Date.now());
    await later((retryAt ?? 0) - Date.now());
  }
  expect(waits.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
  expect(waits.at(-1)).toBe(5000);
  script.current.end(1006);
  await later(0);
  const before = script.sockets.length;
  script.client.connection.retryNow();
  await later(0);
  expect(script.sockets.length).toBe(before + 1);
});

test('[DLV24] a type that this client does not know moves the cursor and nothing else', async () => {
  script.current.welcome(7);
  const before = state();
  script.current.dispatch('COMET_SEEN', { tail: 'long' }, 9);
  await later(20);
  expect(state()).toEqual({ ...before, cursor: 9 });
  expect(script.errors).toEqual([]);
});

test('[STORE1] a body that cannot be folded is reported, and the events after it count', async () => {
  script.current.welcome(7);
  script.current.dispatch('MEMBER_ADD', null, 8);
  script.current.dispatch('SERVER_UPDATE', { ...server(SERVER), name: 'Renamed' }, 9);
  await later(20);
  expect(state().servers.get(SERVER)?.name).toBe('Renamed');
  expect(script.errors).toHaveLength(1);
});

test('[GW12] presence and the members that are looked at are told again after a reconnect', async () => {
  script.current.welcome(7);
  script.client.connection.setPresence({ status: 'idle' });
  script.client.connection.requestMembers(SERVER, { offset: 0, limit: 50 });
  script.current.end(1006);
  await later(250);
  script.current.hello();
  script.current.dispatch('RESUMED', {}, 7);
  expect(script.current.last(Op.PRESENCE_UPDATE)?.d).toEqual({ status: 'idle' });
  expect(script.current.last(Op.REQUEST_MEMBERS)?.d).toEqual({ server_id: SERVER, offset: 0, limit: 50 });
});

const memberAsks = (): unknown[] =>
  script.current.received.filter((frame) => frame.op === Op.REQUEST_MEMBERS).map((frame) => frame.d);

test('[GW12] members are asked for again when a group has come, and of a server that is not shown never', async () => {
  script.current.welcome(7);
  script.client.connection.requestMembers(SERVER, { offset: 0, limit: 50 });
  const ask = { server_id: SERVER, offset: 0, limit: 50 };
  expect(memberAsks()).toEqual([ask]);
  const chunk = { server_id: SERVER, members: [], presences: [], total: 2, online: 0, offset: 0 };
  script.current.dispatch('SERVER_MEMBERS_CHUNK', chunk);
  for (const n of [61, 62, 63]) {
    const body = { ...member(SERVER, id(n)), via: 'invite', user: user(id(n)) };
    script.current.dispatch('MEMBER_ADD', body, n);
    await later(100);
  }
  expect(memberAsks()).toEqual([ask]);
  await later(100);
  expect(memberAsks()).toEqual([ask, ask]);
  script.current.dispatch('MEMBER_REMOVE', { user_id: ME, server_id: SERVER, removed_by: ANNA }, 70);
  await later(1_000);
  expect(memberAsks()).toEqual([ask, ask]);
});

test('[GW12] [CONN5] after a snapshot a member list that was read further down grows from the top again', async () => {
  script.current.welcome(7);
  script.client.connection.requestMembers(SERVER, { offset: 100, limit: 100 });
  script.current.end(1006);
  await later(250);
  script.current.hello();
  script.current.dispatch('RESUMED', {}, 9);
  expect(memberAsks()).toEqual([{ server_id: SERVER, offset: 100, limit: 100 }]);
  script.current.end(1006);
  await later(1_000);
  script.current.hello();
  script.current.say(Op.INVALID_SESSION, { d: false });
  script.current.dispatch('READY', ready(), 20);
  expect(memberAsks()).toEqual([{ server_id: SERVER, limit: 100 }]);
});

test('subscribe stands alone: store, connection and session are heard without their objects', async () => {
  const { store, connection, session } = script.client;
  const heard: string[] = [];
  const subscribes = { store: store.subscribe, connection: connection.subscribe, session: session.subscribe };
  const ends = Object.entries(subscribes).map(([name, subscribe]) => subscribe(() => heard.push(name)));
  const { getState } = store;
  script.current.welcome(7);
  expect(getState().ready).toBe(true);
  await session.logout();
  expect(new Set(heard)).toEqual(new Set(['store', 'connection', 'session']));
  for (const end of ends) end();
  heard.length = 0;
  await session.login({ login: 'me', password: 'correct horse' });
  expect(heard).toEqual([]);
});
