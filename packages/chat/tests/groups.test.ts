import type { Channel, GroupRole, Ready, Recipient } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { banned, give, group, inGroup, path, rolesIn } from './group.ts';
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
