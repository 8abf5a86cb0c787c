/**
 * PERM21 as a property: whatever roles, overrides, categories, private channels and timeouts a server has, and however
 * they change, what the world decides equals an independent telling of the rules, for every member, channel and bit.
 */
import { PERMISSION_NAMES, Permission, type PermissionName, type PermissionOverride } from '@snug/protocol';
import { holdsInChannel, holdsInServer, type ServerFacts } from '@snug/testkit/suites/permission-rules';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memberEntity } from '../src/delivery/snapshot.ts';
import { channelScope, type LogEvent, type NewEvent, serverScope } from '../src/log/envelope.ts';
import { can, channelPermissions, permissionsIn } from '../src/world/permissions.ts';
import { World } from '../src/world/world.ts';

const SEED = Number(process.env.SNUG_SEED ?? 20_261_120);
const AT = '2026-11-20T09:00:00.000Z';
const id = (kind: string, number: number): string => `01K${kind}${String(number).padStart(23 - kind.length, '0')}`;

const SERVER = id('S', 0);
const ROLES = [SERVER, ...[1, 2, 3, 4].map((number) => id('R', number))];
const PEOPLE = [1, 2, 3, 4, 5].map((number) => id('P', number));
const OWNER = PEOPLE[0] as string;
const CATEGORIES = [1, 2].map((number) => id('C', number));
const CHANNELS = [1, 2, 3].map((number) => id('T', number));
const THREAD = id('H', 1);

const scope = serverScope(SERVER);
const bitsOf = (names: readonly PermissionName[]): string =>
  String(names.reduce((bits, name) => bits | Permission[name], 0n));

/** Administrators see past every rule: with the bit in every second role nothing else would be looked at. */
const ORDINARY = PERMISSION_NAMES.filter((name) => name !== 'ADMINISTRATOR');
const someBits = fc
  .tuple(fc.subarray(ORDINARY), fc.integer({ min: 0, max: 19 }))
  .map(([names, dice]) => bitsOf(dice === 0 ? [...names, 'ADMINISTRATOR'] : names));
const channelBits = fc.subarray(ORDINARY.filter((name) => !/SERVER|MEMBERS/.test(name))).map(bitsOf);
const someOverrides: fc.Arbitrary<PermissionOverride[]> = fc
  .uniqueArray(fc.constantFrom(...ROLES, ...PEOPLE), { maxLength: 5 })
  .chain((targets) =>
    fc.tuple(
      ...targets.map((target_id) =>
        fc.record({
          target_id: fc.constant(target_id),
          target_type: fc.constant(ROLES.includes(target_id) ? ('role' as const) : ('member' as const)),
          allow: channelBits,
          deny: channelBits,
        }),
      ),
    ),
  );

const category = fc.constantFrom(null, ...CATEGORIES);
const update = (type: 'ROLE_UPDATE' | 'CATEGORY_UPDATE' | 'SERVER_UPDATE', body: { id: string }): NewEvent =>
  ({ type, scope, subject: body.id, body: { ...body, server_id: SERVER } }) as unknown as NewEvent;
const ofMember = (user_id: string, changes: object): NewEvent => ({
  type: 'MEMBER_UPDATE',
  scope,
  subject: user_id,
  body: { user_id, server_id: SERVER, ...changes },
});
const ofChannel = (channel: string, changes: object): NewEvent => ({
  type: 'CHANNEL_UPDATE',
  scope: channelScope(channel),
  subject: channel,
  body: { id: channel, server_id: SERVER, ...changes },
});

/** One thing that happens in the server. */
const aChange: fc.Arbitrary<NewEvent> = fc.oneof(
  fc.tuple(fc.constantFrom(...ROLES), someBits).map(([role, permissions]) => {
    const body = { id: role, permissions };
    return update('ROLE_UPDATE', body);
  }),
  fc
    .tuple(fc.constantFrom(...PEOPLE), fc.subarray(ROLES.slice(1)))
    .map(([person, role_ids]) => ofMember(person, { role_ids })),
  fc
    .tuple(fc.constantFrom(...PEOPLE), fc.constantFrom(null, '2026-11-21T09:00:00.000Z'))
    .map(([person, timed_out_until]) => ofMember(person, { timed_out_until })),
  fc
    .tuple(fc.constantFrom(...CATEGORIES), someOverrides)
    .map(([one, permission_overrides]) =>
      update('CATEGORY_UPDATE', { id: one, permission_overrides } as { id: string }),
    ),
  fc
    .tuple(fc.constantFrom(...CHANNELS), someOverrides)
    .map(([channel, permission_overrides]) => ofChannel(channel, { permission_overrides })),
  fc
    .tuple(fc.constantFrom(...CHANNELS), fc.boolean())
    .map(([channel, is_private]) => ofChannel(channel, { is_private })),
  fc.tuple(fc.constantFrom(...CHANNELS), category).map(([channel, category_id]) => ofChannel(channel, { category_id })),
  fc.constantFrom(...PEOPLE).map((owner_id) => update('SERVER_UPDATE', { id: SERVER, owner_id } as { id: string })),
  fc.constantFrom(...ROLES.slice(1)).map((role): NewEvent => {
    return { type: 'ROLE_DELETE', scope, subject: role, body: { id: role, server_id: SERVER } };
  }),
  fc.constantFrom(...CATEGORIES).map((one): NewEvent => {
    return { type: 'CATEGORY_DELETE', scope, subject: one, body: { id: one, server_id: SERVER } };
  }),
);

let position = 0;
function happen(world: World, event: NewEvent): void {
  position += 1;
  const envelope = { position, v: 1, actor: OWNER, at: Date.parse(AT), trace: '', nonce: null, batch: position };
  world.fold({ ...event, ...envelope, origin: null, json: '' } as LogEvent);
}

function person(user_id: string) {
  const names = { username: user_id, discriminator: '0', display_name: '', avatar_url: '', bio: '', custom_status: '' };
  return { id: user_id, ...names, status: 'offline' as const, is_bot: false, created_at: AT };
}

function channelOf(channel: string, more: object) {
  const looks = { name: channel, topic: '', position: 0, is_private: false, is_nsfw: false, is_archived: false };
  const times = { last_message_id: null, last_message_at: null, created_at: AT, updated_at: AT };
  return { id: channel, server_id: SERVER, type: 'text' as const, ...looks, slow_mode_delay: 0, ...times, ...more };
}

/** A server where everything is there and nothing is said yet. */
function furnished(): World {
  const world = new World();
  for (const user of PEOPLE)
    happen(world, { type: 'USER_CREATE', scope: `user:${user}`, subject: user, body: person(user) });
  const facts = { name: '', description: '', icon_url: '', is_public: false, invite_code: '', member_count: 0 };
  const server = { id: SERVER, ...facts, owner_id: OWNER, system_channel_id: null, created_at: AT, updated_at: AT };
  happen(world, { type: 'SERVER_CREATE', scope, subject: SERVER, body: server });
  for (const [index, role] of ROLES.entries()) {
    const looks = { name: role, color: 0, position: index, permissions: '1', is_mentionable: false, created_at: AT };
    const body = { id: role, server_id: SERVER, ...looks, is_default: index === 0 };
    happen(world, { type: 'ROLE_CREATE', scope, subject: role, body });
  }
  for (const one of CATEGORIES) {
    const body = { id: one, server_id: SERVER, name: '', position: 0, permission_overrides: [], created_at: AT };
    happen(world, { type: 'CATEGORY_CREATE', scope, subject: one, body });
  }
  const channels = [
    ...CHANNELS.map((channel, index) => channelOf(channel, { category_id: CATEGORIES[index] ?? null })),
    { ...channelOf(THREAD, { parent_id: CHANNELS[0] }), type: 'thread' as const },
  ];
  for (const body of channels)
    happen(world, { type: 'CHANNEL_CREATE', scope: channelScope(body.id), subject: body.id, body });
  // The last of them is no member: they hold nothing anywhere.
  for (const user_id of PEOPLE.slice(0, -1)) {
    const standing = { nickname: '', role_ids: [], joined_at: AT, is_muted: false, is_deafened: false };
    const body = { user_id, server_id: SERVER, ...standing, timed_out_until: null, user: person(user_id) };
    happen(world, { type: 'MEMBER_ADD', scope, subject: user_id, body: { ...body, via: 'founding' } });
  }
  return world;
}

function factsOf(world: World): ServerFacts {
  const server = world.servers.get(SERVER);
  if (server === undefined) throw new Error('the server is there');
  return {
    ownerId: server.ownerId,
    roles: [...server.roles.values()].map(({ role }) => role),
    categories: [...server.categories.values()].map((state) => state.category),
    channels: [...server.channels.values()].map(({ channel }) => channel),
    members: [...server.members.values()].map((member) => memberEntity(server, member)),
  };
}

test('[PERM21] [PERM2] [PERM3] [PERM5] [PERM22] the world decides as the rules say, bit by bit, through every change', () => {
  const seen = { held: 0, missing: 0, ordinary: 0 };
  fc.assert(
    fc.property(fc.array(aChange, { minLength: 15, maxLength: 40 }), (changes) => {
      const world = furnished();
      for (const change of changes) {
        happen(world, change);
        compare(world, seen);
      }
    }),
    { numRuns: 120, seed: SEED },
  );
  expect(seen.held / (seen.held + seen.missing), 'the premise: both answers are common').toBeGreaterThan(0.1);
  expect(seen.missing / (seen.held + seen.missing)).toBeGreaterThan(0.1);
  expect(seen.ordinary, 'the premise: most people are under the rules').toBeGreaterThan(10_000);
}, 120_000);

function compare(world: World, seen: { held: number; missing: number; ordinary: number }): void {
  const facts = factsOf(world);
  const server = world.servers.get(SERVER);
  for (const user of PEOPLE) {
    if (!holdsInServer(facts, user, 'ADMINISTRATOR')) seen.ordinary += 1;
    for (const name of PERMISSION_NAMES) {
      const bit = Permission[name];
      if (server !== undefined)
        expect(can(permissionsIn(user, server), bit), `${user} ${name}`).toBe(holdsInServer(facts, user, name));
      for (const channel of facts.channels) {
        const state = world.channels.get(channel.id);
        const expected = holdsInChannel(facts, user, channel, name);
        if (state === undefined || can(channelPermissions(user, state), bit) !== expected)
          expect.fail(`${user} in ${channel.id}: ${name} should be ${expected}\n${JSON.stringify(facts)}`);
        if (expected) seen.held += 1;
        else seen.missing += 1;
      }
    }
  }
}
