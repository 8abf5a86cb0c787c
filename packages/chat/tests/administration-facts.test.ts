import { join } from 'node:path';
import { type Category, type Channel, type Invite, Permission, type Role, type ServerSnapshot } from '@snug/protocol';
import { startInstance } from '@snug/testkit';
import { expect, test } from 'vitest';
import type { Actor } from '../src/commands/handler.ts';
import { verifyLog } from '../src/projections/verify.ts';
import { loadWorld } from '../src/world/load.ts';
import { actor, perform } from './people.ts';
import { worldFacts } from './world-facts.ts';

const [ada, bo, cy, dee] = [1, 2, 3, 4].map((number) => actor(number)) as [Actor, Actor, Actor, Actor];
const bits = (...names: (keyof typeof Permission)[]): string =>
  String(names.reduce((all, name) => all | Permission[name], 0n));

type Go = <T = unknown>(who: Actor, command: string, params?: Record<string, unknown>) => Promise<T>;

/** Everything that can be done to a server, ends included. */
async function administer(go: Go): Promise<void> {
  const { id: server_id, channels } = await go<ServerSnapshot>(ada, 'server.create', { name: 'Ruled' });
  const { id: channel_id } = channels[0] as Channel;
  const role = (name: string, permissions = '0') => go<Role>(ada, 'role.create', { server_id, name, permissions });
  const [one, two, three] = [await role('one', bits('KICK_MEMBERS')), await role('two'), await role('three')];
  const link = await go<Invite>(ada, 'invite.create', { server_id, role_id: one.id, note: 'come in' });
  for (const who of [bo, cy, dee]) await go(who, 'invite.accept', { code: link.code });
  await go(ada, 'member.update', { server_id, user_id: cy.userId, role_ids: [two.id, three.id], nickname: 'See' });
  await go(ada, 'member.add_role', { server_id, user_id: dee.userId, role_id: three.id });
  await go(ada, 'member.remove_role', { server_id, user_id: bo.userId, role_id: one.id, reason: 'no more' });
  await go(ada, 'role.update', { server_id, role_id: two.id, permissions: bits('MANAGE_ROLES'), color: 7 });
  const { items } = await go<{ items: Role[] }>(ada, 'role.list', { server_id });
  const order = items.filter(({ is_default }) => !is_default).map(({ id }) => id);
  await go(ada, 'role.reorder', { server_id, role_ids: order.toReversed() });

  const category = (name: string) => go<Category>(ada, 'category.create', { server_id, name });
  const [upper, lower] = [await category('upper'), await category('lower')];
  const hush = { target_id: three.id, target_type: 'role', deny: bits('SEND_MESSAGES') };
  const into = { server_id, category_id: upper.id };
  const attic = await go<Channel>(ada, 'channel.create', {
    ...into,
    name: 'attic',
    is_private: true,
    slow_mode_delay: 3,
  });
  const call = await go<Channel>(ada, 'channel.create', { ...into, name: 'call', type: 'voice' });
  await go(ada, 'category.set_override', { category_id: upper.id, ...hush, reason: 'hush' });
  await go(ada, 'category.set_override', { category_id: lower.id, ...hush });
  await go(ada, 'category.delete_override', { category_id: lower.id, target_id: three.id });
  await go(ada, 'override.set', { channel_id, ...hush });
  await go(ada, 'override.set', {
    channel_id,
    target_id: bo.userId,
    target_type: 'member',
    allow: bits('MANAGE_MESSAGES'),
  });
  await go(ada, 'override.set', { channel_id: attic.id, ...hush });
  await go(ada, 'override.delete', { channel_id: attic.id, target_id: three.id });
  await go(ada, 'channel.reorder', {
    server_id,
    channels: [{ channel_id: call.id, position: 0, category_id: lower.id }],
  });
  await go(ada, 'channel.update', { channel_id: attic.id, is_archived: true, topic: 'dust', is_private: false });
  await go(ada, 'category.update', { category_id: lower.id, name: 'cellar' });
  await go(ada, 'category.reorder', { server_id, category_ids: [lower.id, upper.id] });
  await go(ada, 'category.delete', { category_id: upper.id });
  await go(ada, 'role.delete', { server_id, role_id: three.id, reason: 'unused' });

  for (let said = 0; said < 5; said++) await go(dee, 'message.send', { channel_id, content: `words ${said}` });
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await go(ada, 'member.update', { server_id, user_id: bo.userId, timed_out_until: until, is_muted: true });
  await go(ada, 'member.remove', { server_id, user_id: bo.userId });
  await go(ada, 'ban.create', { server_id, user_id: dee.userId, reason: 'spam', delete_message_seconds: 600 });
  await go(ada, 'ban.create', { server_id, user_id: bo.userId });
  await go(ada, 'ban.delete', { server_id, user_id: bo.userId });
  await go(ada, 'server.update', { server_id, is_public: true, description: 'Come in' });
  await go(bo, 'member.join', { server_id });
  await go(ada, 'invite.delete', { code: link.code });
  await go(ada, 'server.transfer', { server_id, user_id: cy.userId });
  await go(cy, 'channel.delete', { channel_id });
}

test('[LOG6] [ORG3] [MOD4] [AUDIT1] after all that can be done to a server, tables and world are rebuilt equal', async () => {
  await using instance = await startInstance();
  const { chat } = instance.running;
  await administer((who, command, params = {}) => perform(chat, who, command, params));
  const left = {
    sql: 'SELECT count(*) AS n FROM author_purges',
    params: [],
    map: (rows: { n?: unknown }[]) => rows[0]?.n,
  };
  await expect.poll(async () => (await chat.log.read({ left })).value.left).toBe(0);
  // The job's last event is on disk a moment before the world knows of it.
  await expect.poll(async () => (await chat.log.read({})).position - chat.world.tail).toBe(0);
  expect(worldFacts(await loadWorld(chat.log))).toEqual(worldFacts(chat.world));
  await instance.stop();
  const report = verifyLog(join(instance.data, 'chat.db'));
  expect(report).toMatchObject({ equal: true, gaps: 0, integrity: 'ok' });
  const rows = Object.fromEntries(report.tables.map((table) => [table.name, table.rows]));
  expect(rows).toMatchObject({ roles: 5, categories: 1, bans: 1, timeouts: 1, author_purges: 0 });
  expect(rows.audit, 'the premise: it was much').toBeGreaterThan(30);
  expect(rows.audit_reasons).toBe(4);
  // And the same after a start on those tables.
  const before = worldFacts(chat.world);
  await instance.restart();
  const { tail: _tail, scopeTails: _tails, ...after } = worldFacts(instance.running.chat.world);
  expect(after).toEqual((({ tail, scopeTails, ...rest }) => rest)(before));
});
