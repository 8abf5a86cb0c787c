import type { Channel, Message, ReadState, Role, ServerSnapshot, User } from '@snug/protocol';
import { DEFAULT_PERMISSIONS, LIMITS, Permission } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openDm, openParlour, outcome, type Parlour, page, pathOf, readOf, said } from './parlour.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo, cy] = (await Promise.all([1, 2, 3].map(() => parlour.person()))) as [Person, Person, Person];
});
afterAll(() => parlour[Symbol.asyncDispose]());

interface Inbox {
  readonly items: readonly Message[];
  readonly has_more: boolean;
  readonly next: string | null;
  readonly users: readonly User[];
}

const roles = (serverId: string): string => `${API}/servers/${serverId}/roles`;
const makeRole = async (server: ServerSnapshot, name: string, more: Record<string, unknown> = {}): Promise<Role> =>
  (await ada.rest.post<Role>(roles(server.id), { name, ...more })).body;
const give = (server: ServerSnapshot, who: Person, role: Role) =>
  ada.rest.put(`${API}/servers/${server.id}/members/${who.id}/roles/${role.id}`);
const take = (server: ServerSnapshot, who: Person, role: Role) =>
  ada.rest.delete(`${API}/servers/${server.id}/members/${who.id}/roles/${role.id}`);
const everyoneMay = (server: ServerSnapshot, bits: bigint) =>
  ada.rest.patch(`${roles(server.id)}/${server.id}`, { permissions: String(bits) });
const hide = (channel: Channel, whom: Person) =>
  ada.rest.put(`${API}/channels/${channel.id}/permissions/${whom.id}`, {
    target_type: 'member',
    allow: '0',
    deny: String(Permission.VIEW_CHANNEL),
  });
const inbox = async (who: Person, query = ''): Promise<Inbox> =>
  (await who.rest.get<Inbox>(`${API}/users/@me/mentions${query}`)).body;
const ids = ({ items }: Inbox): string[] => items.map(({ id }) => id);
const mentionsOf = async (who: Person, channel: Channel): Promise<number> => (await readOf(who, channel)).mention_count;

const called = ({ mentions, mention_roles, mention_everyone }: Message) => ({
  users: mentions,
  roles: mention_roles,
  everyone: mention_everyone,
});
const NOBODY = { users: [], roles: [], everyone: false };

describe('whom a message calls', () => {
  test('[MENTION1] [MSG15] people by id and by name, in what order they were written, each once', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const text = `@${cy.username.toUpperCase()} and <@${bo.id}>, @${cy.username} again`;
    expect(called(await said(ada, channel, text))).toEqual({ ...NOBODY, users: [cy.id, bo.id] });
    for (const quiet of [
      `\`@${bo.username}\``,
      `mail@${bo.username}.org`,
      `https://x.org/@${bo.username}`,
      '@nobody',
      'plain',
    ])
      expect(called(await said(ada, channel, quiet))).toEqual(NOBODY);
    const dm = await openDm(ada, bo);
    expect(called(await said(ada, dm, `@${bo.username} @${cy.username} @everyone`))).toEqual({
      ...NOBODY,
      users: [bo.id],
    });
  });

  test('[MENTION2] only who can see the channel', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    expect(outcome(await hide(channel, bo))).toMatch(/^20/);
    const stranger = await parlour.person();
    const text = `@${bo.username} <@${stranger.id}> @${cy.username}`;
    const message = await said(ada, channel, text);
    expect(called(message)).toEqual({ ...NOBODY, users: [cy.id] });
    expect(message.content).toBe(text);
  });

  test('[MENTION1] [MENTION2] roles that may be mentioned, all of them for who holds Mention Everyone', async () => {
    const { server, channel } = await parlour.place(ada, bo);
    const open = await makeRole(server, 'Gardeners', { is_mentionable: true });
    const quiet = await makeRole(server, 'Watch', { is_mentionable: false });
    const text = `@gardeners @watch <@&${quiet.id}> <@&${server.id}>`;
    expect(called(await said(bo, channel, text))).toEqual({ ...NOBODY, roles: [open.id] });
    expect(called(await said(ada, channel, text))).toEqual({ ...NOBODY, roles: [open.id, quiet.id] });
    // A name is a person's before it is a role's.
    const named = await makeRole(server, bo.username, { is_mentionable: true });
    expect(called(await said(ada, channel, `@${bo.username} <@&${named.id}>`))).toEqual({
      ...NOBODY,
      users: [bo.id],
      roles: [named.id],
    });
  });

  test('[MENTION2] [MSG15] everyone and here only from who may, in that channel', async () => {
    const { server, channel } = await parlour.place(ada, bo);
    expect(called(await said(bo, channel, '@everyone @here'))).toEqual(NOBODY);
    expect(called(await said(ada, channel, 'now @here'))).toEqual({ ...NOBODY, everyone: true });
    expect(await mentionsOf(bo, channel)).toBe(1);
    expect(await mentionsOf(ada, channel)).toBe(0);
    await everyoneMay(server, DEFAULT_PERMISSIONS | Permission.MENTION_EVERYONE);
    expect(called(await said(bo, channel, '@everyone'))).toEqual({ ...NOBODY, everyone: true });
    expect(await mentionsOf(ada, channel)).toBe(1);
  });

  test('[MENTION3] so many targets and no more', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const nobodies = Array.from({ length: LIMITS.MENTIONS_PER_MESSAGE - 1 }, (_, index) => `@nobody${index}`).join(' ');
    const message = await said(ada, channel, `${nobodies} @${bo.username} @${cy.username}`);
    expect(called(message)).toEqual({ ...NOBODY, users: [bo.id] });
  });
});

describe('counting them', () => {
  test('[MENTION4] [READ12] once per message, by the roles held now, never by oneself', async () => {
    const { server, channel } = await parlour.place(ada, bo, cy);
    const role = await makeRole(server, 'bakers', { is_mentionable: true });
    await said(ada, channel, `@${bo.username} @bakers @everyone`);
    await said(ada, channel, '@bakers');
    await said(bo, channel, `@bakers @${bo.username}`);
    expect(await mentionsOf(cy, channel)).toBe(1);
    await give(server, cy, role);
    expect(await mentionsOf(cy, channel)).toBe(3);
    await take(server, cy, role);
    expect(await mentionsOf(cy, channel)).toBe(1);
    const { ready } = await parlour.listen(cy);
    const state = ready.read_states.find(({ channel_id }) => channel_id === channel.id);
    expect(state).toMatchObject({ mention_count: 1, unread_count: 3 });
  });

  test('[MENTION5] an edit neither calls nor takes back; deleting takes back', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const message = await said(ada, channel, `@${bo.username}`);
    const { body } = await ada.rest.patch<Message>(pathOf(message), { content: `@${cy.username}` });
    expect(called(body)).toEqual({ ...NOBODY, users: [cy.id] });
    expect(called((await page(bo, channel)).items[0] as Message)).toEqual({ ...NOBODY, users: [cy.id] });
    expect([await mentionsOf(bo, channel), await mentionsOf(cy, channel)]).toEqual([1, 0]);
    await ada.rest.delete(pathOf(message));
    expect([await mentionsOf(bo, channel), ids(await inbox(bo)).includes(message.id)]).toEqual([0, false]);
  });

  test('[READ12] [READ9] acks and marks say how many are left, to every device', async () => {
    const { channel } = await parlour.place(ada, bo);
    const all: Message[] = [];
    for (let index = 0; index < 6; index++)
      all.push(await said(ada, channel, index % 2 === 0 ? `@${bo.username}` : 'x'));
    const { gateway } = await parlour.listen(bo);
    const ack = (message: Message | undefined) => bo.rest.post<ReadState>(`${pathOf(message as Message)}/ack`);
    expect((await ack(all[2])).body.mention_count).toBe(1);
    expect((await gateway.dispatch<ReadState>('READ_STATE_UPDATE')).d.mention_count).toBe(1);
    expect((await bo.rest.delete<ReadState>(`${pathOf(all[0] as Message)}/ack`)).body.mention_count).toBe(3);
    expect((await gateway.dispatch<ReadState>('READ_STATE_UPDATE')).d.mention_count).toBe(3);
    // What is read already writes nothing, and says the same.
    await ack(all[4]);
    expect((await ack(all[1])).body).toMatchObject({ mention_count: 0, last_read_id: all[4]?.id });
    await said(bo, channel, 'and I answer');
    expect(await readOf(bo, channel)).toMatchObject({ mention_count: 0, unread_count: 0 });
  });

  test('[READ12] [E12] an ack beside messages that call: the count holds at its own position', async () => {
    const { channel } = await parlour.place(ada, bo);
    const { gateway } = await parlour.listen(bo);
    const first = await said(ada, channel, 'begin');
    let sent = 0;
    for (let round = 0; round < 15; round++) {
      const sends = [0, 1].map(() => said(ada, channel, `@${bo.username} ${++sent}`));
      const ack = bo.rest.delete<ReadState>(`${pathOf(first)}/ack`);
      expect(outcome(await ack)).toBe('200');
      await Promise.all(sends);
    }
    await said(cy, (await parlour.place(cy, bo)).channel, 'the end');
    let heard = 0;
    for await (const { t, d } of gateway) {
      const body = d as Message & ReadState;
      if (t === 'MESSAGE_CREATE' && body.content === 'the end') break;
      if (t === 'MESSAGE_CREATE' && body.mentions.includes(bo.id)) heard += 1;
      if (t === 'READ_STATE_UPDATE') expect(body.mention_count).toBe(heard);
    }
    expect(heard).toBe(30);
  });

  test("[MENTION7] [READ14] in a thread one does not follow only one's own name calls", async () => {
    const { channel } = await parlour.place(ada, bo);
    const thread = (await ada.rest.post<Channel>(`${API}/channels/${channel.id}/threads`, { name: 'aside' })).body;
    const loud = await said(ada, thread, '@everyone');
    expect(await readOf(bo, thread)).toMatchObject({ mention_count: 0, unread_count: 0, is_followed: false });
    expect(ids(await inbox(bo))).not.toContain(loud.id);
    const own = await said(ada, thread, `@${bo.username}`);
    expect((await readOf(bo, thread)).mention_count).toBeGreaterThan(0);
    expect(ids(await inbox(bo))).toContain(own.id);
    await bo.rest.delete(`${API}/channels/${thread.id}/followers/@me`);
    expect(await readOf(bo, thread)).toMatchObject({ mention_count: 1, unread_count: 0, is_followed: false });
  });
});

describe('the inbox', () => {
  test('[MENTION6] what is not read, the latest first, page by page, over all channels; or all', async () => {
    const [eve, dan] = [await parlour.person(), await parlour.person()];
    const places = [await parlour.place(ada, eve, dan), await parlour.place(ada, eve), await parlour.place(ada, eve)];
    const dm = await openDm(ada, eve);
    const channels = [...places.map(({ channel }) => channel), dm];
    const all: string[] = [];
    for (let index = 0; index < 11; index++) {
      const channel = channels[index % channels.length] as Channel;
      all.push((await said(ada, channel, `@${eve.username} ${index}`)).id);
      await said(ada, channel, 'of no concern');
    }
    const listed: string[] = [];
    for (let query = '?limit=4'; ; ) {
      const found = await inbox(eve, query);
      listed.push(...ids(found));
      expect(found.users.map(({ id }) => id)).toEqual([ada.id]);
      if (found.next === null) break;
      query = `?limit=4&cursor=${found.next}`;
    }
    expect(listed).toEqual(all.toReversed());
    expect(ids(await inbox(dan))).toEqual([]);
    await eve.rest.post(`${API}/users/@me/acks/all`, { server_id: places[0]?.server.id });
    const unread = all.filter((_, index) => index % 4 !== 0).toReversed();
    expect(ids(await inbox(eve))).toEqual(unread);
    expect(ids(await inbox(eve, '?all=true'))).toEqual(all.toReversed());
    expect(outcome(await eve.rest.get(`${API}/users/@me/mentions?cursor=x`))).toBe('INVALID_PARAMS');
  });

  test('[MENTION6] [PERM12] what one no longer sees is not in it, and comes back with the sight', async () => {
    const eve = await parlour.person();
    const { server, channel } = await parlour.place(ada, eve);
    const message = await said(ada, channel, `@${eve.username}`);
    expect(ids(await inbox(eve))).toEqual([message.id]);
    await hide(channel, eve);
    expect(ids(await inbox(eve))).toEqual([]);
    await ada.rest.delete(`${API}/channels/${channel.id}/permissions/${eve.id}`);
    expect(ids(await inbox(eve))).toEqual([message.id]);
    await eve.rest.delete(`${API}/servers/${server.id}/members/${eve.id}`);
    expect(ids(await inbox(eve, '?all=true'))).toEqual([]);
  });

  test('[READ13] everything is read: in one server, everywhere, and a second time nothing', async () => {
    const eve = await parlour.person();
    const [one, two] = [await parlour.place(ada, eve), await parlour.place(ada, eve)];
    const dm = await openDm(ada, eve);
    for (const channel of [one.channel, two.channel, dm]) await said(ada, channel, `@${eve.username}`);
    const { gateway } = await parlour.listen(eve);
    const markAll = async (body: Record<string, unknown> = {}) =>
      (await eve.rest.post<{ items: ReadState[]; has_more: boolean }>(`${API}/users/@me/acks/all`, body)).body;
    const changed = await markAll({ server_id: one.server.id });
    expect(changed).toMatchObject({ has_more: false, items: [{ channel_id: one.channel.id, mention_count: 0 }] });
    expect((await gateway.dispatch<ReadState>('READ_STATE_UPDATE')).d.channel_id).toBe(one.channel.id);
    expect((await readOf(eve, two.channel)).unread_count).toBe(1);
    expect((await markAll()).items.map(({ channel_id }) => channel_id).toSorted()).toEqual(
      [two.channel.id, dm.id].toSorted(),
    );
    expect(await markAll()).toEqual({ items: [], has_more: false });
    expect(ids(await inbox(eve))).toEqual([]);
    const other = await parlour.place(bo);
    expect(outcome(await eve.rest.post(`${API}/users/@me/acks/all`, { server_id: other.server.id }))).toBe(
      'UNKNOWN_SERVER',
    );
  });
});
