import { type Category, type Channel, LIMITS, type Message, type PermissionOverride } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { bits, Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, mod, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

describe('channels', () => {
  test('[PERM7] everything of a channel is set with Manage Channels, and by nobody else', async () => {
    const { server, channel } = await manor.house();
    const category = await manor.category(server.id, 'upstairs');
    const given = {
      name: 'library',
      topic: 'whispers',
      category_id: category.id,
      is_nsfw: true,
      slow_mode_delay: 30,
    };
    const path = `/servers/${server.id}/channels`;
    expect(await manor.no(bo, 'POST', path, given)).toBe('MISSING_PERMISSION');
    await manor.empower(server.id, bits('MANAGE_CHANNELS'));
    const made = await manor.do<Channel>(mod, 'POST', path, { ...given, type: 'voice' });
    expect(made).toMatchObject({ ...given, type: 'voice', position: channel.position + 1 });
    const changes = {
      name: 'reading room',
      topic: '',
      is_nsfw: false,
      slow_mode_delay: 0,
      is_archived: true,
      position: 7,
    };
    expect(
      await manor.ask(mod, 'channel.update', { channel_id: made.id, ...changes, category_id: null }),
    ).toMatchObject({
      ...changes,
      category_id: null,
    });
    expect(await manor.no(bo, 'PATCH', `/channels/${made.id}`, { topic: 'x' })).toBe('MISSING_PERMISSION');
    expect(await manor.no(stranger, 'PATCH', `/channels/${made.id}`, { topic: 'x' })).toBe('UNKNOWN_CHANNEL');
    expect(await manor.no(mod, 'PATCH', `/channels/${made.id}`, { visibility: 'hidden' })).toBe('WRONG_CHANNEL_TYPE');
    expect(await manor.no(mod, 'POST', path, { name: 'x', category_id: server.id })).toBe('UNKNOWN_CATEGORY');
    const other = await manor.category((await manor.house()).server.id, 'elsewhere');
    expect(await manor.no(mod, 'PATCH', `/channels/${made.id}`, { category_id: other.id })).toBe('UNKNOWN_CATEGORY');
  });

  test('[PERM22] a private one is seen by its maker and by whom an override lets in', async () => {
    const { server } = await manor.house();
    await manor.empower(server.id, bits('MANAGE_CHANNELS'));
    const path = `/servers/${server.id}/channels`;
    const made = await manor.do<Channel>(mod, 'POST', path, { name: 'den', is_private: true });
    const sees = async (person: typeof bo) =>
      (await manor.list<Channel>(server.id, 'channels', person)).some(({ id }) => id === made.id);
    expect([await sees(ada), await sees(mod), await sees(bo)]).toEqual([true, true, false]);
    expect(await manor.no(bo, 'GET', `/channels/${made.id}/messages`)).toBe('UNKNOWN_CHANNEL');
    const invitation = { target_type: 'member', allow: bits('VIEW_CHANNEL') };
    // The maker may only manage channels: whom it lets in is another matter.
    expect(await manor.no(mod, 'PUT', `/channels/${made.id}/permissions/${bo.id}`, invitation)).toBe(
      'MISSING_PERMISSION',
    );
    await manor.do(ada, 'PUT', `/channels/${made.id}/permissions/${bo.id}`, invitation);
    expect([await sees(bo), await sees(cy)]).toEqual([true, false]);
    await manor.do(mod, 'PATCH', `/channels/${made.id}`, { is_private: false });
    expect(await sees(cy)).toBe(true);
  });

  test('[PERM22] who makes one private does not shut themselves out, and gains nothing else by it', async () => {
    const { server, channel } = await manor.house();
    await manor.empower(server.id, bits('MANAGE_CHANNELS'));
    const sees = async (person: typeof bo) =>
      (await manor.list<Channel>(server.id, 'channels', person)).some(({ id }) => id === channel.id);
    const hidden = await manor.do<Channel>(mod, 'PATCH', `/channels/${channel.id}`, { is_private: true });
    expect([await sees(ada), await sees(mod), await sees(bo)]).toEqual([true, true, false]);
    expect(hidden.permission_overrides).toEqual([
      { target_type: 'member', target_id: mod.id, allow: bits('VIEW_CHANNEL'), deny: '0' },
    ]);
    // Who sees it anyway leaves no override behind.
    await manor.do(mod, 'PATCH', `/channels/${channel.id}`, { is_private: false });
    const again = await manor.do<Channel>(ada, 'PATCH', `/channels/${channel.id}`, { is_private: true });
    expect(again.permission_overrides).toEqual(hidden.permission_overrides);
  });

  test('[ORG5] all are moved or none', async () => {
    const { server, channel } = await manor.house();
    const [one, two] = [await manor.channel(server.id, 'one'), await manor.channel(server.id, 'two')];
    const category = await manor.category(server.id, 'cellar');
    const path = `/servers/${server.id}/channels`;
    const move = (id: string, position: number, more = {}) => ({ channel_id: id, position, ...more });
    const elsewhere = (await manor.house()).channel;
    expect(await manor.no(ada, 'PATCH', path, { channels: [move(one.id, 5), move(elsewhere.id, 1)] })).toBe(
      'UNKNOWN_CHANNEL',
    );
    expect(await manor.no(ada, 'PATCH', path, { channels: [move(one.id, 5), move(one.id, 6)] })).toBe('INVALID_PARAMS');
    expect(await manor.no(bo, 'PATCH', path, { channels: [move(one.id, 5)] })).toBe('MISSING_PERMISSION');
    expect((await manor.do<Channel>(ada, 'GET', `/channels/${one.id}`)).position, 'nothing was moved').toBe(
      one.position,
    );
    const channels = [move(one.id, 0, { category_id: category.id }), move(two.id, 1), move(channel.id, 2)];
    const { items } = await manor.do<{ items: Channel[] }>(ada, 'PATCH', path, { channels });
    const found = new Map(items.map((item) => [item.id, [item.position, item.category_id]]));
    expect([one, two, channel].map(({ id }) => found.get(id))).toEqual([
      [0, category.id],
      [1, null],
      [2, null],
    ]);
  });

  test('[ORG6] with a channel its threads go, from sight and from the log', async () => {
    const { server } = await manor.house();
    const channel = await manor.channel(server.id, 'busy');
    const thread = await manor.do<Channel>(bo, 'POST', `/channels/${channel.id}/threads`, {
      name: 'aside',
      content: 'a word in the thread',
    });
    await manor.do(ada, 'DELETE', `/channels/${channel.id}`);
    for (const path of [`/channels/${thread.id}`, `/channels/${thread.id}/messages`, `/channels/${channel.id}`])
      expect(await manor.no(ada, 'GET', path)).toBe('UNKNOWN_CHANNEL');
    const left = () => manor.instance.running.chat.log.read({ left: messagesOf([channel.id, thread.id]) });
    await expect.poll(async () => (await left()).value.left).toBe(0);
  });
});

const messagesOf = (ids: readonly string[]) => ({
  sql: 'SELECT count(*) AS n FROM messages WHERE channel_id IN (SELECT value FROM json_each(?))',
  params: [JSON.stringify(ids)],
  map: (rows: Record<string, unknown>[]) => rows[0]?.n,
});

describe('categories', () => {
  test('[ORG2] [ORG4] they are ordered as a whole, and leave their channels behind', async () => {
    const { server } = await manor.house();
    const [one, two] = [await manor.category(server.id, 'one'), await manor.category(server.id, 'two')];
    const inside = await manor.channel(server.id, 'inside', { category_id: one.id });
    const path = `/servers/${server.id}/categories`;
    expect(await manor.no(ada, 'PATCH', path, { category_ids: [two.id] })).toBe('CONFLICT');
    expect(await manor.no(ada, 'PATCH', path, { category_ids: [two.id, server.id] })).toBe('UNKNOWN_CATEGORY');
    expect(await manor.no(bo, 'PATCH', path, { category_ids: [two.id, one.id] })).toBe('MISSING_PERMISSION');
    await manor.do(ada, 'PATCH', path, { category_ids: [two.id, one.id] });
    expect((await manor.list<Category>(server.id, 'categories', bo)).map(({ name }) => name)).toEqual(['two', 'one']);
    expect(await manor.do(ada, 'PATCH', `/categories/${one.id}`, { name: 'renamed' })).toMatchObject({
      name: 'renamed',
    });
    await manor.do(ada, 'DELETE', `/categories/${one.id}`);
    expect(await manor.do(bo, 'GET', `/channels/${inside.id}`)).toMatchObject({ category_id: null });
    expect(await manor.no(ada, 'PATCH', `/categories/${one.id}`, { name: 'x' })).toBe('UNKNOWN_CATEGORY');
    expect(await manor.no(stranger, 'PATCH', `/categories/${two.id}`, { name: 'x' })).toBe('UNKNOWN_CATEGORY');
  });

  test('[ORG10] no more than there is room for', async () => {
    const { server } = await manor.house();
    for (let made = 0; made < LIMITS.CATEGORIES_PER_SERVER; made++) await manor.category(server.id, `${made}`);
    expect(await manor.no(ada, 'POST', `/servers/${server.id}/categories`, { name: 'x' })).toBe('LIMIT_REACHED');
  });

  test('[PERM20] moving under another category, or out of a deleted one, takes every bit that its overrides name', async () => {
    const { server, channel } = await manor.house();
    await manor.empower(server.id, bits('MANAGE_CHANNELS', 'SEND_MESSAGES'));
    const category = await manor.category(server.id, 'strict');
    const inside = await manor.channel(server.id, 'inside', { category_id: category.id });
    await manor.do(ada, 'PUT', `/categories/${category.id}/permissions/${server.id}`, {
      target_type: 'role',
      deny: bits('MANAGE_MESSAGES'),
    });
    const into = { category_id: category.id };
    expect(await manor.no(mod, 'PATCH', `/channels/${channel.id}`, into)).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PATCH', `/channels/${inside.id}`, { category_id: null })).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'DELETE', `/categories/${category.id}`)).toBe('MISSING_PERMISSION');
    const reorder = { channels: [{ channel_id: channel.id, position: 0, category_id: category.id }] };
    expect(await manor.no(mod, 'PATCH', `/servers/${server.id}/channels`, reorder)).toBe('MISSING_PERMISSION');
    await manor.do(ada, 'DELETE', `/categories/${category.id}/permissions/${server.id}`);
    await manor.do(mod, 'PATCH', `/channels/${channel.id}`, into);
    expect(await manor.do(mod, 'DELETE', `/categories/${category.id}`)).toBeUndefined();
  });
});

describe('overrides', () => {
  test('[PERM18] [PERM23] every bit that turns one must hold there; only bits a channel has', async () => {
    const { server, channel } = await manor.house();
    await manor.empower(server.id, bits('MANAGE_ROLES', 'ADD_REACTIONS'));
    const low = await manor.role(server.id, 'low', '0');
    const path = `/channels/${channel.id}/permissions/${low.id}`;
    const role = { target_type: 'role' };
    const set = await manor.do<PermissionOverride>(mod, 'PUT', path, { ...role, allow: bits('ADD_REACTIONS') });
    expect(set).toEqual({ ...role, target_id: low.id, allow: bits('ADD_REACTIONS'), deny: '0' });
    expect(await manor.no(mod, 'PUT', path, { ...role, allow: bits('MANAGE_MESSAGES') })).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PUT', path, { ...role, deny: bits('MANAGE_MESSAGES') })).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PUT', path, { ...role, allow: bits('BAN_MEMBERS') })).toBe('INVALID_PARAMS');
    await manor.do(ada, 'PUT', path, { ...role, deny: bits('MANAGE_MESSAGES') });
    expect(await manor.no(mod, 'DELETE', path), 'taking it back turns it as well').toBe('MISSING_PERMISSION');
    expect(await manor.ask(ada, 'override.delete', { channel_id: channel.id, target_id: low.id })).toBeNull();
    expect(await manor.no(ada, 'DELETE', path)).toBe('UNKNOWN_OVERRIDE');
  });

  test('[PERM15] [PERM16] for roles and people below one, and not for oneself', async () => {
    const { server, channel } = await manor.house();
    const power = await manor.empower(server.id, bits('MANAGE_ROLES'));
    const path = (target: string) => `/channels/${channel.id}/permissions/${target}`;
    const given = { allow: bits('SEND_MESSAGES') };
    expect(await manor.no(mod, 'PUT', path(power.id), { ...given, target_type: 'role' })).toBe('OUTRANKED');
    for (const person of [mod, ada])
      expect(await manor.no(mod, 'PUT', path(person.id), { ...given, target_type: 'member' })).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PUT', path(stranger.id), { ...given, target_type: 'member' })).toBe('UNKNOWN_MEMBER');
    expect(await manor.no(mod, 'PUT', path(bo.id), { ...given, target_type: 'role' })).toBe('UNKNOWN_ROLE');
    await manor.do(mod, 'PUT', path(bo.id), { ...given, target_type: 'member' });
    expect(await manor.no(bo, 'PUT', path(cy.id), { ...given, target_type: 'member' })).toBe('MISSING_PERMISSION');
    // It outlives a departure.
    await manor.do(bo, 'DELETE', `/servers/${server.id}/members/${bo.id}`);
    const { permission_overrides } = await manor.do<Channel>(ada, 'GET', `/channels/${channel.id}`);
    expect(permission_overrides?.map(({ target_id }) => target_id)).toEqual([bo.id]);
  });

  test('[ORG10] a channel has room for so many; those of deleted roles do not count', async () => {
    const { server, channel } = await manor.house();
    const roles = [];
    for (let made = 0; made < LIMITS.OVERRIDES_PER_CHANNEL; made++) {
      const role = await manor.role(server.id, `${made}`, '0');
      roles.push(role);
      await manor.do(ada, 'PUT', `/channels/${channel.id}/permissions/${role.id}`, { target_type: 'role', deny: '2' });
    }
    const last = await manor.role(server.id, 'last', '0');
    const path = `/channels/${channel.id}/permissions/${last.id}`;
    expect(await manor.no(ada, 'PUT', path, { target_type: 'role', deny: '2' })).toBe('LIMIT_REACHED');
    await manor.do(ada, 'DELETE', `/servers/${server.id}/roles/${roles[0]?.id}`);
    expect(await manor.do(ada, 'PUT', path, { target_type: 'role', deny: '2' })).toMatchObject({ target_id: last.id });
  });

  test('[PERM21] a channel says more than its category, and a member more than their roles', async () => {
    const { server } = await manor.house();
    const category = await manor.category(server.id, 'quiet');
    const channel = await manor.channel(server.id, 'speaking', { category_id: category.id });
    const say = (person: typeof bo) =>
      person.rest
        .post<Message>(`/api/v1/channels/${channel.id}/messages`, { content: 'hm' })
        .then(({ status }) => status);
    const silent = { target_type: 'role', deny: bits('SEND_MESSAGES') };
    await manor.do(ada, 'PUT', `/categories/${category.id}/permissions/${server.id}`, silent);
    expect(await say(bo)).toBe(403);
    await manor.do(ada, 'PUT', `/channels/${channel.id}/permissions/${server.id}`, {
      target_type: 'role',
      allow: bits('SEND_MESSAGES'),
    });
    expect(await say(bo)).toBe(201);
    await manor.do(ada, 'PUT', `/categories/${category.id}/permissions/${bo.id}`, { ...silent, target_type: 'member' });
    expect([await say(bo), await say(cy)]).toEqual([403, 201]);
  });
});
