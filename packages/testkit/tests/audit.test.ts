import type { AuditEntry, Channel, Member, Role } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { createInvite, join, send } from '../src/index.ts';
import { bits, Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, mod, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

interface Page {
  readonly items: AuditEntry[];
  readonly has_more: boolean;
  readonly next: string | null;
  readonly users: { id: string; username: string }[];
}

const audit = (serverId: string, query = ''): Promise<Page> =>
  manor.do<Page>(ada, 'GET', `/servers/${serverId}/audit?limit=100${query}`);
/** The latest entry. */
const latest = async (serverId: string): Promise<AuditEntry | undefined> => (await audit(serverId)).items[0];
/** What was done since, the earliest first. */
async function since(serverId: string, work: () => Promise<unknown>): Promise<AuditEntry[]> {
  const before = (await latest(serverId))?.position ?? 0;
  await work();
  return (await audit(serverId)).items.filter(({ position }) => position > before).toReversed();
}

describe('what has an entry', () => {
  test('[AUDIT1] [AUDIT2] roles and what is done with them', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}`;
    let role: Role | undefined;
    const entries = await since(server.id, async () => {
      role = await manor.role(server.id, 'new', '0');
      await manor.do(ada, 'PATCH', `${path}/roles/${role.id}`, { color: 7, reason: 'brighter' });
      await manor.do(ada, 'PUT', `${path}/members/${bo.id}/roles/${role.id}`, { reason: 'earned' });
      await manor.do(ada, 'DELETE', `${path}/roles/${role.id}?reason=over`);
    });
    expect(entries.map(({ action, target_id, reason }) => [action, target_id, reason])).toEqual([
      ['ROLE_CREATE', role?.id, ''],
      ['ROLE_UPDATE', role?.id, 'brighter'],
      ['MEMBER_UPDATE', bo.id, 'earned'],
      ['ROLE_DELETE', role?.id, 'over'],
    ]);
    expect(entries[0]?.changes).toMatchObject({ name: 'new', permissions: '0', position: 1 });
    expect(entries[1]?.changes).toEqual({ color: 7 });
    expect(entries[2]?.changes).toEqual({ role_ids: [role?.id] });
    expect(entries.every(({ actor_id }) => actor_id === ada.id)).toBe(true);
  });

  test('[AUDIT1] categories, channels, overrides, the server', async () => {
    const { server } = await manor.house();
    const entries = await since(server.id, async () => {
      const category = await manor.category(server.id, 'upstairs');
      const channel = await manor.channel(server.id, 'attic', { category_id: category.id });
      await manor.do(ada, 'PATCH', `/channels/${channel.id}`, { topic: 'dust', reason: 'tidy' });
      await manor.do(ada, 'PATCH', `/channels/${channel.id}`, { topic: 'dust' });
      const path = `/channels/${channel.id}/permissions/${server.id}`;
      await manor.do(ada, 'PUT', path, { target_type: 'role', deny: '2', reason: 'hush' });
      await manor.do(ada, 'DELETE', path);
      await manor.do(ada, 'PATCH', `/categories/${category.id}`, { name: 'above' });
      await manor.do(ada, 'DELETE', `/categories/${category.id}`);
      await manor.do(ada, 'DELETE', `/channels/${channel.id}?reason=empty`);
      await manor.do(ada, 'PATCH', `/servers/${server.id}`, { name: 'renamed' });
      await manor.do(ada, 'POST', `/servers/${server.id}/transfer`, { user_id: bo.id });
      await manor.do(bo, 'POST', `/servers/${server.id}/transfer`, { user_id: ada.id });
    });
    expect(entries.map(({ action, reason }) => `${action} ${reason}`.trim())).toEqual([
      'CATEGORY_CREATE',
      'CHANNEL_CREATE',
      'CHANNEL_UPDATE tidy',
      'CHANNEL_UPDATE hush',
      'CHANNEL_UPDATE',
      'CATEGORY_UPDATE',
      'CATEGORY_DELETE',
      'CHANNEL_DELETE empty',
      'SERVER_UPDATE',
      'SERVER_UPDATE',
      'SERVER_UPDATE',
    ]);
    expect(entries[2]?.changes).toEqual({ topic: 'dust' });
    expect(entries[3]?.changes).toEqual({
      permission_overrides: [{ target_type: 'role', target_id: server.id, allow: '0', deny: '2' }],
    });
    expect(entries.slice(-2).map(({ actor_id, changes }) => [actor_id, changes])).toEqual([
      [ada.id, { owner_id: bo.id }],
      [bo.id, { owner_id: ada.id }],
    ]);
  });

  test('[AUDIT1] [AUDIT2] people; personal words are named and not copied', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}`;
    const timed_out_until = new Date(Date.now() + 3_600_000).toISOString();
    const entries = await since(server.id, async () => {
      await manor.do(ada, 'PATCH', `${path}/members/${bo.id}`, { nickname: 'Zanzibar', reason: 'a joke' });
      await manor.do(ada, 'PATCH', `${path}/members/${bo.id}`, { timed_out_until });
      await manor.do(ada, 'DELETE', `${path}/members/${bo.id}?reason=enough`);
      await manor.do(ada, 'PUT', `${path}/bans/${cy.id}`, { reason: 'spam', delete_message_seconds: 60 });
      await manor.do(ada, 'DELETE', `${path}/bans/${cy.id}?reason=sorry`);
      const { code } = await createInvite(ada, server.id, { max_uses: 3 });
      await manor.do(ada, 'DELETE', `/invites/${code}`);
    });
    expect(entries.map(({ action, target_id, changes, reason }) => [action, target_id, changes, reason])).toEqual([
      ['MEMBER_UPDATE', bo.id, { nickname: null }, 'a joke'],
      ['MEMBER_UPDATE', bo.id, { timed_out_until }, ''],
      ['MEMBER_REMOVE', bo.id, {}, 'enough'],
      ['BAN_ADD', cy.id, { delete_message_seconds: 60 }, 'spam'],
      ['BAN_REMOVE', cy.id, {}, 'sorry'],
      ['INVITE_CREATE', expect.any(String), expect.objectContaining({ max_uses: 3 }), ''],
      ['INVITE_DELETE', expect.any(String), {}, ''],
    ]);
    expect(JSON.stringify(await audit(server.id))).not.toContain('Zanzibar');
  });

  test('[AUDIT1] what moderators do to the messages of others', async () => {
    const { server, channel } = await manor.house();
    const messages = [];
    for (const content of ['one', 'two', 'three', 'four']) messages.push(await send(bo, channel.id, content));
    const [one, two, three, four] = messages.map(({ id }) => id);
    const path = `/channels/${channel.id}/messages`;
    const entries = await since(server.id, async () => {
      await manor.do(ada, 'DELETE', `${path}/${one}?reason=rude`);
      await manor.do(bo, 'DELETE', `${path}/${two}`);
      await manor.do(ada, 'POST', `${path}/bulk_delete`, { message_ids: [three], reason: 'all of it' });
      await manor.do(ada, 'PUT', `/channels/${channel.id}/pins/${four}`, {});
      await manor.do(ada, 'DELETE', `/channels/${channel.id}/pins/${four}`);
    });
    expect(entries.map(({ action, target_id, channel_id, reason }) => [action, target_id, channel_id, reason])).toEqual(
      [
        ['MESSAGE_DELETE', one, channel.id, 'rude'],
        ['MESSAGE_DELETE_BULK', null, channel.id, 'all of it'],
        ['MESSAGE_PIN', four, channel.id, ''],
        ['MESSAGE_UNPIN', four, channel.id, ''],
      ],
    );
    expect(entries[0]?.changes).toEqual({ author_id: bo.id });
    expect(entries[1]?.changes).toEqual({ count: 1 });
  });

  test('[AUDIT1] what people do with what is theirs has none', async () => {
    const { server, channel } = await manor.house();
    const entries = await since(server.id, async () => {
      await manor.do(bo, 'PATCH', `/servers/${server.id}/members/${bo.id}`, { nickname: 'me' });
      await manor.do(bo, 'PATCH', '/users/@me', { bio: 'new' });
      const message = await send(bo, channel.id, 'mine');
      await manor.do(bo, 'DELETE', `/channels/${channel.id}/messages/${message.id}`);
      const thread = await manor.do<Channel>(bo, 'POST', `/channels/${channel.id}/threads`, { name: 'mine' });
      await manor.do(bo, 'PATCH', `/channels/${thread.id}`, { name: 'still mine' });
      await manor.do(bo, 'DELETE', `/servers/${server.id}/members/${bo.id}?reason=tired`);
      await join(ada, server.id, stranger);
    });
    expect(
      entries.map(({ action }) => action),
      'but the link that let somebody in',
    ).toEqual(['INVITE_CREATE']);
  });
});

describe('reading it', () => {
  test('[AUDIT3] with Manage Server, by pages, by actor, target and action', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}/audit`;
    expect(await manor.no(bo, 'GET', path)).toBe('MISSING_PERMISSION');
    expect(await manor.no(stranger, 'GET', path)).toBe('UNKNOWN_SERVER');
    await manor.empower(server.id, bits('MANAGE_SERVER', 'MANAGE_ROLES', 'KICK_MEMBERS'));
    for (let index = 0; index < 5; index++)
      await manor.do(mod, 'PATCH', `/servers/${server.id}/members/${bo.id}`, { nickname: `n${index}` });
    const member = (
      await manor.do<Page>(mod, 'GET', `${path}?actor_id=${mod.id}&target_id=${bo.id}&action=MEMBER_UPDATE`)
    ).items;
    expect(member).toHaveLength(5);
    expect((await audit(server.id, `&actor_id=${cy.id}`)).items).toEqual([]);
    const all = (await audit(server.id)).items;
    const found: AuditEntry[] = [];
    for (let cursor = ''; ; ) {
      const page = await manor.ask<Page>(mod, 'audit.list', {
        server_id: server.id,
        limit: 3,
        ...(cursor === '' ? {} : { cursor }),
      });
      if (typeof page === 'string') throw new Error(page);
      found.push(...page.items);
      expect(page.has_more).toBe(page.next !== null);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(found).toEqual(all);
    expect((await audit(server.id)).users.map(({ username }) => username).toSorted()).toEqual(['ada', 'mod']);
    expect(await manor.no(ada, 'GET', `${path}?cursor=x`)).toBe('INVALID_PARAMS');
  });

  test('[AUDIT1] [LOG6] a rebuilt log tells the same', async () => {
    await using house = await Manor.open();
    const { server } = await house.house();
    const role = await house.empower(server.id, bits('MANAGE_SERVER'));
    await house.do<Member>(
      house.ada,
      'DELETE',
      `/servers/${server.id}/members/${house.mod.id}/roles/${role.id}?reason=why`,
    );
    const before = await house.do<Page>(house.ada, 'GET', `/servers/${server.id}/audit`);
    const { log } = house.instance.running.chat;
    const older = {
      sql: "SELECT version FROM projections WHERE name = 'audit'",
      params: [],
      map: (rows: unknown[]) => rows,
    };
    expect((await log.read({ older })).value.older, 'the premise: it is a projection').toHaveLength(1);
    await house.instance.restart();
    expect(await house.do<Page>(house.ada, 'GET', `/servers/${server.id}/audit`)).toEqual(before);
  });
});
