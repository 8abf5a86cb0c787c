/** A server with many ranks, and what somebody gained by an act in it. */
import {
  type Category,
  type Channel,
  type Member,
  PERMISSION_NAMES,
  type PermissionName,
  type Role,
} from '@snug/protocol';
import { createServer, join, ok, type Person, type TestInstance } from '../../src/index.ts';
import { holdsInChannel, holdsInServer, type ServerFacts } from '../../src/suites/permission-rules.ts';
import { type AdministrativeAct, at, bitsOf, requestOf } from './acts.ts';

export interface Outcome {
  readonly isAccepted: boolean;
  readonly who: string;
  readonly what: string;
  readonly told: string;
  /** What the actor holds now and did not hold before: `place BIT`. */
  readonly gained: readonly string[];
}

/** What the ranks hold besides what everybody does, lowest first. */
const RANKS: readonly (readonly PermissionName[])[] = [
  ['SEND_MESSAGES'],
  ['MANAGE_ROLES', 'ADD_REACTIONS'],
  ['MANAGE_CHANNELS', 'MANAGE_ROLES', 'ATTACH_FILES'],
  ['MANAGE_ROLES', 'MANAGE_CHANNELS', 'MANAGE_MESSAGES', 'SEND_MESSAGES', 'CREATE_INVITE', 'KICK_MEMBERS'],
  ['MENTION_EVERYONE', 'MANAGE_MESSAGES'],
];

export async function openPalace(instance: TestInstance, people: readonly Person[]): Promise<Palace> {
  const [owner, ...guests] = people as [Person, ...Person[]];
  const { server } = await createServer(owner, 'The palace');
  await join(owner, server.id, ...guests);
  const palace = new Palace(instance, owner, people, server.id);
  await palace.furnish();
  return palace;
}

export class Palace {
  readonly #instance: TestInstance;
  readonly #owner: Person;
  readonly #people: readonly Person[];
  readonly #serverId: string;

  constructor(instance: TestInstance, owner: Person, people: readonly Person[], serverId: string) {
    this.#instance = instance;
    this.#owner = owner;
    this.#people = people;
    this.#serverId = serverId;
  }

  async #do<T>(method: string, path: string, body?: unknown): Promise<T> {
    return ok(this.#owner.rest.request<T>(method, `/api/v1${path}`, body), `${method} ${path}`);
  }

  /** Ranks, each with somebody in it, and channels that give and take. */
  async furnish(): Promise<void> {
    const server = `/servers/${this.#serverId}`;
    const ranks: Role[] = [];
    // The one made last stands lowest.
    for (const [index, names] of [...RANKS.entries()].reverse())
      ranks[index] = await this.#do<Role>('POST', `${server}/roles`, {
        name: `rank ${index}`,
        permissions: bitsOf(names),
      });
    await this.#do('PATCH', `${server}/roles/${this.#serverId}`, { permissions: bitsOf(['VIEW_CHANNEL']) });
    const held = [[], [1, 3], [1, 2], [0, 1], [2, 4], [0]];
    for (const [index, person] of this.#people.entries())
      for (const rank of held[index] ?? [])
        await this.#do('PUT', `${server}/members/${person.id}/roles/${ranks[rank]?.id}`, {});
    const wing = await this.#do<Category>('POST', `${server}/categories`, { name: 'wing' });
    const cellar = await this.#do<Category>('POST', `${server}/categories`, { name: 'cellar' });
    for (const [name, more] of [
      ['hall', {}],
      ['study', { category_id: wing.id }],
      ['vault', { is_private: true }],
      ['kitchen', { category_id: cellar.id }],
    ] as const)
      await this.#do('POST', `${server}/channels`, { name, ...more });
    const { channels } = await this.facts();
    const override = (id: string, target: string | undefined, allow: PermissionName[], deny: PermissionName[]) =>
      this.#do('PUT', `/channels/${id}/permissions/${target}`, {
        target_type: 'role',
        allow: bitsOf(allow),
        deny: bitsOf(deny),
      });
    const named = (name: string): string => channels.find((channel) => channel.name === name)?.id ?? '';
    await override(named('hall'), ranks[0]?.id, ['MENTION_EVERYONE'], ['SEND_MESSAGES', 'MANAGE_ROLES']);
    await override(named('study'), ranks[1]?.id, ['MANAGE_MESSAGES'], ['VIEW_CHANNEL']);
    await override(named('vault'), ranks[3]?.id, ['VIEW_CHANNEL', 'MANAGE_ROLES'], ['SEND_MESSAGES']);
    const inCategory = (id: string, rank: number, allow: PermissionName[], deny: PermissionName[]) =>
      this.#do('PUT', `/categories/${id}/permissions/${ranks[rank]?.id}`, {
        target_type: 'role',
        allow: bitsOf(allow),
        deny: bitsOf(deny),
      });
    await override(named('general'), ranks[1]?.id, [], ['ATTACH_FILES']);
    await override(named('general'), ranks[0]?.id, ['SEND_MESSAGES'], []);
    await inCategory(wing.id, 0, ['SEND_MESSAGES'], ['ADD_REACTIONS']);
    await inCategory(cellar.id, 2, [], ['ATTACH_FILES']);
  }

  /** The server as its owner sees it. */
  async facts(): Promise<ServerFacts> {
    const list = async <T>(what: string): Promise<T[]> =>
      (await this.#do<{ items: T[] }>('GET', `/servers/${this.#serverId}/${what}`)).items;
    const [roles, categories, channels, members] = await Promise.all([
      list<Role>('roles'),
      list<Category>('categories'),
      list<Channel>('channels'),
      list<Member>('members'),
    ]);
    return { ownerId: this.#owner.id, roles, categories, channels, members };
  }

  /** Null where there was nothing to do it to, or the actor may do everything anyway. */
  async perform(act: AdministrativeAct): Promise<Outcome | null> {
    const actor = at(this.#people.slice(1), act.who) as Person;
    const before = await this.facts();
    if (holdsInServer(before, actor.id, 'ADMINISTRATOR')) return null;
    const request = requestOf(act, before, actor, this.#people, this.#serverId);
    if (request === null) return null;
    const [method, path, body] = request;
    const { status } = await this.#instance.rest(actor.token).request(method, `/api/v1${path}`, body);
    expectRefusalOrSuccess(status, act);
    const told = `${path} ${JSON.stringify(body)}`;
    const outcome = { who: actor.username, what: act.kind, told, isAccepted: status < 300 };
    return { ...outcome, gained: outcome.isAccepted ? gainedBy(actor.id, before, await this.facts()) : [] };
  }
}

function expectRefusalOrSuccess(status: number, act: AdministrativeAct): void {
  if (status >= 500 || (status >= 400 && status !== 403 && status !== 404 && status !== 409 && status !== 400))
    throw new Error(`${act.kind} answered ${status}`);
}

function gainedBy(userId: string, before: ServerFacts, after: ServerFacts): string[] {
  const gained: string[] = [];
  for (const name of PERMISSION_NAMES) {
    if (holdsInServer(after, userId, name) && !holdsInServer(before, userId, name)) gained.push(`server ${name}`);
    for (const channel of after.channels) {
      const was = before.channels.find(({ id }) => id === channel.id);
      if (was === undefined || !holdsInChannel(after, userId, channel, name)) continue;
      if (!holdsInChannel(before, userId, was, name)) gained.push(`${channel.name} ${name}`);
    }
  }
  return gained;
}
