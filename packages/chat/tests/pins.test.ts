import type { Channel, EventBody, Message, User } from '@snug/protocol';
import { LIMITS } from '@snug/protocol';
import type { Person } from '@snug/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, openDm, openParlour, outcome, type Parlour, page, pathOf, readOf, said } from './parlour.ts';

let parlour: Parlour;
let ada: Person;
let bo: Person;
let cy: Person;
beforeAll(async () => {
  parlour = await openParlour();
  [ada, bo, cy] = (await Promise.all([1, 2, 3].map(() => parlour.person()))) as [Person, Person, Person];
});
afterAll(() => parlour[Symbol.asyncDispose]());

interface Pins {
  readonly items: readonly { message: Message; pinned_by: string; pinned_at: string }[];
  readonly has_more: boolean;
  readonly next: string | null;
  readonly users: readonly User[];
}

const pinPath = ({ id, channel_id }: Message): string => `${API}/channels/${channel_id}/pins/${id}`;
const pin = (who: Person, message: Message) => who.rest.put(pinPath(message));
const unpin = (who: Person, message: Message) => who.rest.delete(pinPath(message));
const pins = async (who: Person, channel: Channel, query = ''): Promise<Pins> =>
  (await who.rest.get<Pins>(`${API}/channels/${channel.id}/pins${query}`)).body;
const many = async (who: Person, channel: Channel, count: number): Promise<Message[]> => {
  const all: Message[] = [];
  for (let index = 0; index < count; index++) all.push(await said(who, channel, `message ${index}`));
  return all;
};

describe('pinning', () => {
  test('[PIN1] [PIN2] who looks after messages pins, once; the channel says so, and it is never unread', async () => {
    const { channel } = await parlour.place(ada, bo);
    const [message] = (await many(bo, channel, 1)) as [Message];
    expect(outcome(await pin(bo, message))).toBe('MISSING_PERMISSION');
    expect(outcome(await pin(cy, message))).toBe('UNKNOWN_CHANNEL');
    const { gateway } = await parlour.listen(bo);
    const outcomes = (await Promise.all([pin(ada, message), pin(ada, message)])).map(outcome);
    expect([...outcomes, outcome(await pin(ada, message))]).toEqual(['204', '204', '204']);
    const pinned = await gateway.dispatch<EventBody<'MESSAGE_PIN'>>('MESSAGE_PIN');
    const told = await gateway.dispatch<Message>('MESSAGE_CREATE');
    expect(pinned.d).toMatchObject({ message_id: message.id, pinned_by: ada.id });
    expect(told.d).toMatchObject({ type: 'channel_pinned', reply_to_id: message.id, author_id: ada.id, content: '' });
    expect(told.s).toBe((pinned.s as number) + 1);
    const shown = await page(bo, channel);
    expect(shown.items.map(({ type, is_pinned }) => [type, is_pinned])).toEqual([
      ['channel_pinned', false],
      ['default', true],
    ]);
    expect((await readOf(bo, channel)).unread_count).toBe(0);
    // Nobody edits what the channel says.
    const edited = ada.rest.patch(pathOf(told.d), { content: 'I said so' });
    expect(outcome(await edited)).toBe('NOT_THE_AUTHOR');
  });

  test('[PIN1] [MSG21] in a DM both pin, as long as neither blocks the other', async () => {
    await parlour.place(ada, bo);
    const dm = await openDm(ada, bo);
    const [one, two] = (await many(ada, dm, 2)) as [Message, Message];
    expect(outcome(await pin(bo, one))).toBe('204');
    expect((await pins(ada, dm)).items.map(({ message }) => message.id)).toEqual([one.id]);
    await ada.rest.put(`${API}/users/@me/relationships/${bo.id}`, { type: 'blocked' });
    expect(outcome(await pin(bo, two))).toBe('CANNOT_MESSAGE');
    expect(outcome(await unpin(bo, one))).toBe('204');
    await ada.rest.delete(`${API}/users/@me/relationships/${bo.id}`);
  });

  test('[PIN3] so many pins and no more, also when all come at once', async () => {
    const { channel } = await parlour.place(ada);
    const all = await many(ada, channel, LIMITS.PINS_PER_CHANNEL + 5);
    const outcomes = (await Promise.all(all.map((message) => pin(ada, message)))).map(outcome);
    expect(outcomes.filter((one) => one === '204')).toHaveLength(LIMITS.PINS_PER_CHANNEL);
    expect(outcomes.filter((one) => one === 'LIMIT_REACHED')).toHaveLength(5);
    const [first] = (await pins(ada, channel)).items;
    expect(outcome(await unpin(ada, first?.message as Message))).toBe('204');
    const left = all.filter((_, index) => outcomes[index] === 'LIMIT_REACHED') as [Message];
    expect(outcome(await pin(ada, left[0]))).toBe('204');
  });

  test('[PIN4] [MSG20] the latest pin first, page by page, with people and reactions', async () => {
    const { channel } = await parlour.place(ada, bo);
    const all = await many(bo, channel, 7);
    const order = [3, 0, 6, 2, 5, 1, 4].map((index) => all[index] as Message);
    for (const message of order) await pin(ada, message);
    await bo.rest.put(`${pathOf(order[6] as Message)}/reactions/${encodeURIComponent('👍')}/@me`);
    const listed: string[] = [];
    for (let query = '?limit=3'; ; ) {
      const { items, has_more, next, users } = await pins(bo, channel, query);
      listed.push(...items.map(({ message }) => message.id));
      expect(users.map(({ id }) => id).toSorted()).toEqual([ada.id, bo.id].toSorted());
      expect(next === null).toBe(!has_more);
      if (next === null) break;
      query = `?limit=3&cursor=${next}`;
    }
    expect(listed).toEqual(order.toReversed().map(({ id }) => id));
    expect((await pins(bo, channel, '?limit=1')).items[0]).toMatchObject({
      pinned_by: ada.id,
      message: { is_pinned: true, reactions: [{ emoji: '👍', count: 1, me: true }] },
    });
    expect(outcome(await bo.rest.get(`${API}/channels/${channel.id}/pins?cursor=x`))).toBe('INVALID_PARAMS');
    expect(outcome(await cy.rest.get(`${API}/channels/${channel.id}/pins`))).toBe('UNKNOWN_CHANNEL');
  });

  test('[PIN5] [PIN6] [MSG17] deleting unpins, read states say when the last pin was, nothing is pinned in an archive', async () => {
    const { channel } = await parlour.place(ada, bo);
    const [one, two, three] = (await many(bo, channel, 3)) as [Message, Message, Message];
    for (const message of [one, two]) await pin(ada, message);
    const at = (await pins(bo, channel)).items[0]?.pinned_at;
    expect((await bo.rest.get<Channel>(`${API}/channels/${channel.id}`)).body.last_pin_at).toBe(at);
    expect((await readOf(bo, channel)).last_pin_timestamp).toBe(at);
    await bo.rest.delete(pathOf(two));
    expect((await pins(bo, channel)).items.map(({ message }) => message.id)).toEqual([one.id]);
    expect(outcome(await unpin(ada, two))).toBe('UNKNOWN_MESSAGE');
    const { gateway } = await parlour.listen(bo);
    expect(outcome(await unpin(ada, one))).toBe('204');
    expect((await gateway.dispatch('MESSAGE_UNPIN')).d).toMatchObject({ channel_id: channel.id, message_id: one.id });
    expect(outcome(await unpin(ada, one))).toBe('204');
    expect((await page(bo, channel)).items.filter(({ is_pinned }) => is_pinned)).toEqual([]);
    await ada.rest.patch(`${API}/channels/${channel.id}`, { is_archived: true });
    expect(outcome(await pin(ada, three))).toBe('CHANNEL_ARCHIVED');
  });
});
