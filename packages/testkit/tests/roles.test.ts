import { LIMITS, type Member, type Role } from '@snug/protocol';
import { afterAll, describe, expect, test } from 'vitest';
import { bits, Manor } from './organisation/manor.ts';

const manor = await Manor.open();
const { ada, mod, bo, cy, stranger } = manor;
afterAll(() => manor[Symbol.asyncDispose]());

const places = (roles: readonly Role[]): [string, number][] => roles.map(({ name, position }) => [name, position]);

describe('making roles', () => {
  test('[ORG1] a new one stands just above @everyone, and those in its way move up', async () => {
    const { server } = await manor.house();
    const first = await manor.role(server.id, 'first', '0');
    const second = await manor.role(server.id, 'second', '0');
    expect([first.position, second.position]).toEqual([1, 1]);
    expect(places(await manor.list<Role>(server.id, 'roles'))).toEqual([
      ['admin', 4],
      ['mod', 3],
      ['first', 2],
      ['second', 1],
      ['@everyone', 0],
    ]);
    // A gap is filled before anybody moves.
    await manor.do(ada, 'DELETE', `/servers/${server.id}/roles/${first.id}`);
    await manor.role(server.id, 'third', '0');
    expect(places(await manor.list<Role>(server.id, 'roles'))).toEqual([
      ['admin', 4],
      ['mod', 3],
      ['second', 2],
      ['third', 1],
      ['@everyone', 0],
    ]);
  });

  test('[CMD8] [CMD9] a nonce makes one role; with another name it is refused', async () => {
    const { server } = await manor.house();
    const ask = { name: 'once', nonce: `role-${server.id}` };
    const made = await manor.do<Role>(ada, 'POST', `/servers/${server.id}/roles`, ask);
    expect(await manor.ask(ada, 'role.create', { server_id: server.id, ...ask })).toEqual(made);
    expect(await manor.no(ada, 'POST', `/servers/${server.id}/roles`, { ...ask, name: 'twice' })).toBe('NONCE_REUSED');
  });

  test('[PERM10] [PERM15] [PERM23] only bits one holds, only bits there are, and nobody above their own place', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}/roles`;
    await manor.empower(server.id, bits('MANAGE_ROLES', 'KICK_MEMBERS'));
    expect(await manor.no(mod, 'POST', path, { name: 'x', permissions: bits('BAN_MEMBERS') })).toBe(
      'MISSING_PERMISSION',
    );
    expect(await manor.no(mod, 'POST', path, { name: 'x', permissions: bits('ADMINISTRATOR') })).toBe(
      'MISSING_PERMISSION',
    );
    expect(await manor.no(ada, 'POST', path, { name: 'x', permissions: String(1n << 40n) })).toBe('INVALID_PARAMS');
    const made = await manor.do<Role>(mod, 'POST', path, { name: 'kickers', permissions: bits('KICK_MEMBERS') });
    expect(made.position).toBe(1);
    // Whoever may only because all may stands on the ground, and makes nothing above it.
    await manor.do(ada, 'PATCH', `${path}/${server.id}`, { permissions: bits('VIEW_CHANNEL', 'MANAGE_ROLES') });
    expect(await manor.no(bo, 'POST', path, { name: 'x' })).toBe('OUTRANKED');
    expect(await manor.no(bo, 'PATCH', `${path}/${server.id}`, { color: 1 })).toBe('OUTRANKED');
    expect(await manor.no(stranger, 'POST', path, { name: 'x' })).toBe('UNKNOWN_SERVER');
  });

  test('[ORG10] no more than there is room for, however many ask at once', async () => {
    const { server } = await manor.house();
    const { length } = await manor.list(server.id, 'roles');
    for (let made = length; made < LIMITS.ROLES_PER_SERVER - 1; made++) await manor.role(server.id, `${made}`, '0');
    const path = `/api/v1/servers/${server.id}/roles`;
    const answers = await Promise.all([1, 2, 3, 4].map(() => ada.rest.post<{ code?: string }>(path, { name: 'last' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(3);
    const positions = (await manor.list<Role>(server.id, 'roles')).map(({ position }) => position);
    expect(positions).toEqual(
      Array.from({ length: LIMITS.ROLES_PER_SERVER }, (_, index) => positions.length - 1 - index),
    );
  });
});

describe('changing and ordering roles', () => {
  test('[PERM16] what is at or above one stays untouched; below it everything can be set', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}/roles`;
    const power = await manor.empower(server.id, bits('MANAGE_ROLES', 'SEND_MESSAGES'));
    const low = await manor.role(server.id, 'low', '0');
    const admin = server.roles.find(({ name }) => name === 'admin') as Role;
    for (const role of [power, admin]) {
      expect(await manor.no(mod, 'PATCH', `${path}/${role.id}`, { name: 'mine' })).toBe('OUTRANKED');
      expect(await manor.no(mod, 'DELETE', `${path}/${role.id}`)).toBe('OUTRANKED');
    }
    const changes = { name: 'renamed', color: 0x112233, is_mentionable: true, permissions: bits('SEND_MESSAGES') };
    expect(await manor.do(mod, 'PATCH', `${path}/${low.id}`, changes)).toMatchObject(changes);
    expect(await manor.no(bo, 'PATCH', `${path}/${low.id}`, { name: 'x' })).toBe('MISSING_PERMISSION');
    expect(await manor.no(ada, 'PATCH', `${path}/${ada.id}`, { name: 'x' })).toBe('UNKNOWN_ROLE');
    // @everyone keeps its name.
    expect(await manor.do(ada, 'PATCH', `${path}/${server.id}`, { name: 'all' })).toMatchObject({ name: '@everyone' });
  });

  test('[ORG2] [PERM16] an order names every role once; nobody moves what is not below them, or above themselves', async () => {
    const { server } = await manor.house();
    const path = `/servers/${server.id}/roles`;
    const power = await manor.empower(server.id, bits('MANAGE_ROLES'));
    const [one, two] = [await manor.role(server.id, 'one', '0'), await manor.role(server.id, 'two', '0')];
    const [admin, founding] = ['admin', 'mod'].map((name) => server.roles.find((role) => role.name === name)?.id);
    const order = (...roles: (string | undefined)[]) => ({ role_ids: [admin, founding, ...roles] });
    const swapped = await manor.do<{ items: Role[] }>(mod, 'PATCH', path, order(power.id, two.id, one.id));
    expect(places(swapped.items).slice(2)).toEqual([
      ['power', 3],
      ['two', 2],
      ['one', 1],
      ['@everyone', 0],
    ]);
    expect(await manor.no(mod, 'PATCH', path, order(two.id, power.id, one.id))).toBe('OUTRANKED');
    expect(await manor.no(ada, 'PATCH', path, order(power.id, two.id))).toBe('CONFLICT');
    expect(await manor.no(ada, 'PATCH', path, order(power.id, two.id, two.id))).toBe('INVALID_PARAMS');
    expect(await manor.no(ada, 'PATCH', path, order(power.id, two.id, server.id))).toBe('DEFAULT_ROLE');
    expect(await manor.no(ada, 'PATCH', path, order(power.id, two.id, ada.id))).toBe('UNKNOWN_ROLE');
    expect(await manor.no(bo, 'PATCH', path, order(power.id, two.id, one.id))).toBe('MISSING_PERMISSION');
    expect(
      await manor.ask(ada, 'role.reorder', { server_id: server.id, ...order(one.id, power.id, two.id) }),
    ).toMatchObject({
      items: [{ name: 'admin' }, { name: 'mod' }, { name: 'one' }, { name: 'power' }, { name: 'two' }, {}],
    });
    expect(await manor.no(mod, 'PATCH', `${path}/${one.id}`, { color: 5 }), 'it stands above mod now').toBe(
      'OUTRANKED',
    );
  });

  test('[ORG3] [PERM19] a deleted role is held by nobody; what it denied is lifted only by who holds that', async () => {
    const { server, channel } = await manor.house();
    await manor.empower(server.id, bits('MANAGE_ROLES', 'SEND_MESSAGES'));
    const muted = await manor.role(server.id, 'muted', '0');
    for (const person of [bo, cy, mod]) await manor.give(server.id, person, muted);
    const override = `/channels/${channel.id}/permissions/${muted.id}`;
    await manor.do(ada, 'PUT', override, { target_type: 'role', deny: bits('SEND_MESSAGES') });
    const roles = `/servers/${server.id}/roles`;
    const own = `/servers/${server.id}/members/${mod.id}/roles/${muted.id}`;
    // mod is muted too, so mod cannot allow what the role denies.
    expect(await manor.no(mod, 'DELETE', `${roles}/${muted.id}`)).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'DELETE', own)).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PATCH', `/servers/${server.id}/members/${mod.id}`, { role_ids: [] })).toBe('OUTRANKED');
    await manor.do(ada, 'DELETE', own);
    await manor.do(mod, 'DELETE', `${roles}/${muted.id}`);
    const members = await manor.list<Member>(server.id, 'members');
    expect(members.flatMap(({ role_ids }) => role_ids)).not.toContain(muted.id);
    expect(await manor.do(bo, 'POST', `/channels/${channel.id}/messages`, { content: 'free' })).toMatchObject({});
    expect(await manor.no(ada, 'DELETE', `${roles}/${server.id}`)).toBe('DEFAULT_ROLE');
  });
});

describe('giving roles', () => {
  test('[PERM17] [PERM15] roles below one, of bits one holds, to people below one', async () => {
    const { server, channel } = await manor.house();
    const power = await manor.empower(server.id, bits('MANAGE_ROLES', 'KICK_MEMBERS'));
    const [kick, ban] = [
      await manor.role(server.id, 'kick', bits('KICK_MEMBERS')),
      await manor.role(server.id, 'ban', bits('BAN_MEMBERS')),
    ];
    const of = (person: { id: string }, role: Role) => `/servers/${server.id}/members/${person.id}/roles/${role.id}`;
    expect(await manor.do(mod, 'PUT', of(bo, kick), {})).toMatchObject({ user_id: bo.id, role_ids: [kick.id] });
    expect(await manor.no(mod, 'PUT', of(bo, ban), {})).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PUT', of(bo, power), {})).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PUT', of(ada, kick), {})).toBe('OUTRANKED');
    expect(await manor.no(mod, 'PUT', of(stranger, kick), {})).toBe('UNKNOWN_MEMBER');
    expect(await manor.no(bo, 'PUT', of(cy, kick), {})).toBe('MISSING_PERMISSION');
    expect(await manor.no(stranger, 'PUT', of(bo, kick), {})).toBe('UNKNOWN_SERVER');
    // An override is part of a role: where it allows what mod lacks there, mod cannot give it, themselves included.
    await manor.do(ada, 'PUT', `/channels/${channel.id}/permissions/${kick.id}`, {
      target_type: 'role',
      allow: bits('MANAGE_MESSAGES'),
    });
    expect(await manor.no(mod, 'PUT', of(mod, kick), {})).toBe('MISSING_PERMISSION');
    expect(await manor.no(mod, 'PUT', of(cy, kick), {})).toBe('MISSING_PERMISSION');
    // Taking it away gives nobody anything that mod would lack.
    expect(await manor.do(mod, 'DELETE', of(bo, kick))).toMatchObject({ role_ids: [] });
    // Among equals nobody acts.
    await manor.give(server.id, cy, power);
    expect(await manor.no(mod, 'PATCH', `/servers/${server.id}/members/${cy.id}`, { role_ids: [] })).toBe('OUTRANKED');
    expect(await manor.no(mod, 'DELETE', `/servers/${server.id}/members/${cy.id}`)).toBe('OUTRANKED');
  });

  test('[PERM17] a list of roles is what they then hold; one that may not be given refuses all', async () => {
    const { server } = await manor.house();
    const [one, two] = [await manor.role(server.id, 'one', '0'), await manor.role(server.id, 'two', '0')];
    const path = `/servers/${server.id}/members/${bo.id}`;
    const held = (await manor.do<Member>(ada, 'PATCH', path, { role_ids: [one.id, two.id, one.id] })).role_ids;
    expect(held).toEqual([one.id, two.id].toSorted());
    expect(await manor.no(ada, 'PATCH', path, { role_ids: [one.id, server.id] })).toBe('DEFAULT_ROLE');
    expect(await manor.no(ada, 'PATCH', path, { role_ids: [ada.id] })).toBe('UNKNOWN_ROLE');
    expect(await manor.ask(ada, 'member.update', { server_id: server.id, user_id: bo.id, role_ids: [] })).toMatchObject(
      {
        role_ids: [],
      },
    );
  });

  test('[MOD5] [CMD7] a demotion committed a moment earlier is not outrun', async () => {
    const { server } = await manor.house();
    const power = await manor.empower(server.id, bits('MANAGE_ROLES'));
    const low = await manor.role(server.id, 'low', '0');
    const to = `/api/v1/servers/${server.id}/members/${bo.id}/roles/${low.id}`;
    const demotion = ada.rest.delete(`/api/v1/servers/${server.id}/members/${mod.id}/roles/${power.id}`);
    const acts = Array.from({ length: 20 }, (_, index) =>
      index % 2 === 0 ? mod.rest.put(to, {}) : mod.rest.delete(to),
    );
    const [demoted, ...answers] = await Promise.all([demotion, ...acts]);
    const at = Number(demoted?.headers.get('snug-position'));
    const { log } = manor.instance.running.chat;
    const positions = await log.positions([`server:${server.id}`], at, Number.MAX_SAFE_INTEGER, 1000);
    const later = (await log.events(positions)).filter(({ actor }) => actor === mod.id);
    expect(later, 'nothing of theirs lies behind it').toEqual([]);
    expect(
      answers.some(({ status }) => status === 403),
      'the premise: some came too late',
    ).toBe(true);
  });
});
