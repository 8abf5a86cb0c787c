import type { Channel, EventBody, Message } from '@snug/protocol';
import { DEFAULT_PERMISSIONS, LIMITS, Permission } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { grepFolder, untilGone } from './grep-folder.ts';
import { API, messagesOf, openDm, openParlour, outcome, type Parlour, page, pathOf, said, say } from './parlour.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
let ahead = 0;
beforeAll(async () => {
  parlour = await openParlour({ now: () => Date.now() + ahead, erasure_delay: 0.05 });
  [ada, bo, cy] = (await Promise.all([1, 2, 3].map(() => parlour.person()))) as [Person, Person, Person];
});
afterAll(() => parlour[Symbol.asyncDispose]());

const change = (channel: Channel, changes: Record<string, unknown>) =>
  ada.rest.patch(`${API}/channels/${channel.id}`, changes);
const everyoneMay = (serverId: string, bits: bigint) =>
  ada.rest.patch(`${API}/servers/${serverId}/roles/${serverId}`, { permissions: String(bits) });

describe('slow mode', () => {
  test('[MSG13] [E12] of many at once one is written; the next waits as long as it is told', async () => {
    const { channel } = await parlour.place(ada, bo, cy);
    await change(channel, { slow_mode_delay: 10 });
    const tries = await Promise.all([1, 2, 3, 4, 5].map((index) => say(bo, channel, `try ${index}`)));
    expect(tries.map(outcome).toSorted()).toEqual(['201', ...Array(4).fill('SLOW_MODE')]);
    expect(tries.find(({ status }) => status === 201)?.body.slow_mode_delay).toBe(10);
    const refused = await say(bo, channel, 'again');
    expect(refused.status).toBe(429);
    expect(refused.body.retry_after).toBeGreaterThan(8);
    expect(refused.body.retry_after).toBeLessThanOrEqual(10);
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(refused.body.retry_after as number)));
    expect(outcome(await say(cy, channel, 'somebody else'))).toBe('201');
    ahead += 9000;
    const later = await say(bo, channel, 'nearly');
    expect(outcome(later)).toBe('SLOW_MODE');
    expect(later.body.retry_after).toBeLessThanOrEqual(1);
    ahead += 1000;
    expect(outcome(await say(bo, channel, 'now'))).toBe('201');
  });

  test('[MSG13] deleting does not shorten it, an edit does not wait, who looks after the channel is exempt', async () => {
    const { channel } = await parlour.place(ada, bo);
    await change(channel, { slow_mode_delay: 60 });
    const first = await said(bo, channel, 'first');
    expect(outcome(await bo.rest.patch(pathOf(first), { content: 'edited' }))).toBe('200');
    await bo.rest.delete(pathOf(first));
    expect(outcome(await say(bo, channel, 'second'))).toBe('SLOW_MODE');
    for (const content of ['one', 'two']) {
      const { body } = await say(ada, channel, content);
      expect(body).not.toHaveProperty('slow_mode_delay');
    }
    await change(channel, { slow_mode_delay: 0 });
    expect(outcome(await say(bo, channel, 'third'))).toBe('201');
    await everyoneMay(channel.server_id as string, DEFAULT_PERMISSIONS | Permission.MANAGE_MESSAGES);
    await change(channel, { slow_mode_delay: 60 });
    expect([outcome(await say(bo, channel, 'four')), outcome(await say(bo, channel, 'five'))]).toEqual(['201', '201']);
  });

  test('[MSG13] [CMD8] [E13] a known nonce is answered before it, and a page shows it as it was sent', async () => {
    const { channel } = await parlour.place(ada, bo);
    await change(channel, { slow_mode_delay: 30 });
    const first = await say(bo, channel, 'once', { nonce: 'slow' });
    const again = await say(bo, channel, 'once', { nonce: 'slow' });
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await page(bo, channel)).items).toEqual([first.body]);
    expect(outcome(await say(bo, channel, 'twice', { nonce: 'slower' }))).toBe('SLOW_MODE');
  });

  test('[MSG13] it holds over a restart', async () => {
    await using other = await openParlour();
    const [owner, guest] = [await other.person(), await other.person()];
    const { channel } = await other.place(owner, guest);
    await owner.rest.patch(`${API}/channels/${channel.id}`, { slow_mode_delay: 3600 });
    await said(guest, channel, 'before');
    await other.instance.restart();
    expect(outcome(await say(guest, channel, 'after'))).toBe('SLOW_MODE');
  });
});

describe('where nobody writes', () => {
  test('[MSG17] an archived channel is only read; deleting goes on, and it wakes', async () => {
    const { channel } = await parlour.place(ada, bo);
    const [one, two] = [await said(bo, channel, 'one'), await said(bo, channel, 'two')];
    await change(channel, { is_archived: true });
    for (const who of [ada, bo]) expect(outcome(await say(who, channel, 'three'))).toBe('CHANNEL_ARCHIVED');
    expect(outcome(await bo.rest.patch(pathOf(one), { content: 'edited' }))).toBe('CHANNEL_ARCHIVED');
    expect(outcome(await bo.rest.delete(pathOf(one)))).toBe('204');
    expect((await page(bo, channel)).items.map(({ id }) => id)).toEqual([two.id]);
    await change(channel, { is_archived: false });
    expect(outcome(await say(bo, channel, 'three'))).toBe('201');
  });

  test('[MSG21] neither writes nor edits across a block, and neither is told of it', async () => {
    await parlour.place(ada, bo);
    const dm = await openDm(ada, bo);
    const own = await said(bo, dm, 'while we could');
    await ada.rest.put(`${API}/users/@me/relationships/${bo.id}`, { type: 'blocked' });
    for (const who of [ada, bo]) expect(outcome(await say(who, dm, 'hello?'))).toBe('CANNOT_MESSAGE');
    expect(outcome(await bo.rest.patch(pathOf(own), { content: 'read this' }))).toBe('CANNOT_MESSAGE');
    expect((await page(bo, dm)).items.map(({ id }) => id)).toEqual([own.id]);
    await ada.rest.delete(`${API}/users/@me/relationships/${bo.id}`);
    expect(outcome(await say(bo, dm, 'hello'))).toBe('201');
  });

  test('[MSG1] a voice channel takes text', async () => {
    const { server } = await parlour.place(ada, bo);
    const voice = (
      await ada.rest.post<Channel>(`${API}/servers/${server.id}/channels`, { name: 'talk', type: 'voice' })
    ).body;
    expect(outcome(await say(bo, voice, 'typed'))).toBe('201');
  });
});

describe('threads', () => {
  test('[MSG20] a page says which thread began from a message, brings it, and what is said there names its parent', async () => {
    const { channel } = await parlour.place(ada, bo);
    const [first, other] = [await said(ada, channel, 'begin here'), await said(ada, channel, 'not here')];
    const path = `${API}/channels/${channel.id}/threads`;
    const made = await bo.rest.post<{ id: string }>(path, { name: 'aside', message_id: first.id });
    expect(made.status).toBe(201);
    const thread = made.body as Channel;
    const { items, threads } = await page(bo, channel);
    expect(items.find(({ id }) => id === first.id)?.thread_id).toBe(thread.id);
    expect(items.find(({ id }) => id === other.id)).not.toHaveProperty('thread_id');
    expect(threads.map(({ id, message_id }) => [id, message_id])).toEqual([[thread.id, first.id]]);
    expect((await bo.rest.get<Message>(pathOf(first))).body.thread_id).toBe(thread.id);
    const inside = await said(bo, thread, 'inside');
    expect(inside.parent_id).toBe(channel.id);
    expect((await page(ada, thread)).items).toEqual([inside]);
    const answer = await bo.rest.post<Message>(messagesOf(channel), { content: 'see above', reply_to_id: first.id });
    const around = await page(bo, channel, `?limit=1&before=${'7'.repeat(26)}`);
    expect(around.items.map(({ id }) => id)).toEqual([answer.body.id]);
    expect(around.referenced).toMatchObject([{ id: first.id, thread_id: thread.id }]);
  });
});

describe('deleting', () => {
  test('[MSG18] [LOG17] in bulk: what is there goes, in one event, and is nowhere in the data folder', async () => {
    const { channel } = await parlour.place(ada, bo);
    const all: Message[] = [];
    for (let index = 0; index < 5; index++) all.push(await said(bo, channel, `bulk-heron ${index}`));
    const [kept, gone, ...rest] = all as [Message, Message, ...Message[]];
    await bo.rest.patch(pathOf(rest[0] as Message), { content: 'bulk-heron edited' });
    await ada.rest.delete(pathOf(gone));
    const bulk = (who: Person, ids: string[]) =>
      who.rest.post<{ deleted: string[] }>(`${messagesOf(channel)}/bulk_delete`, { message_ids: ids, reason: 'noise' });
    const ids = rest.map(({ id }) => id);
    expect(outcome(await bulk(bo, ids))).toBe('MISSING_PERMISSION');
    expect(outcome(await bulk(cy, ids))).toBe('UNKNOWN_CHANNEL');
    const tooMany = Array.from({ length: LIMITS.BULK_DELETE + 1 }, () => kept.id);
    expect(outcome(await bulk(ada, tooMany))).toBe('INVALID_PARAMS');
    const { gateway } = await parlour.listen(bo);
    const { body } = await bulk(ada, [...ids, gone.id, ids[0] as string, '01ARZ3NDEKTSV4RRFFQ69G5FAV']);
    expect(body.deleted).toEqual(ids);
    const heard = await gateway.dispatch<EventBody<'MESSAGE_DELETE_BULK'>>('MESSAGE_DELETE_BULK');
    expect(heard.d).toMatchObject({ ids, cause: 'moderator', server_id: channel.server_id });
    expect((await page(bo, channel)).items.map(({ id }) => id)).toEqual([kept.id]);
    expect((await bulk(ada, ids)).body).toEqual({ deleted: [] });
    await ada.rest.delete(pathOf(kept));
    await untilGone(parlour.instance.data, 'bulk-heron');
    expect(grepFolder(parlour.instance.data, 'bulk-heron')).toEqual([]);
  });

  test('[MSG18] [E12] two moderators at once: each message is deleted once', async () => {
    const { channel } = await parlour.place(ada, bo);
    const all: string[] = [];
    for (let index = 0; index < 20; index++) all.push((await said(bo, channel, `${index}`)).id);
    const halves = [all.slice(0, 15), all.slice(5), all.slice(3, 12)];
    const answers = await Promise.all(
      halves.map((message_ids) =>
        ada.rest.post<{ deleted: string[] }>(`${messagesOf(channel)}/bulk_delete`, { message_ids }),
      ),
    );
    expect(answers.map(outcome)).toEqual(['200', '200', '200']);
    expect(answers.flatMap(({ body }) => body.deleted).toSorted()).toEqual(all.toSorted());
  });

  test('[MSG19] of somebody else it says whose it was and where; of oneself it says nothing more', async () => {
    const { channel } = await parlour.place(ada, bo);
    const [theirs, own] = [await said(bo, channel, 'theirs'), await said(bo, channel, 'own')];
    const { gateway } = await parlour.listen(bo);
    expect(outcome(await ada.rest.delete(`${pathOf(theirs)}?reason=rude`))).toBe('204');
    expect((await gateway.dispatch('MESSAGE_DELETE')).d).toEqual({
      id: theirs.id,
      channel_id: channel.id,
      server_id: channel.server_id,
      author_id: bo.id,
    });
    await bo.rest.delete(pathOf(own));
    expect((await gateway.dispatch('MESSAGE_DELETE')).d).toEqual({ id: own.id, channel_id: channel.id });
  });
});
