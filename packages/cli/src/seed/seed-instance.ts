/** Sample data through the ordinary commands: what is seeded is what people could have done themselves. */
import { randomBytes } from 'node:crypto';
import type { Actor } from '@snug/chat';
import { type Account, type Channel, type Id, LIMITS, Refusal } from '@snug/protocol';
import type { OpenInstance } from '@snug/server';
import { actorFor, perform } from '../chat-actor.ts';
import { inFlight } from './in-flight.ts';
import { type Random, seededRandom } from './random.ts';
import { channelNames, personName, placeName, sentence } from './words.ts';

export interface SeedPlan {
  users: number;
  servers: number;
  messages: number;
  /** The same number gives the same data. */
  seed: number;
}

export interface Seeded {
  users: number;
  servers: number;
  channels: number;
  members: number;
  messages: number;
  /** The one seeded person who has a password, for looking around; null without users. */
  sign_in: { username: string; password: string } | null;
}

export type SeedStep = 'people' | 'servers' | 'messages';
export type OnStep = (step: SeedStep, done: number) => void;

interface Room {
  channel: Id;
  people: readonly Actor[];
  /** The last few messages, for replies. */
  recent: Id[];
}

/** Sends under way at once: enough for commits to be shared. */
const WIDTH = 256;
const SHARE_OF_SERVERS_JOINED = 0.6;
const SHARE_OF_REPLIES = 0.15;
const RECENT = 8;

export async function seedInstance(instance: OpenInstance, plan: SeedPlan, onStep: OnStep): Promise<Seeded> {
  const random = seededRandom(plan.seed);
  const password = randomBytes(9).toString('base64url');
  const accounts = await createPeople(instance, plan.users, password, onStep);
  const people = accounts.map(actorFor);
  const rooms: Room[] = [];
  let members = 0;
  for (let index = 0; index < plan.servers; index++) {
    const made = await createPlace(instance, people, index, random);
    rooms.push(...made.rooms);
    members += made.members;
    onStep('servers', index + 1);
  }
  await sendMessages(instance, rooms, plan.messages, random, onStep);
  const first = accounts[0];
  return {
    users: accounts.length,
    servers: plan.servers,
    channels: rooms.length,
    members,
    messages: plan.messages,
    sign_in: first === undefined ? null : { username: first.username, password },
  };
}

async function createPeople(
  { auth, chat }: OpenInstance,
  count: number,
  password: string,
  onStep: OnStep,
): Promise<Account[]> {
  const accounts: Account[] = [];
  await inFlight(
    count,
    8,
    async (index) => {
      const display_name = personName(index);
      const seed = { display_name, ...(index === 0 ? { password } : {}) };
      const account = await createFree(auth, display_name.toLowerCase().replaceAll(' ', '-'), seed);
      // Also those who will join nothing are people of the instance.
      await chat.dispatcher.ensureUser(actorFor(account));
      accounts[index] = account;
    },
    (done) => onStep('people', done),
  );
  return accounts;
}

/** Takes the first free name of `maya`, `maya.2`, `maya.3`...: seeding twice gives more people, not an error. */
async function createFree(
  auth: OpenInstance['auth'],
  base: string,
  seed: { display_name: string; password?: string },
): Promise<Account> {
  for (let attempt = 1; ; attempt++) {
    const username = (attempt === 1 ? base : `${base}.${attempt}`).slice(0, LIMITS.USERNAME_MAX);
    try {
      return await auth.createAccount({ username, ...seed });
    } catch (error) {
      if (!(error instanceof Refusal && error.code === 'USERNAME_TAKEN')) throw error;
    }
  }
}

async function createPlace(
  { chat }: OpenInstance,
  people: readonly Actor[],
  index: number,
  random: Random,
): Promise<{ rooms: Room[]; members: number }> {
  const owner = people[index % people.length] as Actor;
  const server = await perform(chat, owner, 'server.create', { name: placeName(index) });
  const channels: Channel[] = [...server.channels];
  for (const name of channelNames(random)) {
    channels.push(await perform(chat, owner, 'channel.create', { server_id: server.id, name }));
  }
  const { code } = await perform(chat, owner, 'invite.create', { server_id: server.id, max_age: 0 });
  const joining = people.filter((person) => person !== owner && random.next() < SHARE_OF_SERVERS_JOINED);
  await inFlight(joining.length, WIDTH, async (each) => {
    await perform(chat, joining[each] as Actor, 'invite.accept', { code });
  });
  const present = [owner, ...joining];
  return { rooms: channels.map(({ id }) => ({ channel: id, people: present, recent: [] })), members: present.length };
}

async function sendMessages(
  { chat }: OpenInstance,
  rooms: readonly Room[],
  count: number,
  random: Random,
  onStep: OnStep,
): Promise<void> {
  await inFlight(
    count,
    WIDTH,
    async () => {
      const room = random.pick(rooms);
      const params = { channel_id: room.channel, content: sentence(random) };
      const answered = random.next() < SHARE_OF_REPLIES && room.recent.length > 0 ? random.pick(room.recent) : null;
      const sent = await perform(chat, random.pick(room.people), 'message.send', {
        ...params,
        ...(answered === null ? {} : { reply_to_id: answered }),
      });
      room.recent.push(sent.id);
      if (room.recent.length > RECENT) room.recent.shift();
    },
    (done) => onStep('messages', done),
  );
}
