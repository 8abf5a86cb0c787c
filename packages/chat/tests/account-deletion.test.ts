import { join as path } from 'node:path';
import { createAuth } from '@snug/auth';
import { createLogger, createRegistry } from '@snug/edge';
import type { Channel, Invite, Member, Message, Problem, Ready, Role, ServerSnapshot, User } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  PASSWORD,
  type Person,
  send,
  startInstance,
  type TestInstance,
} from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountEnd, placesBegunBy } from '../src/features/users/end-account.ts';
import { SqliteReader } from '../src/log/sqlite/reader.ts';
import { SqliteLog } from '../src/log/sqlite/sqlite-log.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { grepFolder, untilGone } from './grep-folder.ts';
import { worldFacts } from './world-facts.ts';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance({ erasure_delay: 0.05 });
});
afterAll(() => instance[Symbol.asyncDispose]());

type Fate = 'keep' | 'anonymise' | 'erase';

let made = 0;
/** Names that are found in no other test's leavings. */
const people = (...names: string[]): Promise<Person[]> =>
  Promise.all(names.map((name) => instance.signUp(`${name}${++made}`)));

async function end(who: Person, messages: Fate): Promise<void> {
  const { status, body } = await who.rest.request('DELETE', '/api/v1/auth/me', { password: PASSWORD, messages });
  expect({ status, body }).toEqual({ status: 204, body: undefined });
  await finished(instance, who.id);
}

/** The job is done: nothing of the account is pending any more. */
async function finished({ running, logs }: TestInstance, userId: string): Promise<void> {
  for (const until = performance.now() + 10_000; performance.now() < until; ) {
    const { value } = await running.chat.log.read({
      left: {
        sql: `SELECT (SELECT count(*) FROM account_deletions WHERE user_id = ?1) + (SELECT count(*) FROM author_purges WHERE author_id = ?1) AS n`,
        params: [userId],
        map: ([row]) => row?.n as number,
      },
    });
    if (running.chat.world.users.get(userId)?.user.is_deleted === true && value.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(
    `the account did not end: ${JSON.stringify(logs.filter(({ err }) => err !== undefined).slice(0, 2))}`,
  );
}

async function isSound({ data, running }: TestInstance): Promise<void> {
  const file = path(data, 'chat.db');
  expect(verifyLog(file)).toMatchObject({ equal: true, gaps: 0 });
  const reader = new SqliteReader(file);
  expect(worldFacts(await loadWorld(reader))).toEqual(worldFacts(running.chat.world));
  reader.close();
}

const API = '/api/v1';

function authSettings({ settings }: TestInstance): Parameters<typeof createAuth>[0]['settings'] {
  const { data, issuer, access_token_ttl, refresh_token_ttl, registration, rate_limits, origins } = settings;
  return {
    data,
    issuer,
    access_token_ttl,
    refresh_token_ttl,
    registration,
    rate_limits,
    origins,
    algorithm: settings.signing,
  };
}

/** Everything somebody says of themselves and elsewhere, with a word in it that is found nowhere else. */
async function lead(
  who: Person,
  other: Person,
  word: string,
): Promise<{ channel: Channel; dm: Channel; said: Message }> {
  const { server, channel } = await createServer(other, 'A place');
  await join(other, server.id, who);
  const { rest } = who;
  await ok(
    rest.patch(`${API}/users/@me`, {
      display_name: `${word} name`,
      bio: `${word} bio`,
      custom_status: `${word} status`,
    }),
  );
  await ok(rest.patch(`${API}/servers/${server.id}/members/${who.id}`, { nickname: `${word} nick` }));
  const said = await send(who, channel.id, `${word} said`);
  await ok(rest.patch(`${API}/channels/${channel.id}/messages/${said.id}`, { content: `${word} edited` }));
  const dm = await ok(rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: other.id }));
  await send(who, dm.id, `${word} in private`);
  const answer = await send(other, channel.id, 'an answer');
  await ok(rest.put(`${API}/channels/${channel.id}/messages/${answer.id}/reactions/%F0%9F%91%8D/@me`));
  const thread = await ok(
    rest.post<Channel>(`${API}/channels/${channel.id}/threads`, { name: `${word} thread`, message_id: said.id }),
  );
  await ok(rest.patch(`${API}/channels/${thread.id}`, { name: `${word} thread again` }));
  await ok(other.rest.patch(`${API}/channels/${thread.id}`, { is_archived: true }));
  // Waking it says its name once more.
  await send(other, thread.id, 'still there?');
  await ok(other.rest.patch(`${API}/servers/${server.id}/members/${who.id}`, { nickname: `${word} given` }));
  const group = await ok(
    rest.post<Channel>(`${API}/users/@me/groups`, { name: `${word} group`, recipient_ids: [other.id] }),
  );
  await send(who, group.id, `${word} in a group`);
  await ok(rest.post(`${API}/reports`, { user_id: other.id, reason: `${word} reason` }));
  await ok(other.rest.post(`${API}/reports`, { channel_id: channel.id, message_id: said.id, reason: 'kept-reason' }));
  await ok(rest.put(`${API}/users/@me/relationships/${other.id}`, { type: 'friend' }));
  await ok(rest.put(`${API}/users/@me/notifications/${server.id}`, { level: 'none' }));
  await ok(rest.patch(`${API}/users/@me/settings`, { is_findable: false }));
  return { channel, dm, said };
}

const messagesIn = async (who: Person, channelId: string): Promise<string[]> =>
  (await ok(who.rest.get<{ items: Message[] }>(`${API}/channels/${channelId}/messages`))).items
    .filter(({ type }) => type === 'default')
    .map(({ content }) => content);

const owned = async (owner: Person, ...others: Person[]): Promise<ServerSnapshot> => {
  const { server } = await createServer(owner, 'A place');
  if (others.length > 0) await join(owner, server.id, ...others);
  return server;
};

/** As auth says it, without asking whether they own anything: what another chat of the same auth would hear. */
const endAnyway = (who: Person, messages: Fate): Promise<void> =>
  instance.running.auth.admin.deleteUser(
    who.id,
    messages,
    { actor_id: null },
    { get: async () => null, update: () => Promise.reject(new Error('unused')) },
  );

describe('words', () => {
  test('[ERASE1] [ERASE2] [E25] erase: not one word of theirs is left in the data folder, and the log explains every row', async () => {
    const [ada, bo] = (await people('adalet', 'bo')) as [Person, Person];
    const { channel, dm } = await lead(ada, bo, 'erased-plover');
    expect(grepFolder(instance.data, 'erased-plover')).not.toEqual([]);
    await end(ada, 'erase');
    for (const words of ['erased-plover', ada.username]) await untilGone(instance.data, words);
    await isSound(instance);
    expect(await messagesIn(bo, channel.id)).toEqual(['an answer']);
    expect(await messagesIn(bo, dm.id)).toEqual([]);
    const { items } = await ok(bo.rest.get<{ items: Message[] }>(`${API}/channels/${channel.id}/messages`));
    expect(items.flatMap(({ reactions }) => reactions)).toEqual([]);
    // What others said of them is theirs.
    expect(grepFolder(instance.data, 'kept-reason')).not.toEqual([]);
  });

  test('[ERASE2] nor after the instance has closed, though it closed at once', async () => {
    await using own = await startInstance({ erasure_delay: 3600 });
    const [ada, bo] = [await own.signUp('adalbert'), await own.signUp('bo')];
    await lead(ada, bo, 'erased-dunlin');
    await ok(ada.rest.request('DELETE', `${API}/auth/me`, { password: PASSWORD, messages: 'erase' }));
    await finished(own, ada.id);
    await own.stop();
    for (const words of ['erased-dunlin', ada.username]) expect(grepFolder(own.data, words)).toEqual([]);
    expect(verifyLog(path(own.data, 'chat.db'))).toMatchObject({ equal: true });
  });

  test('[ERASE1] anonymise: messages stay, and no name of theirs anywhere', async () => {
    const [ada, bo] = (await people('adamant', 'bo')) as [Person, Person];
    const { channel } = await lead(ada, bo, 'gone-curlew');
    await end(ada, 'anonymise');
    for (const words of ['name', 'bio', 'status', 'nick', 'reason'])
      await untilGone(instance.data, `gone-curlew ${words}`);
    await untilGone(instance.data, ada.username);
    expect(await messagesIn(bo, channel.id)).toEqual(['an answer', 'gone-curlew edited']);
    const left = await ok(bo.rest.get<User>(`${API}/users/${ada.id}`));
    expect(left).toMatchObject({ username: '', display_name: '', bio: '', is_deleted: true });
    await isSound(instance);
  });

  test('[ERASE3] keep: messages stay under the display name; the rest of the profile goes', async () => {
    const [ada, bo] = (await people('adagio', 'bo')) as [Person, Person];
    const { channel, dm } = await lead(ada, bo, 'kept-godwit');
    await end(ada, 'keep');
    for (const words of ['bio', 'status']) await untilGone(instance.data, `kept-godwit ${words}`);
    await untilGone(instance.data, ada.username);
    expect(await messagesIn(bo, channel.id)).toEqual(['an answer', 'kept-godwit edited']);
    expect(await messagesIn(bo, dm.id)).toEqual(['kept-godwit in private']);
    const left = await ok(bo.rest.get<User>(`${API}/users/${ada.id}`));
    expect(left).toMatchObject({
      username: '',
      display_name: 'kept-godwit name',
      bio: '',
      custom_status: '',
      is_deleted: true,
    });
    await isSound(instance);
  });
});

describe('places and people', () => {
  test('[ERASE4] every place, link and relation ends, live for those who stay; the name is free', async () => {
    const [ada, bo] = (await people('adair', 'bo')) as [Person, Person];
    const server = await owned(bo, ada);
    await lead(ada, bo, 'left-knot');
    const { code } = await ok(ada.rest.post<Invite>(`${API}/servers/${server.id}/invites`, {}));
    await ok(bo.rest.put(`${API}/users/@me/relationships/${ada.id}`, { type: 'friend' }));
    const { gateway } = await identify(instance.url, bo.token);
    await end(ada, 'anonymise');
    const told = new Set<string>();
    await gateway.request('user.me');
    for (const { t, d } of gateway.waiting()) if (JSON.stringify(d).includes(ada.id)) told.add(t ?? '');
    for (const type of [
      'MEMBER_UPDATE',
      'MEMBER_REMOVE',
      'RECIPIENT_UPDATE',
      'RECIPIENT_REMOVE',
      'RELATIONSHIP_UPDATE',
    ])
      expect([...told]).toContain(type);
    expect(JSON.stringify(gateway.waiting().filter(({ d }) => (d as { is_deleted?: true }).is_deleted))).not.toContain(
      'left-knot',
    );
    const { items } = await ok(bo.rest.get<{ items: Member[] }>(`${API}/servers/${server.id}/members`));
    expect(items.map(({ user_id }) => user_id)).toEqual([bo.id]);
    expect((await instance.rest().get(`${API}/invites/${code}`)).status).toBe(404);
    const ready = (await identify(instance.url, bo.token)).ready.d as Ready;
    expect(ready.relationships).toEqual([]);
    expect(ready.users.find(({ id }) => id === ada.id)).toMatchObject({
      display_name: '',
      username: '',
      is_deleted: true,
    });
    const group = ready.dms.find(({ type }) => type === 'group_dm');
    expect(group).toMatchObject({ recipient_ids: [bo.id], owner_id: bo.id });
    const rows = await instance.running.chat.log.read({
      left: {
        sql: `SELECT (SELECT count(*) FROM read_states WHERE user_id = ?1) + (SELECT count(*) FROM notification_settings WHERE user_id = ?1)
              + (SELECT count(*) FROM user_settings WHERE user_id = ?1) + (SELECT count(*) FROM relationships WHERE ?1 IN (user_id, other_id))
              + (SELECT count(*) FROM members WHERE user_id = ?1) + (SELECT count(*) FROM invites WHERE created_by = ?1)
              + (SELECT count(*) FROM thread_members WHERE user_id = ?1) AS n`,
        params: [ada.id],
        map: ([row]) => row?.n as number,
      },
    });
    expect(rows.value.left).toBe(0);
    await ok(
      instance
        .rest()
        .post(`${API}/auth/register`, { username: ada.username, password: PASSWORD, token_delivery: 'body' }),
    );
    await gateway.close();
    await isSound(instance);
  });

  test('[ERASE4] nobody reaches who is gone, nor finds them', async () => {
    const [ada, bo] = (await people('adelle', 'bo')) as [Person, Person];
    await owned(bo, ada);
    const dm = await ok(bo.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: ada.id }));
    await end(ada, 'keep');
    const code = async (answer: Promise<{ body: unknown }>) => ((await answer).body as Problem).code;
    expect(await code(bo.rest.post(`${API}/channels/${dm.id}/messages`, { content: 'hello?' }))).toBe('CANNOT_MESSAGE');
    expect(await code(bo.rest.put(`${API}/users/@me/relationships/${ada.id}`, { type: 'friend' }))).toBe(
      'UNKNOWN_USER',
    );
    expect((await ok(bo.rest.get<{ items: User[] }>(`${API}/users/search?q=adel`))).items).toEqual([]);
    expect(await code(instance.rest().get(`${API}/users/${ada.id}`))).toBe('UNKNOWN_USER');
  });

  test("[ERASE5] an owner is refused while they own a server, and free to go once it is somebody else's or gone", async () => {
    const [ada, bo] = (await people('adrian', 'bo')) as [Person, Person];
    const server = await owned(ada, bo);
    const ask = () => ada.rest.request<Problem>('DELETE', `${API}/auth/me`, { password: PASSWORD, messages: 'keep' });
    expect((await ask()).body.code).toBe('OWNS_SERVERS');
    await ok(ada.rest.delete(`${API}/servers/${server.id}`));
    expect((await ask()).status).toBe(204);
  });

  test('[ERASE5] a server that is owned all the same goes to the highest-ranked, of those to the earliest; an empty one ends', async () => {
    const [ada, bo, eve, kim] = (await people('adonis', 'bo', 'eve', 'kim')) as [Person, Person, Person, Person];
    const [ranked, equal, alone] = [await owned(ada, bo, eve, kim), await owned(ada, eve), await owned(ada)];
    await join(ada, equal.id, bo);
    const role = ranked.roles.find(({ name }) => name === 'mod') as Role;
    await ok(ada.rest.put(`${API}/servers/${ranked.id}/members/${kim.id}/roles/${role.id}`));
    await endAnyway(ada, 'keep');
    await finished(instance, ada.id);
    const owner = async (who: Person, { id }: ServerSnapshot) =>
      (await ok(who.rest.get<ServerSnapshot>(`${API}/servers/${id}`))).owner_id;
    expect(await owner(kim, ranked)).toBe(kim.id);
    expect(await owner(eve, equal)).toBe(eve.id);
    expect(instance.running.chat.world.servers.get(alone.id)?.deletedAt).not.toBeNull();
    await isSound(instance);
  });
});

describe('exactly once', () => {
  test('[ERASE6] what auth said while chat was not there to hear it is done at the next start', async () => {
    await using own = await startInstance({ erasure_delay: 0.05 });
    const [ada, bo] = [await own.signUp('adriatic'), await own.signUp('bo')];
    const { channel } = await lead(ada, bo, 'missed-ruff');
    await own.stop();
    // As a crash between auth's commit and chat's: the account is gone, and chat never heard.
    const auth = await createAuth({
      settings: authSettings(own),
      logger: createLogger({ level: 'silent' }),
      registry: createRegistry(),
    });
    await auth.admin.deleteUser(
      ada.id,
      'erase',
      { actor_id: null },
      { get: async () => null, update: () => Promise.reject(new Error('unused')) },
    );
    await auth.close();
    expect(grepFolder(own.data, 'missed-ruff')).not.toEqual([]);
    await own.restart();
    await finished(own, ada.id);
    await untilGone(own.data, 'missed-ruff');
    expect(await messagesIn(bo, channel.id)).toEqual(['an answer']);
    const ended = async () =>
      (
        await own.running.chat.log.events(
          await own.running.chat.log.positions([`user:${ada.id}`], 0, own.running.chat.log.tail, 1000),
        )
      )
        .map(({ type }) => type)
        .filter((type) => type.startsWith('USER_DELETE'));
    expect(await ended()).toEqual(['USER_DELETE', 'USER_DELETE_DONE']);
    await own.restart();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await ended()).toEqual(['USER_DELETE', 'USER_DELETE_DONE']);
    await isSound(own);
  });

  test('[ERASE6] what was begun and cut off anywhere is finished at the next start, and verify is equal meanwhile', async () => {
    await using own = await startInstance({ erasure_delay: 0.05 });
    const [ada, bo] = [await own.signUp('adelaide'), await own.signUp('bo')];
    await lead(ada, bo, 'halfway-snipe');
    await own.stop();
    // The first append of an end, and then nothing: as after a SIGKILL.
    const file = path(own.data, 'chat.db');
    const log = await SqliteLog.open({ file, logger: createLogger({ level: 'silent' }), onFatal: () => {} });
    const world = await loadWorld(log);
    const { began } = (await log.read({ began: placesBegunBy(ada.id) })).value;
    const first = accountEnd(world, ada.id, 'erase', began);
    await log.append({ actor: ada.id, at: Date.now(), trace: 'test', events: first?.events ?? [], guards: [] });
    await log.close();
    const { tables, ...report } = verifyLog(file);
    expect(tables.filter(({ missing, unexpected }) => missing + unexpected > 0)).toEqual([]);
    expect(report).toMatchObject({ equal: true });
    expect(world.users.get(ada.id)?.servers.size).toBe(1);
    await own.restart();
    await finished(own, ada.id);
    expect(own.running.chat.world.users.get(ada.id)?.servers.size).toBe(0);
    await untilGone(own.data, 'halfway-snipe');
    await isSound(own);
  });

  test('[ERASE7] what is under way as the account ends is not said in its name afterwards', async () => {
    const [ada, bo] = (await people('adversary', 'bo')) as [Person, Person];
    const { channel } = await lead(ada, bo, 'racing-stint');
    const { gateway } = await identify(instance.url, ada.token);
    const sending = Array.from({ length: 50 }, (_, index) =>
      gateway.request('message.send', { channel_id: channel.id, content: `racing-stint ${index}` }).catch(() => null),
    );
    const updating = Array.from({ length: 10 }, (_, index) =>
      ada.rest.patch(`${API}/users/@me`, { bio: `racing-stint bio ${index}` }).catch(() => null),
    );
    await end(ada, 'erase');
    await Promise.allSettled([...sending, ...updating]);
    expect(await gateway.closed).toMatchObject({ code: 4014 });
    expect((await ada.rest.get<Problem>(`${API}/users/@me`)).status).toBe(401);
    await untilGone(instance.data, 'racing-stint');
    await isSound(instance);
  }, 20_000);

  test('[AUTH22] [ERASE6] a new name that chat did not hear of is recorded at the next start', async () => {
    await using own = await startInstance();
    const ada = await own.signUp('ada');
    await ok(ada.rest.get(`${API}/users/@me`));
    await own.stop();
    const auth = await createAuth({
      settings: authSettings(own),
      logger: createLogger({ level: 'silent' }),
      registry: createRegistry(),
    });
    const { access_token } = await auth.openSession(ada.id);
    await auth.close();
    await own.restart();
    await ok(own.rest(access_token).patch(`${API}/auth/me`, { username: 'adeline', password: PASSWORD }));
    while (own.running.chat.world.users.get(ada.id)?.user.username !== 'adeline')
      await new Promise((resolve) => setTimeout(resolve, 10));
    const { seq } = (
      await own.running.chat.log.read({
        seq: { sql: 'SELECT seq FROM auth_feed', params: [], map: ([row]) => row?.seq as number },
      })
    ).value;
    expect(seq).toBeGreaterThan(0);
  });
});
