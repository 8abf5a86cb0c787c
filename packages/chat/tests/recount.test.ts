import type { EventBody, Id, Message, Ready } from '@snug/protocol';
import { startInstance } from '@snug/testkit';
import { type Act, anAct, RandomLife } from '@snug/testkit/suites/random-life';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Chat } from '../src/app.ts';
import type { Actor } from '../src/commands/handler.ts';
import { readySnapshot } from '../src/delivery/snapshot.ts';
import { actor, performing } from './people.ts';

const SEED = 20_261_120;
const PEOPLE = [1, 2, 3, 4].map((number) => actor(number));
const CAP = 100;

/** Every other act says something, so that there is something to count. */
const aTalk: fc.Arbitrary<Act> = fc.oneof(
  anAct,
  anAct.map((act): Act => ({ ...act, kind: 'send' })),
);

interface Told {
  readonly position: number;
  readonly message: Message;
}

/** What the log alone says: every message that is there, and where reading it stands for whom. No table is asked. */
async function history(chat: Chat) {
  const { log, world } = chat;
  const told = new Map<Id, Told>();
  const read = new Map<string, number>();
  const stand = (userId: Id, channelId: Id, position: number) => read.set(`${userId} ${channelId}`, position);
  const positions = await log.positions([...world.scopeTails.keys()], 0, log.tail, 1_000_000);
  for (const { type, position, body: json } of await log.events(positions)) {
    const body = JSON.parse(json) as never;
    if (type === 'MESSAGE_CREATE') {
      const message = body as Message;
      const isSpoken = message.type === 'default' || message.type === 'reply';
      if (isSpoken) told.set(message.id, { position, message });
      if (isSpoken) stand(message.author_id, message.channel_id, position);
    } else if (type === 'MESSAGE_DELETE') told.delete((body as { id: Id }).id);
    else if (type === 'MESSAGE_DELETE_BULK') for (const id of (body as { ids: Id[] }).ids) told.delete(id);
    else if (type === 'READ_STATE_UPDATE') {
      const { user_id, channel_id, read_position } = body as EventBody<'READ_STATE_UPDATE'>;
      stand(user_id, channel_id, read_position);
    } else if (type === 'THREAD_MEMBER_ADD' || type === 'RECIPIENT_ADD') {
      const { user_id, channel_id } = body as EventBody<'THREAD_MEMBER_ADD'>;
      stand(user_id, channel_id, position);
    }
  }
  return { told: [...told.values()], read };
}

function calls({ mentions, mention_roles, mention_everyone }: Message, userId: Id, roles: readonly Id[]): boolean {
  return mention_everyone || mentions.includes(userId) || mention_roles.some((id) => roles.includes(id));
}

/** Compares READY with the recount, for everybody and every channel they see; answers how much there was to count. */
async function compare(chat: Chat): Promise<{ unread: number; mentions: number }> {
  const { told, read } = await history(chat);
  const sum = { unread: 0, mentions: 0 };
  for (const { userId } of PEOPLE) {
    const ready = await readyOf(chat, userId);
    const states = new Map(ready.read_states.map((state) => [state.channel_id, state]));
    for (const { id, server, channel, followers } of seenBy(chat, userId)) {
      if (followers !== null && !followers.has(userId)) continue;
      const after = read.get(`${userId} ${id}`) ?? server?.members.get(userId)?.joinedPosition ?? 0;
      const roles = channel.type === 'dm' ? [] : (server?.members.get(userId)?.roleIds ?? []);
      const open = told.filter(
        ({ position, message }) => message.channel_id === id && message.author_id !== userId && position > after,
      );
      const expected = {
        unread: Math.min(CAP, open.length),
        mentions: Math.min(CAP, open.filter(({ message }) => calls(message, userId, roles)).length),
      };
      const { unread_count: unread = 0, mention_count: mentions = 0 } = states.get(id) ?? {};
      expect({ id, unread, mentions }).toEqual({ id, ...expected });
      sum.unread += unread;
      sum.mentions += mentions;
    }
  }
  return sum;
}

function seenBy({ world }: Chat, userId: Id) {
  const user = world.users.get(userId);
  const servers = [...(user?.servers ?? [])].filter(({ deletedAt }) => deletedAt === null);
  const dms = [...(user?.dms ?? [])].filter(({ deletedAt }) => deletedAt === null);
  return [...servers.flatMap((server) => world.visibleChannels(userId, server)), ...dms].map((state) => ({
    id: state.channel.id,
    ...state,
  }));
}

async function readyOf({ world, log }: Chat, userId: Id): Promise<Ready> {
  const presences = { ownStatus: () => 'online', of: () => [] };
  const source = { world, reader: log, presences, now: Date.now };
  return JSON.parse((await readySnapshot(source as never, userId, 'session', false)).json) as Ready;
}

test('[READ15] [READ1] [MENTION4] whatever people do, READY counts what a recount of the log counts', async () => {
  const counted = { unread: 0, mentions: 0 };
  const live = async (acts: readonly Act[]): Promise<void> => {
    await using instance = await startInstance();
    const { chat } = instance.running;
    const perform = performing(() => chat, PEOPLE as Actor[]);
    const life = new RandomLife(
      PEOPLE.map(({ userId }) => userId),
      perform,
    );
    await life.begin();
    for (const [index, act] of acts.entries()) {
      await life.act(act);
      if (index % 30 !== 29) continue;
      const { unread, mentions } = await compare(chat);
      counted.unread += unread;
      counted.mentions += mentions;
    }
  };
  await fc.assert(fc.asyncProperty(fc.array(aTalk, { minLength: 150, maxLength: 300 }), live), {
    numRuns: 6,
    seed: SEED,
    endOnFailure: true,
  });
  // Without anything to count the comparison would mean nothing.
  expect(counted.unread).toBeGreaterThan(100);
  expect(counted.mentions).toBeGreaterThan(20);
}, 60_000);
