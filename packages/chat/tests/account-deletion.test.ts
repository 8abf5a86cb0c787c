import { join as path } from 'node:path';
import type { Channel, Invite, Member, Message, Problem, Ready, Role, ServerSnapshot, User } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  PASSWORD,
  type Person,
  startInstance,
  type TestInstance,
} from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLog } from '../src/projections/verify.ts';
import { API, finished, isSound, lead, messagesIn } from './account-life.ts';
import { grepFolder, untilGone } from './grep-folder.ts';

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
