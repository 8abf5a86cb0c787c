import { type Channel, type Message, Permission, type ReadState } from '@snug/protocol';
import type { Person, Place } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openParlour, outcome, type Parlour, page, readOf, said, say } from './parlour.ts';
import { channelPath, followPath, got, started, threadsOf } from './thread.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo, cy] = [await parlour.person(), await parlour.person(), await parlour.person()];
});
afterAll(() => parlour[Symbol.asyncDispose]());

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

  test('[THREAD15] it waits as a message would where slow mode is on, and begins with it', async () => {
    const { channel } = await parlour.place(ada, bo);
    await ada.rest.patch(channelPath(channel), { slow_mode_delay: 60 });
    const message = await said(bo, channel, 'slowly');
    const asked = { name: 'quick', message_id: message.id, content: 'at once' };
    expect(outcome(await bo.rest.post(threadsOf(channel), asked))).toBe('SLOW_MODE');
    const thread = await started(ada, channel, asked);
    expect(thread.slow_mode_delay).toBe(60);
    expect(outcome(await say(bo, thread, 'one'))).toBe('201');
    expect(outcome(await say(bo, thread, 'two'))).toBe('SLOW_MODE');
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
