import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { InstanceAuditEntry, InstanceInvite } from '@snug/protocol';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bootAuth, type Call, CONSOLE, type Fixture, PASSWORD } from './auth-fixture.ts';

let snug: Fixture;
let root: { id: string; token: string };
beforeEach(async () => {
  snug = await bootAuth();
  const invite = await snug.auth.firstStartToken();
  const { body } = await snug.register('root', { invite });
  root = { id: body.user.id, token: body.access_token };
});
afterEach(() => snug.close());

interface Page {
  items: InstanceAuditEntry[];
  has_more: boolean;
}
const ask = <T>(path: string, call: Call = {}) => snug.call<T>(path, { token: root.token, ...call });
const audit = async (query = '') => (await ask<Page>(`/admin/audit${query}`)).body;
const told = (entry: InstanceAuditEntry) => [entry.action, entry.actor_username, entry.target_username, entry.reason];

/** Each act there is, once, and how it is recorded. */
async function doEverything() {
  const ann = (await snug.register('ann')).body.user.id;
  const user = `/admin/users/${ann}`;
  const reason = 'spam & shouting';
  await ask(`${user}/suspension`, { method: 'PUT', body: { reason } });
  await ask(`${user}/suspension?reason=sorry`, { method: 'DELETE' });
  await ask(`${user}/admin`, { method: 'PUT', body: { is_admin: true } });
  await ask(`${user}/admin`, { method: 'PUT', body: { is_admin: false, reason: 'holiday' } });
  const reset = (await ask<{ token: string }>(`${user}/password_reset`, { body: {} })).body.token;
  await ask('/admin/instance', { method: 'PATCH', body: { registration: 'closed', reason: 'full' } });
  const invite = (await ask<Required<InstanceInvite>>('/auth/invites', { body: { max_uses: 3, note: 'for Cat' } }))
    .body;
  await ask(`/auth/invites/${invite.id}`, { method: 'DELETE' });
  await snug.auth.admin.updateInstance(null, CONSOLE);
  await snug.auth.createAdmin('cat', PASSWORD);
  return { ann, reset, invite };
}

test('[ADMIN9] every act is recorded once: who, whom, when, why', async () => {
  const { ann, invite } = await doEverything();
  const { items } = await audit();
  expect(items.map(told)).toEqual([
    ['admin.create', null, 'cat', ''],
    ['instance.update', null, null, ''],
    ['invite.revoke', 'root', null, ''],
    ['invite.create', 'root', null, ''],
    ['instance.update', 'root', null, 'full'],
    ['user.reset_password', 'root', 'ann', ''],
    ['user.demote', 'root', 'ann', 'holiday'],
    ['user.promote', 'root', 'ann', ''],
    ['user.restore', 'root', 'ann', 'sorry'],
    ['user.suspend', 'root', 'ann', 'spam & shouting'],
    ['admin.create', 'root', 'root', ''],
  ]);
  for (const entry of items) expect(entry.at).toBe(new Date(snug.clock.ms).toISOString());
  expect(items.map(({ changes }) => changes).filter((changes) => Object.keys(changes).length > 0)).toEqual([
    { registration: null },
    { max_uses: '3', expires_at: invite.expires_at },
    { registration: 'closed' },
  ]);
  expect(items.filter(({ target_id }) => target_id === ann)).toHaveLength(5);
  expect(items.filter(({ target_id }) => target_id === invite.id)).toHaveLength(2);
});

test('[ADMIN9] a deletion is recorded, and from then on names nobody', async () => {
  const { ann } = await doEverything();
  await ask(`/admin/users/${ann}?messages=erase&reason=asked`, { method: 'DELETE' });
  const [deleted] = (await audit()).items;
  expect(deleted).toMatchObject({
    action: 'user.delete',
    target_id: ann,
    reason: 'asked',
    changes: { messages: 'erase' },
  });
  for (const { target_username } of (await audit(`?target_id=${ann}`)).items) expect(target_username).toBeNull();
});

test('[ADMIN9] what is refused, or changes nothing, is not recorded', async () => {
  const before = (await audit()).items.length;
  const bob = (await snug.register('bob')).body;
  const missing = '/admin/users/01ARZ3NDEKTSV4RRFFQ69G5FAV';
  await ask(`/admin/users/${root.id}/admin`, { method: 'PUT', body: { is_admin: true } });
  await ask(`/admin/users/${root.id}/admin`, { method: 'PUT', body: { is_admin: false } });
  await ask(`/admin/users/${bob.user.id}/suspension`, { method: 'DELETE' });
  await ask('/admin/instance', { method: 'PATCH', body: { registration: null } });
  await ask(`${missing}/suspension`, { method: 'PUT', body: {} });
  await ask(`${missing}/password_reset`, { body: {} });
  await ask('/auth/invites', { token: bob.access_token, body: {} });
  await ask(`${missing.replace('/admin/users', '/auth/invites')}`, { method: 'DELETE' });
  expect((await audit()).items).toHaveLength(before);
});

test('[ADMIN9] filtered by who, what and whom, page by page', async () => {
  const { ann } = await doEverything();
  expect((await audit('?action=instance.update')).items.map(told)).toEqual([
    ['instance.update', null, null, ''],
    ['instance.update', 'root', null, 'full'],
  ]);
  expect((await audit(`?actor_id=${root.id}&action=user.suspend`)).items).toHaveLength(1);
  expect((await audit(`?actor_id=${ann}`)).items).toEqual([]);
  const all = (await audit()).items;
  const seen: InstanceAuditEntry[] = [];
  for (let page = await audit('?limit=4'); ; page = await audit(`?limit=4&before=${seen.at(-1)?.id}`)) {
    seen.push(...page.items);
    if (!page.has_more) break;
  }
  expect(seen).toEqual(all);
  for (const query of ['?limit=0', '?action=gossip', '?before=x', '?actor_id=root', '?since=1']) {
    expect((await ask(`/admin/audit${query}`)).body.code).toBe('INVALID_PARAMS');
  }
});

test('[ADMIN9] holds no secret, and nothing changes it', async () => {
  const { reset, invite } = await doEverything();
  const said = JSON.stringify((await audit()).items);
  for (const secret of [reset, invite.token, PASSWORD]) {
    expect(said).not.toContain(secret);
    expect(snug.lines.join('')).not.toContain(secret);
  }
  const db = new DatabaseSync(join(snug.data, 'auth.db'));
  for (const sql of ['UPDATE audit SET reason = ?', 'DELETE FROM audit WHERE reason <> ?']) {
    expect(() => db.prepare(sql).run('nothing happened')).toThrow(/append-only/);
  }
  db.close();
  await snug.restart();
  expect(JSON.stringify((await audit()).items)).toBe(said);
});
