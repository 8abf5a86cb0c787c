import { type Channel, LIMITS, type Message, Permission, type ReadState, type ServerSnapshot } from '@snug/protocol';
import { type Person, type Place, startInstance, type TestInstance } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openParlour, outcome, type Parlour, page, readOf, said, say } from './parlour.ts';
import { actor, perform } from './people.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo, cy] = [await parlour.person(), await parlour.person(), await parlour.person()];
});
afterAll(() => parlour[Symbol.asyncDispose]());

const threadsOf = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/threads`;
const channelPath = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}`;
const followPath = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/followers/@me`;

async function started(who: Person, channel: Pick<Channel, 'id'>, more: Record<string, unknown> = {}) {
  const answer = await who.rest.post<Channel>(threadsOf(channel), { name: 'aside', ...more });
  expect(outcome(answer)).toBe('201');
  return answer.body;
}

const got = async (who: Person, channel: Pick<Channel, 'id'>): Promise<Channel> =>
  (await who.rest.get<Channel>(channelPath(channel))).body;

const listed = async (who: Person, channel: Pick<Channel, 'id'>, query = ''): Promise<string[]> =>
  (await who.rest.get<{ items: Channel[] }>(`${threadsOf(channel)}${query}`)).body.items.map(({ id }) => id);

/** A role that only looks after messages, for somebody. */
async function moderator(owner: Person, { server }: Place, who: Person): Promise<void> {
  const role = { name: 'tidy', permissions: String(Permission.MANAGE_MESSAGES) };
  const { body } = await owner.rest.post<{ id: string }>(`${API}/servers/${server.id}/roles`, role);
  const given = await owner.rest.put(`${API}/servers/${server.id}/members/${who.id}/roles/${body.id}`, {});
  expect(outcome(given)).toBe('200');
}

describe('beginning', () => {
  test('[THREAD1] [THREAD3] from a message or alone, with its maker and first words in one append', async () => {
    const { channel } = await parlour.place(ada, bo);
    const { gateway } = await parlour.listen(bo);
    const message = await said(ada, channel, 'a long story');
    const thread = await started(bo, channel, { message_id: message.id, content: 'go on' });
    expect(thread).toMatchObject({
      type: 'thread',
      parent_id: channel.id,
      message_id: message.id,
      owner_id: bo.id,
      auto_archive_after: 4320,
      message_count: 1,
      member_count: 1,
    });
    const created = await gateway.dispatch<Channel>('CHANNEL_CREATE');
    const joined = await gateway.dispatch('THREAD_MEMBER_ADD');
    const first = await gateway.dispatch<Message>('MESSAGE_CREATE');
    expect([joined.s, first.s]).toEqual([(created.s ?? 0) + 1, (created.s ?? 0) + 2]);
    expect(first.d).toMatchObject({ content: 'go on', parent_id: channel.id, channel_id: thread.id });
    expect(await got(ada, thread)).toEqual(thread);
    expect((await page(ada, channel)).items[0]).toMatchObject({ id: message.id, thread_id: thread.id });
    expect((await started(ada, channel)).message_id).toBeUndefined();
  });

  test('[THREAD1] [THREAD2] only under text channels, once a message, also of two at once', async () => {
    const { server, channel } = await parlour.place(ada, bo);
    const voice = (await ada.rest.post<Channel>(`${API}/servers/${server.id}/channels`, { name: 'v', type: 'voice' }))
      .body;
    const dm = (await ada.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: bo.id })).body;
    const thread = await started(ada, channel);
    for (const place of [voice, dm, thread]) {
      expect(outcome(await ada.rest.post(threadsOf(place), { name: 'no' }))).toBe('WRONG_CHANNEL_TYPE');
    }
    const message = await said(ada, channel, 'contested');
    const asked = { name: 'mine', message_id: message.id };
    const both = await Promise.all([ada, bo].map((who) => who.rest.post<Channel>(threadsOf(channel), asked)));
    expect(both.map(outcome).sort()).toEqual(['201', 'THREAD_EXISTS']);
    const winner = both.find(({ status }) => status === 201)?.body as Channel;
    expect(outcome(await ada.rest.delete(channelPath(winner)))).toBe('204');
    expect(outcome(await bo.rest.post(threadsOf(channel), asked))).toBe('201');
    const nowhere = { name: 'lost', message_id: server.id };
    expect(outcome(await bo.rest.post(threadsOf(channel), nowhere))).toBe('UNKNOWN_MESSAGE');
    expect(outcome(await bo.rest.post(threadsOf(channel), { name: 'empty', content: '  ' }))).toBe('MESSAGE_EMPTY');
  });

  test('[THREAD8] [CMD8] a nonce begins one thread, and wakes one once', async () => {
    const { channel } = await parlour.place(ada, bo);
    const asked = { name: 'once', content: 'hello', nonce: 'thread-1' };
    const first = await bo.rest.post<Channel>(threadsOf(channel), asked);
    const again = await bo.rest.post<Channel>(threadsOf(channel), asked);
    expect(again.body.id).toBe(first.body.id);
    expect(outcome(await bo.rest.post(threadsOf(channel), { ...asked, name: 'twice' }))).toBe('NONCE_REUSED');
    expect(outcome(await bo.rest.patch(channelPath(first.body), { is_archived: true }))).toBe('200');
    const sends = await Promise.all(Array.from({ length: 5 }, () => say(bo, first.body, 'awake', { nonce: 'wake' })));
    sends.push(await say(bo, first.body, 'awake', { nonce: 'wake' }));
    expect(new Set(sends.map(({ body }) => body.id)).size).toBe(1);
    expect(sends.map(({ body }) => body.content)).toEqual(Array(6).fill('awake'));
    expect(await got(bo, first.body)).toMatchObject({ is_archived: false, message_count: 2 });
  });

  test('[THREAD4] [PERM4] a thread is seen by whoever sees its parent, and by nobody else', async () => {
    const { channel, server } = await parlour.place(ada, bo);
    const thread = await started(ada, channel, { content: 'among us' });
    const { gateway } = await parlour.listen(bo);
    for (const path of [channelPath(thread), `${channelPath(thread)}/messages`, `${channelPath(thread)}/followers`]) {
      expect(outcome(await cy.rest.get(path))).toBe('UNKNOWN_CHANNEL');
      expect(outcome(await bo.rest.get(path))).toBe('200');
    }
    expect(outcome(await cy.rest.put(followPath(thread), {}))).toBe('UNKNOWN_CHANNEL');
    await bo.rest.put(followPath(thread), {});
    await ada.rest.patch(channelPath(channel), { is_private: true });
    const lost = [await gateway.dispatch<Channel>('CHANNEL_DELETE'), await gateway.dispatch<Channel>('CHANNEL_DELETE')];
    expect(lost.map(({ d }) => d.id).sort()).toEqual([channel.id, thread.id].sort());
    await said(ada, thread, 'unheard');
    await said(ada, channel, 'unheard');
    await ada.rest.patch(`${API}/servers/${server.id}`, { name: 'marker' });
    await gateway.until((frame) => {
      expect(JSON.stringify(frame)).not.toContain('unheard');
      return frame.t === 'SERVER_UPDATE';
    });
    expect(outcome(await bo.rest.get(channelPath(thread)))).toBe('UNKNOWN_CHANNEL');
    const { ready } = await parlour.listen(bo);
    expect(JSON.stringify(ready)).not.toContain(thread.id);
  });
});

describe('following', () => {
  const unreadIn = (states: readonly ReadState[], { id }: Channel) => states.find((state) => state.channel_id === id);

  test('[THREAD5] [THREAD6] [THREAD13] only those who follow have it unread, from when they began to', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const thread = await started(ada, channel, { content: 'one' });
    await said(ada, thread, 'two');
    const before = await parlour.listen(bo);
    expect(before.ready.followed_threads).not.toContain(thread.id);
    expect(unreadIn(before.ready.read_states, thread)).toBeUndefined();
    expect(outcome(await bo.rest.put(followPath(thread), {}))).toBe('200');
    expect(outcome(await bo.rest.put(followPath(thread), {}))).toBe('200');
    expect(await readOf(bo, thread)).toMatchObject({ unread_count: 0, is_followed: true });
    await said(ada, thread, 'three');
    await said(cy, thread, 'four');
    const { ready } = await parlour.listen(bo);
    expect(ready.followed_threads).toContain(thread.id);
    expect(unreadIn(ready.read_states, thread)?.unread_count).toBe(2);
    expect((await parlour.listen(cy)).ready.followed_threads).toContain(thread.id);
    expect(await got(bo, thread)).toMatchObject({ member_count: 3, message_count: 4 });
    expect(outcome(await bo.rest.delete(followPath(thread)))).toBe('204');
    expect(outcome(await bo.rest.delete(followPath(thread)))).toBe('204');
    const after = await parlour.listen(bo);
    expect(after.ready.followed_threads).not.toContain(thread.id);
    expect(unreadIn(after.ready.read_states, thread)).toBeUndefined();
    expect(await readOf(bo, thread)).toMatchObject({ unread_count: 0, is_followed: false });
    expect((await got(bo, thread)).member_count).toBe(2);
  });

  test('[THREAD5] whoever is mentioned follows, and has that message unread', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const thread = await started(ada, channel, { content: `what says @${bo.username}?` });
    const { gateway, ready } = await parlour.listen(bo);
    expect(ready.followed_threads).toContain(thread.id);
    expect(unreadIn(ready.read_states, thread)).toMatchObject({ unread_count: 1, mention_count: 1 });
    await said(ada, thread, `and @${cy.username}, and @${bo.username}?`);
    const joined = await gateway.dispatch<{ user_id: string }>('THREAD_MEMBER_ADD');
    expect(joined.d.user_id).toBe(cy.id);
    expect(unreadIn((await parlour.listen(cy)).ready.read_states, thread)).toMatchObject({ unread_count: 1 });
  });

  test('[THREAD11] its followers are listed in pages, with who they are', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const thread = await started(ada, channel);
    for (const who of [bo, cy]) await who.rest.put(followPath(thread), {});
    const path = `${channelPath(thread)}/followers`;
    const first = (
      await ada.rest.get<{ items: { user_id: string; user: { username: string } }[]; has_more: boolean }>(
        `${path}?limit=2`,
      )
    ).body;
    expect(first.has_more).toBe(true);
    const rest = (await ada.rest.get<typeof first>(`${path}?after=${first.items[1]?.user_id}`)).body;
    expect([...first.items, ...rest.items].map(({ user_id }) => user_id)).toEqual([ada.id, bo.id, cy.id].sort());
    expect([...first.items, ...rest.items].map(({ user }) => user.username).sort()).toEqual(
      [ada, bo, cy].map(({ username }) => username).sort(),
    );
    expect(outcome(await ada.rest.get(`${channelPath(channel)}/followers`))).toBe('WRONG_CHANNEL_TYPE');
    expect(outcome(await ada.rest.put(followPath(channel), {}))).toBe('WRONG_CHANNEL_TYPE');
  });
});

describe('archived', () => {
  test('[THREAD7] in no snapshot and no list; whoever writes wakes it for everybody, before the message', async () => {
    const { channel, server } = await parlour.place(ada, bo);
    const thread = await started(ada, channel, { content: 'old news' });
    await ada.rest.patch(channelPath(thread), { is_archived: true });
    const { gateway, ready } = await parlour.listen(bo);
    expect(JSON.stringify(ready)).not.toContain(thread.id);
    const shown = (await bo.rest.get<{ items: Channel[] }>(`${API}/servers/${server.id}/channels`)).body.items;
    expect(shown.map(({ id }) => id)).not.toContain(thread.id);
    expect((await page(bo, thread)).items.map(({ content }) => content)).toEqual(['old news']);
    await said(bo, thread, 'and yet');
    const woken = await gateway.dispatch<Channel>('CHANNEL_UPDATE');
    expect(woken.d).toMatchObject({ ...thread, is_archived: false, updated_at: woken.d.updated_at });
    const joined = await gateway.dispatch('THREAD_MEMBER_ADD');
    const message = await gateway.dispatch('MESSAGE_CREATE');
    expect([joined.s, message.s]).toEqual([(woken.s ?? 0) + 1, (woken.s ?? 0) + 2]);
    expect(JSON.stringify((await parlour.listen(bo)).ready)).toContain(thread.id);
  });

  test('[THREAD7] [THREAD13] however many write in it at once, it wakes once, and what it counts stays exact', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const thread = await started(ada, channel, { content: 'to be deleted' });
    const { gateway } = await parlour.listen(ada);
    await ada.rest.patch(channelPath(thread), { is_archived: true });
    await gateway.dispatch('CHANNEL_UPDATE');
    const { items } = await page(ada, thread);
    await Promise.all([
      ...[bo, cy, bo, cy].map((who, index) => said(who, thread, `at once ${index}`)),
      ada.rest.delete(`${channelPath(thread)}/messages/${items[0]?.id}`),
      bo.rest.put(followPath(thread), {}),
    ]);
    expect(await got(ada, thread)).toMatchObject({ message_count: 4, member_count: 3, is_archived: false });
    // A client that has only the events comes to the same.
    let seen: { is_archived: boolean; message_count: number; member_count: number } | null = null;
    let wakings = 0;
    await ada.rest.patch(channelPath(thread), { name: 'marker' });
    await gateway.until(({ t, d }) => {
      const body = d as Channel;
      if (t === 'CHANNEL_UPDATE' && body.name === 'marker') return true;
      if (t === 'CHANNEL_UPDATE') {
        wakings += 1;
        seen = { is_archived: false, message_count: body.message_count ?? 0, member_count: body.member_count ?? 0 };
      } else if (seen !== null) {
        if (t === 'MESSAGE_CREATE') seen.message_count += 1;
        if (t === 'MESSAGE_DELETE') seen.message_count -= 1;
        if (t === 'THREAD_MEMBER_ADD') seen.member_count += 1;
      }
      return false;
    });
    expect([wakings, seen]).toEqual([1, { is_archived: false, message_count: 4, member_count: 3 }]);
  });

  test('[THREAD7] events of an archived thread are caught up with like any others', async () => {
    const { channel } = await parlour.place(ada, bo);
    const thread = await started(ada, channel, { content: 'first' });
    await ada.rest.patch(channelPath(thread), { is_archived: true });
    const { gateway } = await parlour.listen(bo);
    const since = gateway.cursor;
    await gateway.close();
    const { items } = await page(ada, thread);
    await ada.rest.delete(`${channelPath(thread)}/messages/${items[0]?.id}`);
    const answer = await bo.rest.get<{ events: { t: string; d: Message }[] }>(`${API}/sync?since=${since}&timeout=0`);
    expect(answer.body.events.map(({ t, d }) => [t, d.channel_id])).toEqual([['MESSAGE_DELETE', thread.id]]);
  });

  test('[THREAD7] under an archived channel nothing wakes, and nothing begins', async () => {
    const { channel } = await parlour.place(ada, bo);
    const thread = await started(bo, channel);
    await ada.rest.patch(channelPath(channel), { is_archived: true });
    expect(outcome(await say(bo, thread, 'hello?'))).toBe('CHANNEL_ARCHIVED');
    expect(outcome(await bo.rest.post(threadsOf(channel), { name: 'late' }))).toBe('CHANNEL_ARCHIVED');
  });

  test('[THREAD11] lists all of them, those that are archived, or those that are not, the newest first', async () => {
    const { channel } = await parlour.place(ada, bo);
    const threads: Channel[] = [];
    for (let count = 0; count < 5; count++) threads.push(await started(bo, channel));
    for (const thread of threads.slice(0, 2)) await bo.rest.patch(channelPath(thread), { is_archived: true });
    const ids = threads.map(({ id }) => id).reverse();
    expect(await listed(bo, channel)).toEqual(ids);
    expect(await listed(bo, channel, '?archived=true')).toEqual(ids.slice(3));
    expect(await listed(bo, channel, '?archived=false')).toEqual(ids.slice(0, 3));
    expect(await listed(bo, channel, '?limit=2')).toEqual(ids.slice(0, 2));
    expect(await listed(bo, channel, `?limit=2&before=${ids[1]}`)).toEqual(ids.slice(2, 4));
  });
});

describe('changing', () => {
  test('[THREAD10] its maker names and archives it, a moderator does all of it, others nothing', async () => {
    const place = await parlour.place(ada, bo, cy);
    const dee = await parlour.person();
    await dee.rest.post(
      `${API}/invites/${(await ada.rest.post<{ code: string }>(`${API}/servers/${place.server.id}/invites`, {})).body.code}`,
      {},
    );
    await moderator(ada, place, cy);
    const thread = await started(bo, place.channel);
    const path = channelPath(thread);
    const change = async (who: Person, body: object) => outcome(await who.rest.patch(path, body));
    expect(await change(bo, { name: 'renamed', auto_archive_after: 60 })).toBe('200');
    expect(await got(dee, thread)).toMatchObject({ name: 'renamed', auto_archive_after: 60 });
    expect(await change(bo, { slow_mode_delay: 5 })).toBe('MISSING_PERMISSION');
    expect(await change(cy, { slow_mode_delay: 5 })).toBe('200');
    expect(await change(dee, { name: 'mine' })).toBe('MISSING_PERMISSION');
    expect(await change(bo, { is_private: true })).toBe('WRONG_CHANNEL_TYPE');
    expect(outcome(await bo.rest.delete(path))).toBe('MISSING_PERMISSION');
    const denied = { target_type: 'member', allow: '0', deny: String(Permission.SEND_MESSAGES) };
    expect(outcome(await ada.rest.put(`${channelPath(place.channel)}/permissions/${bo.id}`, denied))).toBe('200');
    expect(await change(bo, { name: 'silenced' })).toBe('MISSING_PERMISSION');
    expect(outcome(await cy.rest.delete(path))).toBe('204');
    expect(outcome(await bo.rest.get(path))).toBe('UNKNOWN_CHANNEL');
  });

  test('[THREAD14] [LOG19] with its channel a thread is gone at once, and its words soon after', async () => {
    const { channel } = await parlour.place(ada, bo);
    const thread = await started(bo, channel, { content: 'soon forgotten' });
    await ada.rest.delete(channelPath(channel));
    expect(outcome(await bo.rest.get(channelPath(thread)))).toBe('UNKNOWN_CHANNEL');
    expect(JSON.stringify((await parlour.listen(bo)).ready)).not.toContain(thread.id);
    const { log } = parlour.instance.running.chat;
    const left = async (): Promise<number> => {
      const count = { sql: 'SELECT count(*) AS n FROM messages WHERE channel_id = ?', params: [thread.id] };
      return (await log.read({ count: { ...count, map: ([row]) => row?.n as number } })).value.count;
    };
    await expect.poll(left, { timeout: 5000 }).toBe(0);
  });
});

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
});
