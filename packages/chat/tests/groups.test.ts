import { type Channel, type GroupRole, type Invite, LIMITS, type Ready, type Recipient } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openParlour, outcome, type Parlour, page, readOf, said, say } from './parlour.ts';

let parlour: Parlour;
let people: Person[];
let ada: Person;
let bo: Person;
let cy: Person;
let dee: Person;
beforeAll(async () => {
  parlour = await openParlour();
  people = await Promise.all(Array.from({ length: 6 }, () => parlour.person()));
  [ada, bo, cy, dee] = people as [Person, Person, Person, Person];
});
afterAll(() => parlour[Symbol.asyncDispose]());

const path = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}`;
const inGroup = (group: Pick<Channel, 'id'>, { id }: Person): string => `${path(group)}/recipients/${id}`;
const banned = (group: Pick<Channel, 'id'>, { id }: Person): string => `${path(group)}/bans/${id}`;

async function group(owner: Person, others: Person[], more: Record<string, unknown> = {}): Promise<Channel> {
  const asked = { name: 'trip', recipient_ids: others.map(({ id }) => id), ...more };
  const answer = await owner.rest.post<Channel>(`${API}/users/@me/groups`, asked);
  expect(outcome(answer)).toBe('201');
  return answer.body;
}

const give = (who: Person, channel: Channel, to: Person, role: GroupRole) =>
  who.rest.patch<Recipient>(inGroup(channel, to), { role });

const rolesIn = async (who: Person, channel: Channel): Promise<Record<string, string>> => {
  const { body } = await who.rest.get<Channel>(path(channel));
  return Object.fromEntries((body.recipients ?? []).map(({ user_id, role }) => [user_id, role]));
};

describe('starting', () => {
  test('[GROUP1] whoever starts it owns it, and the others see it at once', async () => {
    const { gateway } = await parlour.listen(bo);
    const made = await group(ada, [bo, cy, bo, ada], { topic: 'where to', nonce: 'g1' });
    expect(made).toMatchObject({
      type: 'group_dm',
      name: 'trip',
      topic: 'where to',
      owner_id: ada.id,
      visibility: 'hidden',
    });
    expect(made.recipient_ids).toEqual([ada.id, bo.id, cy.id].sort());
    expect((await gateway.dispatch<Channel>('CHANNEL_CREATE')).d).toEqual(made);
    expect(await group(ada, [bo, cy, bo, ada], { topic: 'where to', nonce: 'g1' })).toEqual(made);
    const other = { name: 'else', recipient_ids: [], nonce: 'g1' };
    expect(outcome(await ada.rest.post(`${API}/users/@me/groups`, other))).toBe('NONCE_REUSED');
    expect((await group(ada, [], { name: '' })).recipients).toHaveLength(1);
    expect(outcome(await dee.rest.get(path(made)))).toBe('UNKNOWN_CHANNEL');
    const { items } = (
      await bo.rest.get<{ items: (Recipient & { user: { username: string } })[] }>(`${path(made)}/recipients`)
    ).body;
    expect(items.map(({ user_id, role, user }) => [user_id, role, user.username])).toEqual(
      [ada, bo, cy].map((who) => [who.id, who === ada ? 'owner' : 'member', who.username]).sort(),
    );
  });

  test('[GROUP1] only those come in who let themselves be added', async () => {
    const [shy, blocker] = [await parlour.person(), await parlour.person()];
    await shy.rest.patch(`${API}/users/@me/settings`, { add_from: 'friends' });
    await blocker.rest.put(`${API}/users/@me/relationships/${ada.id}`, { type: 'blocked' });
    const asked = (id: string) => ada.rest.post(`${API}/users/@me/groups`, { recipient_ids: [id] });
    expect(outcome(await asked(shy.id))).toBe('CANNOT_MESSAGE');
    const blocked = outcome(await asked(blocker.id));
    expect(['CANNOT_MESSAGE', 'UNKNOWN_USER']).toContain(blocked);
    expect(outcome(await asked(ada.sessionId))).toBe('UNKNOWN_USER');
    const made = await group(ada, [bo]);
    expect(outcome(await bo.rest.put(inGroup(made, shy), {}))).toBe('CANNOT_MESSAGE');
    expect(outcome(await ada.rest.put(inGroup(made, blocker), {}))).toBe(blocked);
    expect(outcome(await bo.rest.put(inGroup(made, cy), {}))).toBe('200');
    expect(outcome(await bo.rest.put(inGroup(made, cy), {}))).toBe('200');
    expect(Object.keys(await rolesIn(ada, made)).sort()).toEqual([ada.id, bo.id, cy.id].sort());
  });
});

describe('roles', () => {
  type Act = (who: Person, channel: Channel, target: Person) => Promise<string>;
  const acts: Record<string, Act> = {
    add: async (who, channel) => outcome(await who.rest.put(inGroup(channel, people[5] as Person), {})),
    link: async (who, channel) => outcome(await who.rest.post(`${path(channel)}/invites`, {})),
    remove: async (who, channel, target) => outcome(await who.rest.delete(inGroup(channel, target))),
    ban: async (who, channel, target) => outcome(await who.rest.put(banned(channel, target), {})),
    bans: async (who, channel) => outcome(await who.rest.get(`${path(channel)}/bans`)),
    links: async (who, channel) => outcome(await who.rest.get(`${path(channel)}/invites`)),
    name: async (who, channel) => outcome(await who.rest.patch(path(channel), { name: `by ${who.username}` })),
    show: async (who, channel) => outcome(await who.rest.patch(path(channel), { visibility: 'discoverable' })),
    role: async (who, channel, target) => outcome(await give(who, channel, target, 'mod')),
    delete: async (who, channel) => outcome(await who.rest.delete(path(channel))),
  };
  const allowed: Record<GroupRole, readonly string[]> = {
    member: ['add', 'link'],
    mod: ['add', 'link', 'remove'],
    admin: ['add', 'link', 'remove', 'ban', 'bans', 'links', 'name', 'show', 'role'],
    owner: Object.keys(acts),
  };

  test.each(Object.keys(allowed) as GroupRole[])('[GROUP2] what somebody who is %s may do', async (role) => {
    for (const [name, act] of Object.entries(acts)) {
      const made = await group(ada, [bo, cy]);
      const who = role === 'owner' ? ada : bo;
      if (role !== 'owner') await give(ada, made, bo, role);
      const answer = await act(who, made, cy);
      expect([name, answer]).toEqual([
        name,
        allowed[role].includes(name) ? expect.stringMatching(/^20/) : 'MISSING_PERMISSION',
      ]);
    }
  });

  test('[GROUP3] nobody acts on their equals, or gives as much as they have', async () => {
    const made = await group(ada, [bo, cy, dee]);
    await give(ada, made, bo, 'admin');
    await give(ada, made, cy, 'admin');
    for (const act of [acts.remove, acts.ban, acts.role] as Act[]) {
      expect(await act(bo, made, cy)).toBe('OUTRANKED');
      expect(await act(bo, made, ada)).toBe('OUTRANKED');
      expect(await act(bo, made, bo)).toBe(act === acts.remove ? '204' : 'OUTRANKED');
      await ada.rest.put(inGroup(made, bo), {});
      await give(ada, made, bo, 'admin');
    }
    expect(outcome(await give(bo, made, dee, 'admin'))).toBe('OUTRANKED');
    expect(outcome(await give(bo, made, dee, 'owner'))).toBe('OUTRANKED');
    expect(outcome(await give(bo, made, dee, 'mod'))).toBe('200');
    expect(outcome(await give(bo, made, people[4] as Person, 'mod'))).toBe('UNKNOWN_MEMBER');
  });

  test('[GROUP3] the owner hands it over and stays as an admin; two at once end with one owner', async () => {
    const made = await group(ada, [bo, cy]);
    const { gateway } = await parlour.listen(cy);
    expect(outcome(await give(ada, made, bo, 'owner'))).toBe('200');
    const changes = [
      await gateway.dispatch<Recipient>('RECIPIENT_UPDATE'),
      await gateway.dispatch<Recipient>('RECIPIENT_UPDATE'),
    ];
    expect(changes.map(({ d }) => [d.user_id, d.role])).toEqual([
      [ada.id, 'admin'],
      [bo.id, 'owner'],
    ]);
    const both = await Promise.all([give(bo, made, ada, 'owner'), give(bo, made, cy, 'owner')]);
    expect(both.map(outcome).sort()).toEqual(['200', expect.stringMatching(/OUTRANKED|MISSING_PERMISSION/)]);
    const roles = Object.values(await rolesIn(ada, made));
    expect(roles.filter((role) => role === 'owner')).toHaveLength(1);
    expect(outcome(await bo.rest.delete(path(made)))).toBe('MISSING_PERMISSION');
  });
});

describe('leaving', () => {
  test('[GROUP4] the owner leaves it to the highest-ranked, then the earliest; the last one ends it', async () => {
    const made = await group(ada, [bo]);
    await ada.rest.put(inGroup(made, cy), {});
    await ada.rest.put(inGroup(made, dee), {});
    await give(ada, made, dee, 'mod');
    expect(outcome(await ada.rest.delete(inGroup(made, ada)))).toBe('204');
    expect(await rolesIn(bo, made)).toEqual({ [bo.id]: 'member', [cy.id]: 'member', [dee.id]: 'owner' });
    await dee.rest.delete(inGroup(made, dee));
    expect(await rolesIn(bo, made)).toEqual({ [bo.id]: 'owner', [cy.id]: 'member' });
    await said(cy, made, 'last words');
    await bo.rest.delete(inGroup(made, bo));
    await cy.rest.delete(inGroup(made, cy));
    expect(outcome(await cy.rest.get(path(made)))).toBe('UNKNOWN_CHANNEL');
    const { log } = parlour.instance.running.chat;
    const left = async (): Promise<number> => {
      const count = { sql: 'SELECT count(*) AS n FROM messages WHERE channel_id = ?', params: [made.id] };
      return (await log.read({ count: { ...count, map: ([row]) => row?.n as number } })).value.count;
    };
    await expect.poll(left, { timeout: 5000 }).toBe(0);
  });

  test('[GROUP5] [E29] whoever goes is told so, and hears no more: live, on catch-up, in history', async () => {
    const made = await group(ada, [bo, cy]);
    await said(ada, made, 'before');
    const { gateway } = await parlour.listen(bo);
    const stayed = await parlour.listen(cy);
    const since = gateway.cursor;
    await ada.rest.delete(inGroup(made, bo));
    const removal = await stayed.gateway.dispatch<{ user_id: string }>('RECIPIENT_REMOVE');
    expect(removal.d.user_id).toBe(bo.id);
    const gone = await gateway.dispatch<Channel>('CHANNEL_DELETE');
    expect([gone.d.id, gone.s]).toEqual([made.id, removal.s]);
    await said(ada, made, 'unheard');
    await ada.rest.patch(path(made), { name: 'unheard' });
    await bo.rest.patch(`${API}/users/@me`, { bio: 'marker' });
    await gateway.until((frame) => {
      expect(JSON.stringify(frame)).not.toContain(made.id);
      return frame.t === 'USER_UPDATE';
    });
    const synced = (await bo.rest.get<{ reset: string; snapshot: Ready }>(`${API}/sync?since=${since}&timeout=0`)).body;
    expect(synced.reset).toBe('VIEW_CHANGED');
    expect(JSON.stringify(synced)).not.toContain(made.id);
    expect(outcome(await bo.rest.get(`${path(made)}/messages`))).toBe('UNKNOWN_CHANNEL');
    expect(outcome(await say(bo, made, 'hello?'))).toBe('UNKNOWN_CHANNEL');
    expect(outcome(await ada.rest.delete(inGroup(made, bo)))).toBe('UNKNOWN_MEMBER');
  });

  test('[GROUP6] whoever comes, or comes back, sees it from the beginning, and has nothing unread', async () => {
    const made = await group(ada, [cy]);
    await said(ada, made, 'once upon a time');
    const { gateway } = await parlour.listen(bo);
    const stayed = await parlour.listen(cy);
    await ada.rest.put(inGroup(made, bo), {});
    const arrival = await stayed.gateway.dispatch<{ user: { username: string }; added_by: string }>('RECIPIENT_ADD');
    expect(arrival.d).toMatchObject({ user: { username: bo.username }, added_by: ada.id });
    const given = await gateway.dispatch<Channel>('CHANNEL_CREATE');
    expect([given.d.id, given.s]).toEqual([made.id, arrival.s]);
    expect((await page(bo, made)).items.map(({ content }) => content)).toEqual(['once upon a time']);
    expect((await readOf(bo, made)).unread_count).toBe(0);
    await said(ada, made, 'and then');
    expect((await readOf(bo, made)).unread_count).toBe(1);
    await bo.rest.delete(inGroup(made, bo));
    await said(ada, made, 'meanwhile');
    await ada.rest.put(inGroup(made, bo), {});
    expect((await page(bo, made)).items).toHaveLength(3);
    const { ready } = await parlour.listen(bo);
    expect(ready.dms.map(({ id }) => id)).toContain(made.id);
    expect(ready.read_states.find(({ channel_id }) => channel_id === made.id)?.unread_count).toBe(0);
  });

  test('[GROUP2] [GROUP5] the owner deletes it, and everybody hears so', async () => {
    const made = await group(ada, [bo]);
    const { gateway } = await parlour.listen(bo);
    expect(outcome(await ada.rest.delete(path(made)))).toBe('204');
    expect((await gateway.dispatch<Channel>('CHANNEL_DELETE')).d.id).toBe(made.id);
    expect(outcome(await ada.rest.get(path(made)))).toBe('UNKNOWN_CHANNEL');
    expect((await parlour.listen(bo)).ready.dms.map(({ id }) => id)).not.toContain(made.id);
  });
});

describe('doors', () => {
  test('[GROUP8] whoever is banned does not come back by any door, until unbanned', async () => {
    const made = await group(ada, [bo, cy], { visibility: 'discoverable' });
    const { code } = (await ada.rest.post<Invite>(`${path(made)}/invites`, {})).body;
    for (const who of [bo, dee]) expect(outcome(await ada.rest.put(banned(made, who), {}))).toBe('204');
    expect(outcome(await ada.rest.put(banned(made, bo), {}))).toBe('204');
    for (const who of [bo, dee]) {
      expect(outcome(await who.rest.post(`${API}/invites/${code}`, {}))).toBe('BANNED');
      expect(outcome(await who.rest.post(`${path(made)}/recipients`, {}))).toBe('BANNED');
      expect(outcome(await cy.rest.put(inGroup(made, who), {}))).toBe('BANNED');
      expect(outcome(await who.rest.get(path(made)))).toBe('UNKNOWN_CHANNEL');
    }
    const list = (await ada.rest.get<{ items: { user_id: string; banned_by: string }[] }>(`${path(made)}/bans`)).body
      .items;
    expect(list.map(({ user_id, banned_by }) => [user_id, banned_by])).toEqual(
      [bo.id, dee.id].sort().map((id) => [id, ada.id]),
    );
    expect(outcome(await ada.rest.delete(banned(made, bo)))).toBe('204');
    expect(outcome(await ada.rest.delete(banned(made, bo)))).toBe('UNKNOWN_BAN');
    expect(outcome(await bo.rest.post(`${API}/invites/${code}`, {}))).toBe('200');
  });

  test('[GROUP9] a discoverable group is found and joined, a hidden one is not there', async () => {
    const name = `Chess ${ada.id}`;
    const made = await group(ada, [], { name, visibility: 'discoverable' });
    const found = async (who: Person): Promise<string[]> =>
      (
        await who.rest.get<{ items: Channel[] }>(
          `${API}/discovery/groups?query=${encodeURIComponent(name.toLowerCase())}`,
        )
      ).body.items.map(({ id }) => id);
    expect(await found(bo)).toEqual([made.id]);
    expect(outcome(await bo.rest.post(`${path(made)}/recipients`, {}))).toBe('200');
    expect(outcome(await bo.rest.post(`${path(made)}/recipients`, {}))).toBe('200');
    await ada.rest.patch(path(made), { visibility: 'hidden' });
    expect(await found(cy)).toEqual([]);
    expect(outcome(await cy.rest.post(`${path(made)}/recipients`, {}))).toBe('UNKNOWN_CHANNEL');
    const { channel } = await parlour.place(ada, bo);
    expect(outcome(await bo.rest.post(`${path(channel)}/recipients`, {}))).toBe('UNKNOWN_CHANNEL');
    const pages = await Promise.all([0, 1, 2].map(() => group(ada, [], { name, visibility: 'discoverable' })));
    const first = (
      await cy.rest.get<{ items: Channel[]; has_more: boolean }>(
        `${API}/discovery/groups?query=${encodeURIComponent(name)}&limit=2`,
      )
    ).body;
    expect([first.items.length, first.has_more]).toEqual([2, true]);
    const after = first.items[1]?.id;
    const rest = (
      await cy.rest.get<{ items: Channel[] }>(
        `${API}/discovery/groups?query=${encodeURIComponent(name)}&after=${after}`,
      )
    ).body;
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(pages.map(({ id }) => id).sort());
  });

  test('[GROUP10] a link lets in as often as it says, is shown to its holder, and is revoked', async () => {
    const made = await group(ada, [bo]);
    const link = (await bo.rest.post<Invite>(`${path(made)}/invites`, { max_uses: 1 })).body;
    expect(link).toMatchObject({ channel_id: made.id, created_by: bo.id, uses: 0 });
    const preview = await parlour.instance.rest().get(`${API}/invites/${link.code}`);
    expect(preview.body).toMatchObject({
      group: { id: made.id, name: 'trip', member_count: 2 },
      opens_registration: false,
    });
    expect(outcome(await ada.rest.post(`${API}/invites/${link.code}`, {}))).toBe('200');
    const both = await Promise.all([cy, dee].map((who) => who.rest.post<Channel>(`${API}/invites/${link.code}`, {})));
    expect(both.map(outcome).sort()).toEqual(['200', 'INVITE_INVALID']);
    expect(Object.keys(await rolesIn(ada, made))).toHaveLength(3);
    expect(both.find(({ status }) => status === 200)?.body.id).toBe(made.id);
    const [first, second] = [
      (await bo.rest.post<Invite>(`${path(made)}/invites`, {})).body,
      (await ada.rest.post<Invite>(`${path(made)}/invites`, {})).body,
    ];
    const links = async (query = ''): Promise<string[]> =>
      (await ada.rest.get<{ items: Invite[] }>(`${path(made)}/invites${query}`)).body.items.map(({ code }) => code);
    expect((await links()).sort()).toEqual([first.code, second.code].sort());
    const [newest] = await links('?limit=1');
    expect([newest, ...(await links(`?after=${newest}`))].sort()).toEqual([first.code, second.code].sort());
    expect(outcome(await bo.rest.delete(`${API}/invites/${second.code}`))).toBe('MISSING_PERMISSION');
    expect(outcome(await (people[4] as Person).rest.delete(`${API}/invites/${second.code}`))).toBe('INVITE_INVALID');
    expect(outcome(await bo.rest.delete(`${API}/invites/${first.code}`))).toBe('204');
    expect(outcome(await ada.rest.delete(path(made)))).toBe('204');
    for (const { code } of [first, second]) {
      expect(outcome(await (people[4] as Person).rest.post(`${API}/invites/${code}`, {}))).toBe('INVITE_INVALID');
    }
  });

  test('[GROUP7] it holds so many people, also when two come at once', async () => {
    const { chat } = parlour.instance.running;
    const made = await group(ada, [bo, cy], { visibility: 'discoverable' });
    const crowd = await Promise.all(Array.from({ length: LIMITS.GROUP_SIZE - 4 }, () => parlour.person()));
    await Promise.all(crowd.map((who) => who.rest.post(`${path(made)}/recipients`, {})));
    expect(chat.world.channels.get(made.id)?.recipients).toHaveLength(LIMITS.GROUP_SIZE - 1);
    const last = [await parlour.person(), await parlour.person()];
    const both = await Promise.all([
      ada.rest.put(inGroup(made, last[0] as Person), {}),
      (last[1] as Person).rest.post(`${path(made)}/recipients`, {}),
    ]);
    expect(both.map(outcome).sort()).toEqual(['200', 'LIMIT_REACHED']);
    expect(chat.world.channels.get(made.id)?.recipients).toHaveLength(LIMITS.GROUP_SIZE);
  });

  test('[GROUP7] somebody is in so many groups; those that ended do not count', async () => {
    const many = await parlour.person();
    const groups = await Promise.all(Array.from({ length: LIMITS.GROUPS_PER_USER }, () => group(many, [])));
    const another = { recipient_ids: [many.id] };
    expect(outcome(await many.rest.post(`${API}/users/@me/groups`, { recipient_ids: [] }))).toBe('LIMIT_REACHED');
    expect(outcome(await ada.rest.post(`${API}/users/@me/groups`, another))).toBe('LIMIT_REACHED');
    await many.rest.delete(path(groups[0] as Channel));
    const left = groups[1] as Channel;
    await many.rest.delete(inGroup(left, many));
    expect(outcome(await ada.rest.post(`${API}/users/@me/groups`, another))).toBe('201');
    await group(many, []);
    expect(outcome(await many.rest.post(`${API}/users/@me/groups`, { recipient_ids: [] }))).toBe('LIMIT_REACHED');
  });
});
