import type { Logger } from '@snug/edge';
import { type Channel, type Message, type MessageAck, Op, type Ready, type Receipt } from '@snug/protocol';
import type { Person, RawGateway } from '@snug/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Deliveries } from '../src/features/receipts/deliveries.ts';
import { API, openParlour, type Parlour, said } from './parlour.ts';
import { actor } from './people.ts';

let parlour: Parlour;
const ahead = 0;
let ada: Person;
let bo: Person;
let dm: Channel;
beforeAll(async () => {
  parlour = await openParlour({ now: () => Date.now() + ahead });
});
afterAll(() => parlour[Symbol.asyncDispose]());

beforeEach(async () => {
  [ada, bo] = [await parlour.person(), await parlour.person()];
  await parlour.place(ada, bo);
  dm = (await ada.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: bo.id })).body;
});

const path = ({ id }: Pick<Channel, 'id'>): string => `${API}/channels/${id}/receipts`;
const receipts = async (who: Person, channel = dm): Promise<Receipt[]> =>
  (await who.rest.get<{ items: Receipt[] }>(path(channel))).body.items;
const receiptOf = async (who: Person, channel = dm): Promise<Receipt> =>
  (await receipts(ada, channel)).find(({ user_id }) => user_id === who.id) as Receipt;
const ack = (who: Person, { id, channel_id }: Message) =>
  who.rest.post(`${API}/channels/${channel_id}/messages/${id}/ack`, {});
const acksOf = async (who: Person, { id, channel_id }: Message): Promise<MessageAck[]> =>
  (await who.rest.get<{ items: MessageAck[] }>(`${API}/channels/${channel_id}/messages/${id}/receipts`)).body.items;

/** Everything that was under way has been recorded or not: a message and its echo pass behind it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
}

const confirm = (gateway: RawGateway, d: number): void => gateway.send({ op: Op.HEARTBEAT, d });

describe('both', () => {
  test('[RCPT5] watermarks only rise, whatever comes at once', async () => {
    const messages: Message[] = [];
    for (let count = 0; count < 10; count++) messages.push(await said(ada, dm, `message ${count}`));
    const { gateway } = await parlour.listen(ada);
    const listening = await Promise.all([parlour.listen(bo), parlour.listen(bo)]);
    const shuffled = [7, 2, 9, 0, 5, 1, 8, 3, 6, 4].map((index) => messages[index] as Message);
    await Promise.all([
      ...shuffled.map((message) => ack(bo, message)),
      ...listening.map(async (one, index) => confirm(one.gateway, one.gateway.cursor - index)),
    ]);
    await ada.rest.patch(`${API}/users/@me`, { bio: 'marker' });
    const seen: Receipt[] = [];
    await gateway.until(({ t, d }) => {
      if (t === 'RECEIPT_UPDATE') seen.push(d as Receipt);
      return t === 'USER_UPDATE';
    });
    expect(seen.length).toBeGreaterThan(0);
    for (const [index, { read_position, delivered_position }] of seen.entries()) {
      expect(read_position).toBeGreaterThanOrEqual(seen[index - 1]?.read_position ?? 0);
      expect(delivered_position).toBeGreaterThanOrEqual(seen[index - 1]?.delivered_position ?? 0);
    }
    await settled();
    expect(await receiptOf(bo)).toMatchObject({ read_id: messages[9]?.id, delivered_id: messages[9]?.id });
  });

  test('[RCPT5] [CMD7] neither watermark is lost when both are decided before either commits', async () => {
    const { chat } = parlour.instance.running;
    const faults: unknown[] = [];
    const logger = { error: (fault: unknown) => faults.push(fault) } as unknown as Logger;
    const channel_id = dm.id;
    const acking = (message: Message) =>
      chat.dispatch('read.ack', { channel_id, message_id: message.id }, { ...actor(1), userId: bo.id });
    const appended = async (): Promise<void> => {
      for (let turn = 0; turn < 50; turn++) await null;
    };
    await acking(await said(ada, dm, 'known already'));
    const first = await said(ada, dm, 'first');
    const second = await said(ada, dm, 'second');
    // What is delivered is on its way; the ack was decided without it.
    const deliveries = new Deliveries(chat.log, chat.world, Date.now, logger);
    deliveries.confirmed({ userId: bo.id }, chat.world.tail);
    await appended();
    await acking(first);
    await deliveries.close();
    expect(await receiptOf(bo)).toMatchObject({ read_id: first.id, delivered_id: second.id });
    // The other way round: the ack is on its way.
    const third = await said(ada, dm, 'third');
    const later = new Deliveries(chat.log, chat.world, Date.now, logger);
    const told = acking(second);
    await appended();
    later.confirmed({ userId: bo.id }, chat.world.tail);
    await told;
    await later.close();
    expect(await receiptOf(bo)).toMatchObject({ read_id: second.id });
    await later.close();
    const last = new Deliveries(chat.log, chat.world, Date.now, logger);
    last.confirmed({ userId: bo.id }, chat.world.tail);
    await last.close();
    expect(await receiptOf(bo)).toMatchObject({ read_id: second.id, delivered_id: third.id });
    expect(faults).toEqual([]);
  });

  test('[RCPT6] of one message in a group: whom it reached, and who read it', async () => {
    const [cy, dee] = [await parlour.person(), await parlour.person()];
    const asked = { recipient_ids: [bo.id, cy.id, dee.id] };
    await ada.rest.patch(`${API}/users/@me`, { bio: 'host' });
    const group = (await ada.rest.post<Channel>(`${API}/users/@me/groups`, asked)).body;
    const first = await said(ada, group, 'first');
    await ack(bo, first);
    const second = await said(ada, group, 'second');
    const { gateway } = await parlour.listen(cy);
    confirm(gateway, gateway.cursor);
    await gateway.dispatch('RECEIPT_UPDATE');
    const summary = (items: MessageAck[]) =>
      Object.fromEntries(items.map(({ user_id, read_at }) => [user_id, read_at !== null]));
    expect(summary(await acksOf(ada, first))).toEqual({ [bo.id]: true, [cy.id]: false });
    expect(summary(await acksOf(dee, second))).toEqual({ [cy.id]: false });
    expect(
      (await acksOf(ada, first)).every(
        ({ message_id, delivered_at }) => message_id === first.id && Date.parse(delivered_at) > 0,
      ),
    ).toBe(true);
    const { ready } = (await parlour.listen(dee)) as { ready: Ready };
    expect(ready.dms.map(({ id }) => id)).toContain(group.id);
  });
});
