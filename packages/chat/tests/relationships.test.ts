import { type Channel, LIMITS, type Problem, type Ready, type Relationship, type ServerFrame } from '@snug/protocol';
import {
  createServer,
  identify,
  join,
  ok,
  type Person,
  type RawGateway,
  startInstance,
  type TestInstance,
} from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

let instance: TestInstance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance[Symbol.asyncDispose]());

let made = 0;
/** A profile begins with the first sight of a token. */
async function newcomer(): Promise<Person> {
  const person = await instance.signUp(`person${++made}`);
  await ok(person.rest.get('/api/v1/users/@me'));
  return person;
}
const pair = (): Promise<[Person, Person]> => Promise.all([newcomer(), newcomer()]);

const BASE = '/api/v1/users/@me/relationships';
const put = (who: Person, whom: string, type: 'friend' | 'blocked') =>
  who.rest.put<Relationship & Problem>(`${BASE}/${whom}`, { type });
const end = (who: Person, whom: string) => who.rest.delete<Problem>(`${BASE}/${whom}`);
const settings = (who: Person, change: object) => ok(who.rest.patch('/api/v1/users/@me/settings', change));
const openDm = (who: Person, whom: Person) =>
  who.rest.post<Channel & Problem>('/api/v1/users/@me/channels', { recipient_id: whom.id });

/** As their own list says it, in short: `friend`, or nothing. */
async function standing(who: Person, whom: Person): Promise<string> {
  const { items } = (await who.rest.get<{ items: Relationship[] }>(BASE)).body;
  return items.find(({ user_id }) => user_id === whom.id)?.type ?? '';
}

async function befriend(a: Person, b: Person): Promise<void> {
  await ok(put(a, b.id, 'friend'));
  await ok(put(b, a.id, 'friend'));
}

async function meet(...people: Person[]): Promise<string> {
  const [owner, ...others] = people as [Person, ...Person[]];
  const { server } = await createServer(owner);
  await join(owner, server.id, ...others);
  return server.id;
}

/** Every RELATIONSHIP_UPDATE that has come by the time an answer of this connection has. */
async function heard(gateway: RawGateway): Promise<unknown[]> {
  await gateway.request('user.me');
  return gateway
    .waiting()
    .filter(({ t }: ServerFrame) => t === 'RELATIONSHIP_UPDATE')
    .map(({ d }) => (d as Relationship).type);
}

describe('friends', () => {
  test('[REL1] asking and accepting, each side in its own words, live on both and in READY', async () => {
    const [ada, bo] = await pair();
    const [{ gateway: adas }, { gateway: bos }] = [
      await identify(instance.url, ada.token),
      await identify(instance.url, bo.token),
    ];
    const asked = await put(ada, bo.username.toUpperCase(), 'friend');
    expect(asked).toMatchObject({ status: 200, body: { user_id: bo.id, type: 'outgoing', user: { id: bo.id } } });
    expect((await adas.dispatch('RELATIONSHIP_UPDATE')).d).toMatchObject({ user_id: bo.id, type: 'outgoing' });
    expect((await bos.dispatch('RELATIONSHIP_UPDATE')).d).toMatchObject({ user_id: ada.id, type: 'incoming' });
    expect((await bos.request('relationship.set', { user_id: ada.id, type: 'friend' })).ok).toBe(true);
    const frames = [await adas.dispatch('RELATIONSHIP_UPDATE'), await bos.dispatch('RELATIONSHIP_UPDATE')];
    expect(frames.map(({ d }) => (d as Relationship).type)).toEqual(['friend', 'friend']);
    const { ready } = await identify(instance.url, ada.token);
    const { relationships, users } = ready.d as Ready;
    expect(relationships).toMatchObject([{ user_id: bo.id, type: 'friend' }]);
    expect(users.map(({ id }) => id)).toEqual([bo.id]);
    // Asking a friend changes nothing.
    expect((await put(ada, bo.id, 'friend')).body.type).toBe('friend');
    expect(await heard(adas)).toEqual([]);
  });

  test.each(['declined by the asked', 'taken back by who asked', 'ended by a friend'])(
    '[REL1] %s, it ends on both sides',
    async (how) => {
      const [ada, bo] = await pair();
      await ok(put(ada, bo.id, 'friend'));
      if (how.startsWith('ended')) await ok(put(bo, ada.id, 'friend'));
      const who = how.startsWith('taken') ? ada : bo;
      expect((await end(who, who === ada ? bo.username : ada.username)).status).toBe(204);
      expect([await standing(ada, bo), await standing(bo, ada)]).toEqual(['', '']);
      expect((await end(who, who === ada ? bo.id : ada.id)).status).toBe(204);
    },
  );

  test('[REL2] both ask at once, again and again: they end as friends, or as one request', async () => {
    for (let round = 0; round < 15; round++) {
      const [ada, bo] = await pair();
      await Promise.all([put(ada, bo.id, 'friend'), put(bo, ada.id, 'friend')]);
      const stand = [await standing(ada, bo), await standing(bo, ada)];
      expect(stand).toEqual(['friend', 'friend']);
    }
  });

  test('[REL2] accepting and taking back at once leave both sides equal', async () => {
    for (let round = 0; round < 10; round++) {
      const [ada, bo] = await pair();
      await ok(put(ada, bo.id, 'friend'));
      await Promise.all([put(bo, ada.id, 'friend'), end(ada, bo.id)]);
      const stand = [await standing(ada, bo), await standing(bo, ada)];
      expect([
        ['friend', 'friend'],
        ['', ''],
        ['incoming', 'outgoing'],
      ]).toContainEqual(stand);
    }
  });

  test('[USER1] nobody is a friend of themselves, nor of who is not there or hides', async () => {
    const [ada, bo] = await pair();
    expect((await put(ada, ada.id, 'friend')).body.code).toBe('NOT_YOURSELF');
    expect((await put(ada, 'nobody-of-this-name', 'friend')).body.code).toBe('UNKNOWN_USER');
    await settings(bo, { is_findable: false });
    const answers = [await put(ada, bo.username, 'friend'), await put(ada, bo.id, 'blocked'), await end(ada, bo.id)];
    expect(answers.map(({ body }) => body.code)).toEqual(['UNKNOWN_USER', 'UNKNOWN_USER', 'UNKNOWN_USER']);
  });

  test.each([
    ['everyone', 'outgoing', 'outgoing'],
    ['servers', 'CANNOT_MESSAGE', 'outgoing'],
    ['friends', 'CANNOT_MESSAGE', 'CANNOT_MESSAGE'],
    ['nobody', 'CANNOT_MESSAGE', 'CANNOT_MESSAGE'],
  ])('[REL5] add_from %s: a stranger gets %s, a fellow member %s', async (add_from, stranger, fellow) => {
    const [ada, bo] = await pair();
    await settings(bo, { add_from });
    const first = (await put(ada, bo.id, 'friend')).body;
    expect(first.code ?? first.type).toBe(stranger);
    await end(ada, bo.id);
    await meet(ada, bo);
    const second = (await put(ada, bo.id, 'friend')).body;
    expect(second.code ?? second.type).toBe(fellow);
  });

  test('[REL6] the limit is the same on both sides, and the other one is not told whose it is', async () => {
    const [ada, bo] = await pair();
    const { world } = instance.running.chat;
    const many = new Map(
      Array.from(
        { length: LIMITS.RELATIONSHIPS_PER_USER },
        (_, index) => [`x${index}`, { type: 'friend', since: 0 }] as const,
      ),
    );
    const [adas, bos] = [ada, bo].map(({ id }) => world.users.get(id) as { relations: unknown });
    (adas as { relations: unknown }).relations = many;
    expect((await put(ada, bo.id, 'friend')).body.code).toBe('LIMIT_REACHED');
    expect((await put(ada, bo.id, 'blocked')).body.code).toBe('LIMIT_REACHED');
    expect((await put(bo, ada.id, 'friend')).body.code).toBe('CANNOT_MESSAGE');
    (adas as { relations: unknown }).relations = new Map();
    expect((bos as { relations: Map<string, unknown> }).relations.size).toBe(0);
  });
});

describe('blocks', () => {
  test('[REL3] a block ends the friendship on both sides and says to the blocked that it ended, no more', async () => {
    const [ada, bo] = await pair();
    await befriend(ada, bo);
    const { gateway: bos } = await identify(instance.url, bo.token);
    expect((await put(ada, bo.id, 'blocked')).body.type).toBe('blocked');
    expect([await standing(ada, bo), await standing(bo, ada)]).toEqual(['blocked', '']);
    expect(await heard(bos)).toEqual([null]);
    expect(JSON.stringify((await identify(instance.url, bo.token)).ready)).not.toContain('blocked');
    expect((await end(ada, bo.id)).status).toBe(204);
    expect(await heard(bos)).toEqual([null]);
    expect(await standing(ada, bo)).toBe('');
  });

  test('[REL3] both block: the end of one block leaves the other', async () => {
    const [ada, bo] = await pair();
    await ok(put(ada, bo.id, 'blocked'));
    await meet(ada, bo);
    await ok(put(bo, ada.id, 'blocked'));
    await ok(end(ada, bo.id));
    expect([await standing(ada, bo), await standing(bo, ada)]).toEqual(['', 'blocked']);
    expect((await put(ada, bo.id, 'friend')).body.code).toBe('CANNOT_MESSAGE');
  });

  test('[REL4] blocked is refused in the words of privacy, whatever is asked', async () => {
    const [ada, bo] = await pair();
    const [closed, eve] = await pair();
    await meet(ada, bo, closed, eve);
    await settings(closed, { add_from: 'nobody', dm_from: 'nobody' });
    await ok(put(ada, bo.id, 'blocked'));
    const shown = ({ body }: { body: Problem }) => ({ ...body, trace_id: '' });
    expect(shown(await put(bo, ada.id, 'friend'))).toEqual(shown(await put(eve, closed.id, 'friend')));
    expect(shown(await openDm(bo, ada))).toEqual(shown(await openDm(eve, closed)));
    expect((await openDm(eve, closed)).body.code).toBe('CANNOT_MESSAGE');
  });

  test('[REL4] [PRES7] in a DM that is there already neither speaks nor types to the other', async () => {
    const [ada, bo] = await pair();
    await meet(ada, bo);
    const dm = await ok(openDm(ada, bo));
    await ok(put(ada, bo.id, 'blocked'));
    for (const who of [ada, bo]) {
      const sent = await who.rest.post<Problem>(`/api/v1/channels/${dm.id}/messages`, { content: 'hello' });
      expect(sent.body.code).toBe('CANNOT_MESSAGE');
      const typed = await who.rest.post<Problem>(`/api/v1/channels/${dm.id}/typing`);
      expect(typed.body.code).toBe('CANNOT_MESSAGE');
    }
    await ok(end(ada, bo.id));
    await ok(bo.rest.post(`/api/v1/channels/${dm.id}/messages`, { content: 'hello again' }));
  });

  test('[REL5] dm_from friends: a friend may, a fellow member may not', async () => {
    const [ada, bo] = await pair();
    const [, eve] = await pair();
    await meet(ada, bo, eve);
    await befriend(ada, bo);
    await settings(ada, { dm_from: 'friends' });
    expect((await openDm(eve, ada)).body.code).toBe('CANNOT_MESSAGE');
    expect((await openDm(bo, ada)).status).toBe(200);
  });
});

test('[REL7] asking, and blocking, show no more than a stranger sees', async () => {
  const [ada, bo] = await pair();
  await ok(bo.rest.patch('/api/v1/users/@me', { custom_status: 'among friends' }));
  expect(JSON.stringify((await put(ada, bo.id, 'friend')).body)).not.toContain('among friends');
  expect(JSON.stringify((await put(ada, bo.id, 'blocked')).body)).not.toContain('among friends');
  expect(JSON.stringify((await identify(instance.url, ada.token)).ready)).not.toContain('among friends');
  expect(JSON.stringify((await ada.rest.get(BASE)).body)).not.toContain('among friends');
  await ok(end(ada, bo.id));
  await befriend(ada, bo);
  expect(JSON.stringify((await ada.rest.get(BASE)).body)).toContain('among friends');
});
