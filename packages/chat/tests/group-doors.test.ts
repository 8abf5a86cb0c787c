import { type Channel, type Invite, LIMITS } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { banned, group, inGroup, path, rolesIn } from './group.ts';
import { API, openParlour, outcome, type Parlour } from './parlour.ts';

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
