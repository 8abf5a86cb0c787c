import type { Channel, Conversation, Message, Ready } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openDm, openParlour, outcome, type Parlour, pathOf, said } from './parlour.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo] = [await parlour.person(), await parlour.person()];
  await parlour.place(ada, bo);
});
afterAll(() => parlour[Symbol.asyncDispose]());

const open = (who: Person, id: string) => who.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: id });
const settings = (who: Person, change: object) => who.rest.patch(`${API}/users/@me/settings`, change);
const block = (who: Person, other: Person) =>
  who.rest.put(`${API}/users/@me/relationships/${other.id}`, { type: 'blocked' });

interface Page {
  readonly items: Conversation[];
  readonly has_more: boolean;
  readonly next: string | null;
}
const list = async (who: Person, query = ''): Promise<Page> =>
  (await who.rest.get<Page>(`${API}/users/@me/conversations${query}`)).body;

async function group(owner: Person, others: Person[], name = 'some'): Promise<Channel> {
  const asked = { name, recipient_ids: others.map(({ id }) => id) };
  const answer = await owner.rest.post<Channel>(`${API}/users/@me/groups`, asked);
  expect(outcome(answer)).toBe('201');
  return answer.body;
}

describe('opening', () => {
  test('[DM1] from both ends and often at once it is one', async () => {
    const { gateway } = await parlour.listen(bo);
    const answers = await Promise.all([open(ada, bo.id), open(bo, ada.id), open(ada, bo.id), open(bo, ada.id)]);
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(answers.map(outcome)).toEqual(Array(4).fill('200'));
    expect((await gateway.dispatch<Channel>('CHANNEL_CREATE')).d.id).toBe(answers[0]?.body.id);
    await bo.rest.patch(`${API}/users/@me`, { bio: 'marker' });
    await gateway.until(({ t }) => {
      expect(t).not.toBe('CHANNEL_CREATE');
      return t === 'USER_UPDATE';
    });
    const own = await open(ada, ada.id);
    expect(own.body.recipient_ids).toEqual([ada.id]);
    expect((await open(ada, ada.id)).body.id).toBe(own.body.id);
  });

  test('[DM2] privacy and blocks answer the same, and what is there stays there', async () => {
    const [shy, blocker, hidden, near] = [
      await parlour.person(),
      await parlour.person(),
      await parlour.person(),
      await parlour.person(),
    ];
    await parlour.place(ada, shy, blocker, near);
    const before = (await open(near, ada.id)).body;
    await settings(shy, { dm_from: 'nobody' });
    await block(blocker, ada);
    await settings(hidden, { is_findable: false });
    await block(near, ada);
    expect(outcome(await open(ada, shy.id))).toBe('CANNOT_MESSAGE');
    expect(outcome(await open(ada, blocker.id))).toBe('CANNOT_MESSAGE');
    expect(outcome(await open(blocker, ada.id))).toBe('CANNOT_MESSAGE');
    expect(outcome(await open(ada, hidden.id))).toBe('UNKNOWN_USER');
    expect(outcome(await open(ada, before.id))).toBe('UNKNOWN_USER');
    expect((await open(ada, near.id)).body.id).toBe(before.id);
    await settings(shy, { dm_from: 'servers' });
    expect(outcome(await open(ada, shy.id))).toBe('200');
    const stranger = await parlour.person();
    expect(outcome(await open(stranger, ada.id))).toBe('CANNOT_MESSAGE');
    await settings(ada, { dm_from: 'everyone' });
    expect(outcome(await open(stranger, ada.id))).toBe('200');
  });
});

describe('the list', () => {
  test('[DM3] the latest first, with words, people and what is unread', async () => {
    const [me, cy, dee] = [await parlour.person(), await parlour.person(), await parlour.person()];
    await parlour.place(me, cy, dee);
    const [dm, quiet] = [await openDm(me, cy), await openDm(dee, me)];
    const trip = await group(cy, [me, dee], 'trip');
    await said(cy, dm, 'first');
    await said(cy, trip, `@${me.username} come along`);
    await said(dee, trip, 'yes!');
    const last = await said(cy, dm, 'second');
    expect((await list(me)).items.map(({ channel }) => channel.id)).toEqual([dm.id, trip.id, quiet.id]);
    const [first, second, third] = (await list(me)).items as [Conversation, Conversation, Conversation];
    expect(first).toMatchObject({
      last_message: { id: last.id, content: 'second' },
      unread_count: 2,
      mention_count: 0,
    });
    expect(first.users.map(({ id }) => id)).toEqual([cy.id, me.id]);
    expect(second).toMatchObject({ last_message: { content: 'yes!' }, unread_count: 2, mention_count: 1 });
    expect(second.channel).toMatchObject({ name: 'trip', recipient_ids: [me.id, cy.id, dee.id].sort() });
    expect(third).toMatchObject({ last_message: null, unread_count: 0 });
    expect((await cy.rest.delete(pathOf(last))).status).toBe(204);
    const [after] = (await list(me)).items;
    expect(after).toMatchObject({ last_message: { content: 'first' }, unread_count: 1 });
    await me.rest.post(`${API}/channels/${trip.id}/messages/${second.last_message?.id}/ack`, {});
    const { ready } = (await parlour.listen(me)) as { ready: Ready };
    for (const { channel, unread_count, mention_count } of (await list(me)).items) {
      const state = ready.read_states.find(({ channel_id }) => channel_id === channel.id);
      expect([unread_count, mention_count]).toEqual([state?.unread_count ?? 0, state?.mention_count ?? 0]);
    }
    expect((await list(dee)).items.map(({ channel }) => channel.id)).not.toContain(dm.id);
  });

  test('[DM3] in pages, each conversation once, with at most ten people', async () => {
    const [me, ...others] = await Promise.all(Array.from({ length: 13 }, () => parlour.person()));
    await parlour.place(me as Person, ...others);
    const crowd = await group(me as Person, others);
    for (const other of others) await said(other, await openDm(other, me as Person), `from ${other.username}`);
    const seen: string[] = [];
    for (let cursor = ''; ; ) {
      const { items, has_more, next } = await list(me as Person, `?limit=5${cursor}`);
      seen.push(...items.map(({ channel }) => channel.id));
      expect(has_more).toBe(next !== null);
      if (next === null) break;
      cursor = `&cursor=${next}`;
    }
    expect(new Set(seen).size).toBe(13);
    expect(seen).toHaveLength(13);
    expect(seen.at(-1)).toBe(crowd.id);
    const { items } = await list(me as Person);
    expect(items.at(-1)?.users).toHaveLength(10);
    expect(items.map(({ last_message }) => last_message?.content)).toEqual([
      ...others.map(({ username }) => `from ${username}`).reverse(),
      undefined,
    ]);
  });

  test('[DM3] one read, whatever its length', async () => {
    const { chat } = parlour.instance.running;
    const { log } = chat;
    const [many, one] = [await parlour.person(), await parlour.person()];
    const groups = await Promise.all(Array.from({ length: 60 }, () => group(many, [])));
    await Promise.all(groups.map((channel) => said(many, channel, 'hello')));
    await group(one, []);
    const read = log.read.bind(log);
    const reads = async (who: Person): Promise<number> => {
      let count = 0;
      log.read = ((...asked: Parameters<typeof read>) => {
        count += 1;
        return read(...asked);
      }) as typeof log.read;
      await list(who, '?limit=60');
      log.read = read as typeof log.read;
      return count;
    };
    expect([await reads(one), await reads(many)]).toEqual([1, 1]);
  });
});

test('[DM2] a DM one opened says who is in it, and takes no group commands', async () => {
  const cy = await parlour.person();
  await parlour.place(ada, cy);
  const dm = await openDm(ada, cy);
  const path = `${API}/channels/${dm.id}`;
  const { items } = (
    await cy.rest.get<{ items: { user_id: string; user: { username: string } }[] }>(`${path}/recipients`)
  ).body;
  expect(items.map(({ user }) => user.username).sort()).toEqual([ada.username, cy.username].sort());
  for (const answer of [
    ada.rest.put(`${path}/recipients/${bo.id}`, {}),
    ada.rest.delete(`${path}/recipients/${ada.id}`),
    ada.rest.put(`${path}/bans/${cy.id}`, {}),
    ada.rest.post(`${path}/invites`, {}),
    ada.rest.patch(path, { name: 'ours' }),
    ada.rest.delete(path),
  ]) {
    expect(outcome(await answer)).toBe('WRONG_CHANNEL_TYPE');
  }
  expect(((await said(cy, dm, 'still here')) as Message).channel_id).toBe(dm.id);
});
