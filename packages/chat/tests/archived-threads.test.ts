import type { Channel, Message } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openParlour, outcome, type Parlour, page, said, say } from './parlour.ts';
import { channelPath, followPath, got, listed, started, threadsOf } from './thread.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo, cy] = [await parlour.person(), await parlour.person(), await parlour.person()];
});
afterAll(() => parlour[Symbol.asyncDispose]());

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

  test('[THREAD7] [MENTION6] [MENTION7] what calls one in an archived thread is in the inbox all the same', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    const inbox = async (): Promise<string[]> =>
      (await bo.rest.get<{ items: Message[] }>(`${API}/users/@me/mentions`)).body.items
        .filter(({ parent_id }) => parent_id === channel.id)
        .map(({ content }) => content);
    const named = await started(ada, channel, { content: `@${bo.username} by name` });
    const followed = await started(ada, channel);
    const other = await started(ada, channel, { content: '@everyone elsewhere' });
    await bo.rest.put(followPath(followed), {});
    await said(ada, followed, '@everyone who follows');
    await bo.rest.delete(followPath(named));
    for (const thread of [named, followed, other]) await ada.rest.patch(channelPath(thread), { is_archived: true });
    expect(await inbox()).toEqual(['@everyone who follows', `@${bo.username} by name`]);
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
