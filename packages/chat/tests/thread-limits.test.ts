import { type Channel, LIMITS, type MessagePage, type ServerSnapshot } from '@snug/protocol';
import { startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Actor } from '../src/commands/handler.ts';
import { actor, perform } from './people.ts';

/** There are more of them than `actor` has numbers. */
function follower(number: number): Actor {
  const userId = `01K0FOAAAAAAAAAAAAAAAA${String(number).padStart(4, '0')}`;
  const name = `follower${number}`;
  const { claims, ...more } = actor(1);
  return { ...more, userId, claims: { ...claims, sub: userId, sid: userId, username: name, name } };
}

describe('time and limits', () => {
  const [owner, guest] = [actor(1), actor(2)];
  const HOUR = 3_600_000;
  let instance: TestInstance;
  let ahead = 0;
  beforeAll(async () => {
    instance = await startInstance({ now: () => Date.now() + ahead });
  });
  afterAll(() => instance[Symbol.asyncDispose]());

  const start = async (more: Record<string, unknown> = {}) => {
    const { chat } = instance.running;
    const server = await perform<ServerSnapshot>(chat, owner, 'server.create', { name: 'Clock house' });
    const { code } = await perform<{ code: string }>(chat, owner, 'invite.create', { server_id: server.id });
    await perform(chat, guest, 'invite.accept', { code });
    const channel = server.channels[0] as Channel;
    return perform<Channel>(chat, owner, 'thread.create', { channel_id: channel.id, name: 'fleeting', ...more });
  };
  const isArchived = async ({ id }: Channel): Promise<boolean> =>
    (await perform<Channel>(instance.running.chat, owner, 'channel.get', { channel_id: id })).is_archived;

  test('[THREAD9] [E18] silence archives it, and words put that off', async () => {
    const { chat } = instance.running;
    const quiet = await start({ auto_archive_after: 60 });
    const lively = await start({ auto_archive_after: 60, content: 'hello' });
    const patient = await start({ auto_archive_after: 1440 });
    ahead += HOUR - 60_000;
    await perform(chat, guest, 'message.send', { channel_id: lively.id, content: 'still here' });
    ahead += 120_000;
    await expect.poll(() => isArchived(quiet), { timeout: 10_000 }).toBe(true);
    expect(await isArchived(lively)).toBe(false);
    // Waking counts as life, too.
    await perform(chat, owner, 'channel.update', { channel_id: quiet.id, is_archived: false });
    ahead += HOUR;
    await expect.poll(() => isArchived(lively), { timeout: 10_000 }).toBe(true);
    await expect.poll(() => isArchived(quiet), { timeout: 10_000 }).toBe(true);
    expect(await isArchived(patient)).toBe(false);
  });

  test('[THREAD9] what was due while the instance was down is done at the start', async () => {
    const thread = await start({ auto_archive_after: 60 });
    await instance.stop();
    ahead += 2 * HOUR;
    await instance.restart();
    await expect.poll(() => isArchived(thread), { timeout: 10_000 }).toBe(true);
  });

  test('[THREAD12] so many threads are awake, and no more', async () => {
    const { chat } = instance.running;
    const first = await start();
    const params = { channel_id: first.parent_id, name: 'crowd' };
    const most = Array.from({ length: LIMITS.ACTIVE_THREADS_PER_SERVER - 1 }, () =>
      perform<Channel>(chat, owner, 'thread.create', params),
    );
    await Promise.all(most);
    await expect(perform(chat, owner, 'thread.create', params)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
    await perform(chat, owner, 'channel.update', { channel_id: first.id, is_archived: true });
    const refill = await Promise.allSettled([1, 2].map(() => perform<Channel>(chat, guest, 'thread.create', params)));
    expect(refill.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const waking = { channel_id: first.id, content: 'too late' };
    await expect(perform(chat, guest, 'message.send', waking)).rejects.toMatchObject({ code: 'LIMIT_REACHED' });
    // An ordinary channel is not counted among them.
    await perform(chat, owner, 'channel.create', { server_id: first.server_id, name: 'room' });
  });

  test('[THREAD12] so many follow a thread; whoever writes in a full one does not', async () => {
    const { chat } = instance.running;
    const { id: channel_id, server_id } = await start();
    const { code } = await perform<{ code: string }>(chat, owner, 'invite.create', { server_id });
    const crowd = Array.from({ length: LIMITS.THREAD_FOLLOWERS }, (_, index) => follower(index));
    const join = async (who: Actor) => {
      await perform(chat, who, 'invite.accept', { code });
      return perform(chat, who, 'thread.follow', { channel_id });
    };
    const joining = await Promise.allSettled(crowd.map(join));
    // The owner began it: one place is taken.
    expect(joining.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(chat.world.channels.get(channel_id)?.followers?.size).toBe(LIMITS.THREAD_FOLLOWERS);
    await expect(perform(chat, guest, 'thread.follow', { channel_id })).rejects.toMatchObject({
      code: 'LIMIT_REACHED',
    });
    await perform(chat, guest, 'message.send', { channel_id, content: `crowded, ${owner.claims.username}` });
    const { member_count, message_count } = await perform<Channel>(chat, owner, 'channel.get', { channel_id });
    expect([member_count, message_count]).toEqual([LIMITS.THREAD_FOLLOWERS, 1]);
  }, 30_000);

  test('[THREAD13] [CMD7] what a thread counts does not change under the event that wakes it', async () => {
    const { chat } = instance.running;
    const { id: channel_id } = await start({ content: 'one' });
    await perform(chat, owner, 'channel.update', { channel_id, is_archived: true });
    const { items } = await perform<MessagePage>(chat, owner, 'message.list', { channel_id });
    const before = chat.world.tail;
    // Appended and not committed yet, when the message that wakes it is decided.
    const deleting = perform(chat, owner, 'message.delete', { channel_id, message_id: items[0]?.id });
    for (let turn = 0; turn < 50; turn++) await null;
    const sending = perform(chat, guest, 'message.send', { channel_id, content: 'two' });
    expect(chat.world.tail).toBe(before);
    await Promise.all([deleting, sending]);
    expect(await perform<Channel>(chat, owner, 'channel.get', { channel_id })).toMatchObject({
      message_count: 1,
      member_count: 2,
      is_archived: false,
    });
  });
});
