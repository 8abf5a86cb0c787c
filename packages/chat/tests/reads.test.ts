import type { Channel, Message, ReadState, ServerSnapshot } from '@snug/protocol';
import { startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Chat } from '../src/app.ts';
import type { Actor } from '../src/commands/handler.ts';
import { readySnapshot } from '../src/delivery/snapshot.ts';
import { actor, perform, refused } from './people.ts';

const [ada, bo, cy] = [1, 2, 3].map((number) => actor(number)) as [Actor, Actor, Actor];
let instance: TestInstance;
let chat: Chat;
beforeAll(async () => {
  instance = await startInstance();
  chat = instance.running.chat;
});
afterAll(() => instance[Symbol.asyncDispose]());

async function place(...guests: Actor[]): Promise<{ server: ServerSnapshot; channel: Channel }> {
  const server = await perform<ServerSnapshot>(chat, ada, 'server.create', { name: 'Reading room' });
  const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', { server_id: server.id });
  for (const guest of guests) await perform(chat, guest, 'invite.accept', { code });
  return { server, channel: server.channels[0] as Channel };
}

const say = (who: Actor, channel: Channel, content: string): Promise<Message> =>
  perform<Message>(chat, who, 'message.send', { channel_id: channel.id, content });

const many = (who: Actor, channel: Channel, count: number): Promise<Message[]> =>
  Promise.all(Array.from({ length: count }, (_, index) => say(who, channel, `message ${index}`)));

const ack = (who: Actor, { id, channel_id }: Message): Promise<ReadState> =>
  perform<ReadState>(chat, who, 'read.ack', { channel_id, message_id: id });

/** What READY says of a channel. */
async function readState(who: Actor, channel: Channel): Promise<Partial<ReadState>> {
  const source = { world: chat.world, reader: chat.log, presences: noPresences, now: Date.now };
  const { json } = await readySnapshot(source as never, who.userId, 'session', false);
  const { read_states } = JSON.parse(json) as { read_states: ReadState[] };
  return read_states.find(({ channel_id }) => channel_id === channel.id) ?? {};
}
const noPresences = { ownStatus: () => 'online', of: () => [] };
const unread = async (who: Actor, channel: Channel): Promise<number> =>
  (await readState(who, channel)).unread_count ?? 0;

async function positionOf({ id, channel_id }: Message): Promise<number> {
  const { value } = await chat.log.read({
    found: {
      sql: 'SELECT position FROM messages WHERE channel_id = ? AND id = ?',
      params: [channel_id, id],
      map: ([row]) => row?.position as number,
    },
  });
  return value.found;
}

describe('unread', () => {
  test('[READ1] [READ5] [E22] counts the messages of others exactly to 99, and says 100 for more', async () => {
    const { channel } = await place(bo);
    expect(await unread(bo, channel)).toBe(0);
    await many(ada, channel, 98);
    expect([await unread(bo, channel), await unread(ada, channel)]).toEqual([98, 0]);
    await say(ada, channel, 'ninety-nine');
    expect(await unread(bo, channel)).toBe(99);
    await say(ada, channel, 'a hundred');
    expect(await unread(bo, channel)).toBe(100);
    await many(ada, channel, 60);
    expect(await unread(bo, channel)).toBe(100);
  });

  test("[READ1] [E22] neither deleted messages nor one's own, edits neither add nor remove", async () => {
    const { channel } = await place(bo, cy);
    const [first] = await many(ada, channel, 3);
    await say(cy, channel, 'of a third');
    await perform(chat, ada, 'message.edit', { channel_id: channel.id, message_id: first?.id, content: 'edited' });
    expect(await unread(bo, channel)).toBe(4);
    await perform(chat, ada, 'message.delete', { channel_id: channel.id, message_id: first?.id });
    expect(await unread(bo, channel)).toBe(3);
    expect(await unread(ada, channel)).toBe(1);
  });

  test('[READ10] [E22] what was said before somebody joined is not unread, in a DM everything is', async () => {
    const { server, channel } = await place(cy);
    await many(ada, channel, 5);
    const { code } = await perform<{ code: string }>(chat, ada, 'invite.create', { server_id: server.id });
    await perform(chat, bo, 'invite.accept', { code });
    expect(await unread(bo, channel)).toBe(0);
    await say(ada, channel, 'welcome');
    expect([await unread(bo, channel), await unread(cy, channel)]).toEqual([1, 6]);
    const dm = await perform<Channel>(chat, ada, 'dm.open', { recipient_id: bo.userId });
    await many(ada, dm, 2);
    expect(await unread(bo, dm)).toBe(2);
  });
});

describe('reading', () => {
  test('[READ2] [READ6] [E22] an ack raises the position and never lowers it', async () => {
    const { channel } = await place(bo);
    const said = await many(ada, channel, 10);
    const state = await ack(bo, said[6] as Message);
    expect(state).toMatchObject({ last_read_id: said[6]?.id, read_position: await positionOf(said[6] as Message) });
    expect(await unread(bo, channel)).toBe(3);
    expect(await ack(bo, said[2] as Message)).toMatchObject({
      last_read_id: said[6]?.id,
      read_position: state.read_position,
    });
    expect(await readState(bo, channel)).toMatchObject({ last_read_id: said[6]?.id, unread_count: 3 });
  });

  test('[READ2] [READ8] [E23] however many acks come at once, and in whatever order, the furthest holds', async () => {
    const { channel } = await place(bo);
    const said = await many(ada, channel, 40);
    const furthest = await positionOf(said[39] as Message);
    for (const order of [
      said,
      said.toReversed(),
      said.toSorted((a, b) => (a.id.slice(-4) < b.id.slice(-4) ? -1 : 1)),
    ]) {
      await perform(chat, bo, 'read.mark_unread', { channel_id: channel.id, message_id: said[0]?.id });
      const before = chat.log.tail;
      // A turn between them: some wait together, some are decided while one before them is being written.
      const acking: Promise<ReadState>[] = [];
      for (const message of order) {
        acking.push(ack(bo, message));
        await new Promise((resolve) => setImmediate(resolve));
      }
      const states = await Promise.all(acking);
      expect(await readState(bo, channel)).toMatchObject({ read_position: furthest, last_read_id: said[39]?.id });
      const positions = await chat.log.positions([`user:${bo.userId}`], before, chat.log.tail, 100);
      const written = (await chat.log.events(positions)).map(
        ({ body }) => (JSON.parse(body) as ReadState).read_position,
      );
      expect(written).toEqual(written.toSorted((a, b) => a - b));
      // Nobody was told a place they did not reach.
      for (const [index, { read_position }] of states.entries())
        expect(read_position).toBeGreaterThanOrEqual(await positionOf(order[index] as Message));
    }
  });

  test('[READ3] [E22] mark unread goes back to just before a message, and an ack goes on from there', async () => {
    const { channel } = await place(bo);
    const said = await many(ada, channel, 6);
    await ack(bo, said[5] as Message);
    await perform(chat, bo, 'read.mark_unread', { channel_id: channel.id, message_id: said[2]?.id });
    expect(await unread(bo, channel)).toBe(4);
    await ack(bo, said[3] as Message);
    expect(await unread(bo, channel)).toBe(2);
  });

  test('[READ4] [E22] sending acknowledges what came before it, also for a replay; what comes after is unread', async () => {
    const { channel } = await place(bo);
    await many(ada, channel, 5);
    const own = await say(bo, channel, 'I read all that');
    expect(await readState(bo, channel)).toMatchObject({
      unread_count: 0,
      last_read_id: own.id,
      read_position: await positionOf(own),
    });
    await many(ada, channel, 2);
    expect(await unread(bo, channel)).toBe(2);
    await perform(chat, bo, 'message.delete', { channel_id: channel.id, message_id: own.id });
    expect(await unread(bo, channel)).toBe(2);
    const said = await many(ada, channel, 1);
    await perform(chat, bo, 'read.mark_unread', { channel_id: channel.id, message_id: said[0]?.id });
    expect(await unread(bo, channel)).toBe(1);
  });

  test('[READ2] [READ4] an ack of something older, at the moment of a send, does not go back behind it', async () => {
    const { channel } = await place(bo);
    const said = await many(ada, channel, 10);
    const [own] = await Promise.all([say(bo, channel, 'at once'), ...said.map((message) => ack(bo, message))]);
    expect(await readState(bo, channel)).toMatchObject({ read_position: await positionOf(own), unread_count: 0 });
  });

  test('[READ11] ack_all is all or none, and one commit', async () => {
    const [one, two] = [await place(bo), await place(bo)];
    const [a, b] = [await many(ada, one.channel, 3), await many(ada, two.channel, 3)];
    const acks = [a[1], b[2], a[2], a[0]].map((message) => ({
      channel_id: message?.channel_id,
      message_id: message?.id,
    }));
    const hidden = await place();
    const unseen = await say(ada, hidden.channel, 'not for bo');
    const withHidden = [...acks, { channel_id: hidden.channel.id, message_id: unseen.id }];
    expect(await refused(chat, bo, 'read.ack_all', { acks: withHidden })).toBe('UNKNOWN_CHANNEL');
    expect([await unread(bo, one.channel), await unread(bo, two.channel)]).toEqual([3, 3]);
    const { items } = await perform<{ items: ReadState[] }>(chat, bo, 'read.ack_all', { acks });
    expect(items.map(({ channel_id, last_read_id }) => [channel_id, last_read_id])).toEqual([
      [one.channel.id, a[2]?.id],
      [two.channel.id, b[2]?.id],
    ]);
    expect([await unread(bo, one.channel), await unread(bo, two.channel)]).toEqual([0, 0]);
  });

  test('[READ1] [PERM4] what one cannot see can be neither counted nor acknowledged', async () => {
    const { channel } = await place(bo);
    const said = await say(ada, channel, 'seen');
    expect(await refused(chat, cy, 'read.ack', { channel_id: channel.id, message_id: said.id })).toBe(
      'UNKNOWN_CHANNEL',
    );
    const elsewhere = await place(bo);
    expect(await refused(chat, bo, 'read.ack', { channel_id: elsewhere.channel.id, message_id: said.id })).toBe(
      'UNKNOWN_MESSAGE',
    );
    expect(await readState(cy, channel)).toEqual({});
  });
});
