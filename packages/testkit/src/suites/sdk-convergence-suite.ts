/**
 * The promise as a property, through the SDK: whatever people do, however clients lose and change their connections, and
 * whatever they load meanwhile, in the end each store is that of a fresh start, its messages are those of the server, and
 * unread and mentions are what a recount of the log gives.
 */
import { SnugError } from '@snug/client';
import { type Message, type MessagePage, Refusal } from '@snug/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../people.ts';
import type { TestInstance } from '../start-instance.ts';
import { type OpenInstance, seeded } from './house.ts';
import { type Act, anAct, type Perform, RandomLife } from './random-life.ts';
import { openWanderer, pause, until, type Wanderer, type Way, wander } from './sdk-wanderer.ts';
import { isShown, leftovers, storeFacts } from './store-facts.ts';
import { UnreadOracle } from './unread-oracle.ts';

const PEOPLE = 5;
const WAYS: readonly Way[] = ['websocket', 'sync', 'websocket', 'websocket', 'sync'];
/** How many acts one life has. */
const ACTS = 220;

/** @param seeds one life each. Those that ever failed stay. */
export function sdkConvergenceSuite(open: OpenInstance, seeds: readonly number[]): void {
  let instance: TestInstance;
  beforeAll(async () => {
    instance = await open();
  });
  afterAll(() => instance[Symbol.asyncDispose]());

  test.each(seeds)(
    '[STORE1] [STORE7] [E5] [E22] stores converge whatever happened, seed %i',
    async (seed) => {
      const people = await Promise.all(
        Array.from({ length: PEOPLE }, (_, index) => instance.signUp(`p${seed}x${index}`)),
      );
      const wanderers = await Promise.all(
        people.map(({ username }, index) => openWanderer(instance.url, username, WAYS[index] as Way)),
      );
      try {
        const accepted = await liveThrough(instance, people, wanderers, seed);
        await comeToRest(instance, wanderers);
        const oracle = await UnreadOracle.of(instance);
        for (const [index, wanderer] of wanderers.entries()) {
          await compare(instance, wanderer, people[index] as Person, oracle);
        }
        // Otherwise it proved little: much must have been allowed, and much must be left to compare.
        expect(accepted).toBeGreaterThan(ACTS / 4);
        expect(wanderers.flatMap(({ client }) => [...client.store.getState().channels]).length).toBeGreaterThan(PEOPLE);
      } finally {
        for (const { client } of wanderers) client.close();
      }
    },
    120_000,
  );
}

async function liveThrough(
  instance: TestInstance,
  people: readonly Person[],
  wanderers: readonly Wanderer[],
  seed: number,
): Promise<number> {
  const acts = fc.sample(anAct, { seed, numRuns: ACTS });
  let isOver = false;
  let accepted = 0;
  const perform = await performing(instance, people, wanderers, seeded(seed));
  const life = new RandomLife(
    people.map(({ id }) => id),
    async (...what) => {
      const result = await perform(...what);
      if (result !== null) accepted++;
      return result;
    },
  );
  await life.begin();
  const wandering = wanderers.map((wanderer, index) => wander(wanderer, seeded(seed + index + 1), () => isOver));
  for (let at = 0; at < acts.length; at += 3) {
    await Promise.all(acts.slice(at, at + 3).map((act: Act) => life.act(act)));
    await pause(3);
  }
  isOver = true;
  await Promise.all(wandering);
  return accepted;
}

/** Some act through their client, where an answer and its event race each other; the others straight at the table. */
async function performing(
  instance: TestInstance,
  people: readonly Person[],
  wanderers: readonly Wanderer[],
  random: () => number,
): Promise<Perform> {
  const { chat } = instance.running;
  const actors = await Promise.all(people.map(({ token }) => chat.actorOf(token, 'life')));
  return async (who, command, params) => {
    try {
      if (random() < 0.3) {
        const { client } = wanderers[who] as Wanderer;
        return (await client.request(command as 'message.send', params as never)) ?? undefined;
      }
      const { json } = await chat.dispatch(command, params, actors[who] as (typeof actors)[number]);
      return json === null ? undefined : (JSON.parse(json) ?? undefined);
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) return null;
      if (error instanceof SnugError && error.code !== 'INTERNAL') return null;
      throw error;
    }
  };
}

/** Jobs have ended, and every client has heard of everything. */
async function comeToRest(instance: TestInstance, wanderers: readonly Wanderer[]): Promise<void> {
  const { world } = instance.running.chat;
  for (const { client } of wanderers) await client.flushAcks();
  // What the last events are is not told to those whom they do not concern: coming back says where the log ends.
  for (const { client } of wanderers) client.connection.stop();
  for (let calm = 0, tail = world.tail; calm < 5; ) {
    await pause(60);
    calm = world.tail === tail ? calm + 1 : 0;
    tail = world.tail;
  }
  const { tail } = world;
  for (const { client, userId } of wanderers) {
    client.connection.start();
    await until(() => client.connection.status === 'online', `${userId} to be online`);
    await until(() => client.store.getState().cursor >= tail, `${userId} to have heard of everything`);
  }
}

async function compare(
  instance: TestInstance,
  wanderer: Wanderer,
  person: Person,
  oracle: UnreadOracle,
): Promise<void> {
  const { client } = wanderer;
  const fresh = await openWanderer(instance.url, person.username, 'websocket');
  try {
    const conversations = [...fresh.client.store.getState().channels.values()].filter((one) => one.recipient_ids);
    for (const { id } of conversations) {
      await Promise.all([client.loadReceipts(id), fresh.client.loadReceipts(id)]);
    }
    // What only the server can tell is asked for in the background.
    await expect
      .poll(() => storeFacts(client.store.getState()), { timeout: 15_000, interval: 50 })
      .toEqual(storeFacts(fresh.client.store.getState()));
    expect(leftovers(client.store.getState())).toEqual([]);
    expect(recount(instance, wanderer, oracle)).toEqual(storeFacts(client.store.getState()).unread);
    await compareMessages(wanderer, fresh);
    await compareMembers(wanderer, fresh);
    expect(wanderer.errors.map(String)).toEqual([]);
  } finally {
    fresh.client.close();
  }
}

/** What the log says is unread, for every channel that this client counts. */
function recount(instance: TestInstance, { client, userId }: Wanderer, oracle: UnreadOracle): Record<string, unknown> {
  const state = client.store.getState();
  const counted = [...state.channels.values()].filter(
    (channel) => isShown(channel) && (channel.parent_id === undefined || state.followedThreads.has(channel.id)),
  );
  const lines = counted.flatMap(({ id, server_id }) => {
    const member = instance.running.chat.world.servers.get(server_id ?? '')?.members.get(userId);
    const count = oracle.count(userId, id, member?.joinedPosition ?? 0, new Set(member?.roleIds ?? []));
    return count.unread + count.mentions > 0 ? [[id, count] as const] : [];
  });
  return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function compareMessages({ client }: Wanderer, fresh: Wanderer): Promise<void> {
  for (const channelId of client.store.getState().windows.keys()) {
    if (client.store.getState().windows.get(channelId)?.stale) await client.loadMessages(channelId, 'latest');
    const held = (): Message[] => {
      const { windows, messages } = client.store.getState();
      return (windows.get(channelId)?.ids ?? []).map((id) => messages.get(channelId)?.get(id) as Message);
    };
    const { from = null, to = null } = client.store.getState().windows.get(channelId) ?? {};
    const there = (await wholeChannel(fresh, channelId)).filter(
      ({ id }) => (from === null || id >= from) && (to === null || id <= to),
    );
    await expect.poll(held, { timeout: 15_000, interval: 50 }).toEqual(there);
  }
}

async function wholeChannel({ client }: Wanderer, channelId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let before: string | undefined; ; ) {
    const page: MessagePage = await client.call('message.list', {
      channel_id: channelId,
      limit: 100,
      ...(before !== undefined && { before }),
    });
    all.push(...page.items);
    if (!page.has_more) return all.reverse();
    before = page.items.at(-1)?.id;
  }
}

/** Members that were met on the way are as the server says, and none of them is gone. */
async function compareMembers({ client }: Wanderer, fresh: Wanderer): Promise<void> {
  for (const [serverId, members] of client.store.getState().members) {
    const { items } = await fresh.client.call('member.list', { server_id: serverId, limit: 100 });
    const there = new Map(items.map(({ user: _user, ...member }) => [member.user_id, member]));
    for (const [userId, member] of members) {
      expect({ ...member, role_ids: member.role_ids.toSorted() }).toEqual(there.get(userId));
    }
    // A profile from before a reset is learnt again when it is next met.
    client.learnUsers(there.keys());
    const known = (): unknown[] =>
      items.map(({ user }) => ({ ...client.store.getState().users.get(user.id), status: '' }));
    await expect
      .poll(known, { timeout: 15_000, interval: 50 })
      .toEqual(items.map(({ user }) => ({ ...user, status: '' })));
  }
}
