/** Administrative acts that numbers choose: what is asked for, of what there is. */
import {
  type Category,
  type Channel,
  PERMISSION_NAMES,
  Permission,
  type PermissionName,
  type Role,
} from '@snug/protocol';
import fc from 'fast-check';
import type { Person } from '../../src/index.ts';
import type { ServerFacts } from '../../src/suites/permission-rules.ts';

const KINDS = [
  'role.create',
  'role.update',
  'role.reorder',
  'role.delete',
  'member.add_role',
  'member.remove_role',
  'member.update',
  'override.set',
  'override.delete',
  'category.set_override',
  'category.delete_override',
  'category.delete',
  'category.create',
  'channel.create',
  'channel.update',
  'channel.move',
] as const;
type Kind = (typeof KINDS)[number];
const OFTEN = ['override.delete', 'category.delete', 'member.add_role'] as const satisfies Kind[];

export interface AdministrativeAct {
  readonly kind: Kind;
  /** Who acts, on what, with what: taken modulo what there is. */
  readonly who: number;
  readonly a: number;
  readonly b: number;
  readonly allow: readonly PermissionName[];
  readonly deny: readonly PermissionName[];
}

const CHANNEL_BITS = PERMISSION_NAMES.filter(
  (name) => !['ADMINISTRATOR', 'MANAGE_SERVER', 'KICK_MEMBERS', 'BAN_MEMBERS'].includes(name),
);
const few = (names: readonly PermissionName[]) => fc.subarray([...names], { maxLength: 3 });

export const anAdministrativeAct: fc.Arbitrary<AdministrativeAct> = fc.record({
  // Of what is mostly refused there is more.
  kind: fc.constantFrom(...KINDS, ...OFTEN, ...OFTEN),
  who: fc.nat(99),
  a: fc.nat(99),
  b: fc.nat(99),
  allow: few(CHANNEL_BITS),
  deny: few(CHANNEL_BITS),
});

export const bitsOf = (names: readonly PermissionName[]): string =>
  String(names.reduce((bits, name) => bits | Permission[name], 0n));
export const at = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

type Asked = readonly [method: string, path: string, body?: unknown];

interface Situation {
  readonly facts: ServerFacts;
  /** Path of the server. */
  readonly server: string;
  readonly role: Role | undefined;
  /** Roles but @everyone. */
  readonly given: readonly Role[];
  readonly person: Person;
  readonly channel: Channel | undefined;
  readonly category: Category | undefined;
  readonly override: { readonly target_id: string | undefined };
  /** Whom overrides of the channel and of the category are for. */
  readonly chosen: readonly (string | undefined)[];
}

const REQUESTS: Readonly<Record<Kind, (act: AdministrativeAct, situation: Situation) => Asked | null>> = {
  'role.create': ({ allow }, { facts, server }) =>
    facts.roles.length > 12 ? null : ['POST', `${server}/roles`, { name: 'new', permissions: bitsOf(allow) }],
  'role.update': ({ allow, deny }, { server, role }) =>
    role === undefined
      ? null
      : ['PATCH', `${server}/roles/${role.id}`, { permissions: changedBits(role, allow, deny) }],
  'role.reorder': ({ a, b }, { server, given }) => ['PATCH', `${server}/roles`, { role_ids: swapped(given, a, b) }],
  'role.delete': ({ a }, { server, given }) =>
    given.length < 4 ? null : ['DELETE', `${server}/roles/${at(given, a)?.id}`],
  'member.add_role': ({ a }, { server, given, person }) => [
    'PUT',
    `${server}/members/${person.id}/roles/${at(given, a)?.id}`,
  ],
  'member.remove_role': ({ a }, { server, given, person }) => [
    'DELETE',
    `${server}/members/${person.id}/roles/${at(given, a)?.id}`,
  ],
  'member.update': ({ a }, { server, given, person }) => [
    'PATCH',
    `${server}/members/${person.id}`,
    { role_ids: given.filter((_, index) => (a >> index) % 2 === 1).map(({ id }) => id) },
  ],
  'override.set': (_act, { channel, override }) =>
    channel === undefined ? null : ['PUT', `/channels/${channel.id}/permissions/${override.target_id}`, override],
  'override.delete': (_act, { channel, chosen }) =>
    chosen[0] === undefined ? null : ['DELETE', `/channels/${channel?.id}/permissions/${chosen[0]}`],
  'category.set_override': (_act, { category, override }) =>
    category === undefined ? null : ['PUT', `/categories/${category.id}/permissions/${override.target_id}`, override],
  'category.delete_override': (_act, { category, chosen }) =>
    chosen[1] === undefined ? null : ['DELETE', `/categories/${category?.id}/permissions/${chosen[1]}`],
  'category.delete': (_act, { category }) =>
    category === undefined ? null : ['DELETE', `/categories/${category?.id}`],
  'category.create': (_act, { facts, server }) =>
    facts.categories.length > 4 ? null : ['POST', `${server}/categories`, { name: 'wing' }],
  'channel.create': ({ b }, { facts, server, category }) =>
    facts.channels.length > 8
      ? null
      : ['POST', `${server}/channels`, { name: 'room', is_private: b % 2 === 0, category_id: category?.id ?? null }],
  'channel.update': ({ b }, { channel }) =>
    channel === undefined ? null : ['PATCH', `/channels/${channel.id}`, { is_private: b % 2 === 0 }],
  'channel.move': ({ b }, { facts, channel }) =>
    channel === undefined
      ? null
      : [
          'PATCH',
          `/channels/${channel.id}`,
          { category_id: b % 3 === 0 ? null : (at(facts.categories, b)?.id ?? null) },
        ],
};

export function requestOf(
  act: AdministrativeAct,
  facts: ServerFacts,
  actor: Person,
  people: readonly Person[],
  serverId: string,
): Asked | null {
  const { kind, a, b, allow, deny } = act;
  const server = `/servers/${serverId}`;
  const role = at(facts.roles, a);
  const given = facts.roles.filter(({ is_default }) => !is_default);
  // Half of the time people help themselves.
  const person = b % 2 === 0 ? actor : (at(people, b) as Person);
  const channel = at(facts.channels, a);
  const category = at(facts.categories, a);
  const target =
    b % 3 === 0
      ? { target_type: 'member', target_id: person.id }
      : { target_type: 'role', target_id: at(facts.roles, b)?.id };
  const override = { ...target, allow: bitsOf(allow), deny: bitsOf(deny) };
  const chosen = [
    at(channel?.permission_overrides ?? [], b)?.target_id,
    at(category?.permission_overrides ?? [], b)?.target_id,
  ];
  return REQUESTS[kind](act, { facts, server, role, given, person, channel, category, override, chosen });
}

function changedBits({ permissions }: Role, more: readonly PermissionName[], less: readonly PermissionName[]): string {
  return String((BigInt(permissions) | BigInt(bitsOf(more))) & ~BigInt(bitsOf(less)));
}

function swapped(roles: readonly Role[], a: number, b: number): string[] {
  const ids = roles.map(({ id }) => id);
  const [one, other] = [a % ids.length, b % ids.length];
  [ids[one], ids[other]] = [ids[other] as string, ids[one] as string];
  return ids;
}
