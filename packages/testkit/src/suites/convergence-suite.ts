/**
 * The promise as a property (engine, E1 to E7): whatever people do, and however readers lose and change their
 * connections, in the end each knows what a fresh start would tell, heard nothing twice and nothing of others.
 */
import type { Message, MessagePage } from '@snug/protocol';
import { Refusal } from '@snug/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Journal } from '../listeners/journal.ts';
import { TRANSPORTS, type Transport } from '../listeners/listener.ts';
import type { Person } from '../people.ts';
import { ok } from '../raw-rest.ts';
import type { TestInstance } from '../start-instance.ts';
import { type OpenInstance, seeded } from './house.ts';
import { type Act, anAct, type Perform, RandomLife } from './random-life.ts';
import { ReaderFold } from './reader-fold.ts';

const PEOPLE = 4;
const SEED = Number(process.env.SNUG_SEED ?? 20_261_120);

interface Wanderer {
  readonly person: Person;
  readonly fold: ReaderFold;
  readonly journal: Journal;
}

export function convergenceSuite(name: string, open: OpenInstance, runs: number): void {
  let instance: TestInstance;
  let people: Person[];
  beforeAll(async () => {
    instance = await open();
    people = await Promise.all(Array.from({ length: PEOPLE }, (_, index) => instance.signUp(`${name}${index}`)));
  });
  afterAll(() => instance[Symbol.asyncDispose]());

  test(`[DLV1] [DLV16] [E3] [E4] [E6] readers who wander end where a fresh start would, ${name}`, async () => {
    const seen = { resets: 0, entries: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(anAct, { minLength: 100, maxLength: 160 }), fc.nat(), async (acts, seed) => {
        const wanderers = people.map((person): Wanderer => {
          const fold = new ReaderFold(person.id, parentsIn(instance));
          return { person, fold, journal: new Journal(instance.url, person.token, fold) };
        });
        await liveThrough(instance, wanderers, acts, seed);
        for (const wanderer of wanderers) {
          await compare(instance, wanderer);
          seen.resets += wanderer.journal.resets.length;
          seen.entries += wanderer.journal.entries.length;
        }
      }),
      { numRuns: runs, seed: SEED, endOnFailure: true },
    );
    // Otherwise it proved nothing: views must have changed under absent readers, and much must have been heard.
    expect(seen.resets).toBeGreaterThan(runs);
    expect(seen.entries).toBeGreaterThan(runs * 100);
  }, 240_000);
}

async function liveThrough(
  instance: TestInstance,
  wanderers: Wanderer[],
  acts: readonly Act[],
  seed: number,
): Promise<void> {
  let isOver = false;
  const life = new RandomLife(
    wanderers.map(({ person }) => person.id),
    await performing(instance, wanderers),
  );
  await life.begin();
  const wandering = wanderers.map((wanderer, index) => wander(wanderer, seeded(seed + index), () => isOver));
  // Three at once: batches, and decisions on a world that is about to change.
  for (let at = 0; at < acts.length; at += 3) {
    await Promise.all(acts.slice(at, at + 3).map((act) => life.act(act)));
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
  isOver = true;
  await Promise.all(wandering);
  const head = instance.running.chat.world.tail;
  for (const [index, { journal }] of wanderers.entries()) {
    await journal.connect(TRANSPORTS[index % TRANSPORTS.length] as Transport, { timeout: 0 });
    await journal.reached(head);
    await journal.drop();
  }
}

async function wander({ journal }: Wanderer, random: () => number, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    if (random() < 0.7) journal.loseAfter(1 + Math.floor(random() * 15));
    const transport = TRANSPORTS[Math.floor(random() * TRANSPORTS.length)] as Transport;
    const listening = journal.attach(transport, { timeout: 50 });
    await Promise.race([listening.ended, new Promise((resolve) => setTimeout(resolve, random() * 40))]);
    await journal.drop();
    await new Promise((resolve) => setTimeout(resolve, random() * 10));
  }
}

async function performing(instance: TestInstance, wanderers: Wanderer[]): Promise<Perform> {
  const { chat } = instance.running;
  const actors = await Promise.all(wanderers.map(({ person }) => chat.actorOf(person.token, 'life')));
  return async (who, command, params) => {
    try {
      const { json } = await chat.dispatch(command, params, actors[who] as (typeof actors)[number]);
      return json === null ? undefined : (JSON.parse(json) ?? undefined);
    } catch (error) {
      if (error instanceof Refusal && error.status < 500) return null;
      throw error;
    }
  };
}

async function compare(instance: TestInstance, { person, fold, journal }: Wanderer): Promise<void> {
  expect(fold.faults).toEqual([]);
  const fresh = new ReaderFold(person.id, parentsIn(instance));
  const again = new Journal(instance.url, person.token, fresh);
  await again.connect('sync', { timeout: 0 });
  await again.drop();
  expect(fold.places()).toEqual(fresh.places(fold.woken));
  const positions = journal.entries.flatMap(({ s, before }) => (s === null || s === before ? [] : [s]));
  expect(positions).toEqual(positions.toSorted((a, b) => a - b));
  for (const [channelId, { since, messages }] of fold.channels) {
    const pages = await wholeChannel(person, channelId);
    const said = await instance.running.chat.log.positions(
      [`channel:${channelId}`],
      since,
      Number.MAX_SAFE_INTEGER,
      10_000,
    );
    const subjects = new Set(
      (await instance.running.chat.log.events(said)).flatMap(({ type, subject }) =>
        type === 'MESSAGE_CREATE' ? [subject] : [],
      ),
    );
    const expected = pages.filter(({ id }) => subjects.has(id));
    expect([...messages.values()].map(shown).sort()).toEqual(expected.map(shown).sort());
  }
}

const parentsIn =
  ({ running }: TestInstance) =>
  (channelId: string): string | undefined =>
    running.chat.world.channels.get(channelId)?.channel.parent_id;

const shown = ({ id, content, edited_at, reply_to_id = '' }: Message): string =>
  `${id} ${content} ${edited_at} ${reply_to_id}`;

async function wholeChannel(person: Person, channelId: string): Promise<Message[]> {
  const all: Message[] = [];
  for (let before = ''; ; ) {
    const page = await ok(
      person.rest.get<MessagePage>(
        `/api/v1/channels/${channelId}/messages?limit=100${before === '' ? '' : `&before=${before}`}`,
      ),
    );
    all.push(...page.items);
    if (!page.has_more) return all;
    before = page.items.at(-1)?.id as string;
  }
}
