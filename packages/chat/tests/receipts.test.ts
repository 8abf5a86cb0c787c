import { type Channel, type Message, Op, type Receipt } from '@snug/protocol';
import { openGateway, type Person, type RawGateway } from '@snug/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { API, openParlour, outcome, type Parlour, said } from './parlour.ts';

let parlour: Parlour;
let ahead = 0;
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

const updates = (): number => {
  const { world } = parlour.instance.running.chat;
  return world.scopeTails.get(`channel:${dm.id}`) ?? 0;
};
/** Everything that was under way has been recorded or not: a message and its echo pass behind it. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
}

const confirm = (gateway: RawGateway, d: number): void => gateway.send({ op: Op.HEARTBEAT, d });

describe('read', () => {
  test('[RCPT1] [RCPT2] an ack tells the other, in one append with the read state', async () => {
    const message = await said(ada, dm, 'have you seen it?');
    expect((await receipts(ada)).map(({ user_id, read_position }) => [user_id, read_position])).toEqual(
      [ada.id, bo.id].sort().map((id) => [id, 0]),
    );
    const { gateway } = await parlour.listen(ada);
    const own = await parlour.listen(bo);
    expect(outcome(await ack(bo, message))).toBe('200');
    const read = await own.gateway.dispatch<{ read_position: number }>('READ_STATE_UPDATE');
    const told = await gateway.dispatch<Receipt>('RECEIPT_UPDATE');
    expect(told.s).toBe((read.s ?? 0) + 1);
    expect(told.d).toMatchObject({
      user_id: bo.id,
      channel_id: dm.id,
      read_id: message.id,
      delivered_id: message.id,
      read_position: read.d.read_position,
      delivered_position: read.d.read_position,
    });
    expect(await receiptOf(bo)).toEqual(told.d);
    const tail = updates();
    expect(outcome(await ack(bo, message))).toBe('200');
    expect(updates()).toBe(tail);
  });

  test('[RCPT2] whoever does not tell does not tell; what was told stays', async () => {
    const first = await said(ada, dm, 'one');
    await ack(bo, first);
    await bo.rest.patch(`${API}/users/@me/settings`, { sends_receipts: false });
    const second = await said(ada, dm, 'two');
    await ack(bo, second);
    expect(await receiptOf(bo)).toMatchObject({ read_id: first.id });
    await bo.rest.patch(`${API}/users/@me/settings`, { sends_receipts: true });
    await bo.rest.post(`${API}/users/@me/acks`, { acks: [{ channel_id: dm.id, message_id: second.id }] });
    expect(await receiptOf(bo)).toMatchObject({ read_id: first.id });
    const third = await said(ada, dm, 'three');
    await bo.rest.post(`${API}/users/@me/acks`, { acks: [{ channel_id: dm.id, message_id: third.id }] });
    expect(await receiptOf(bo)).toMatchObject({ read_id: third.id });
    const fourth = await said(ada, dm, 'four');
    expect(outcome(await bo.rest.post(`${API}/users/@me/acks/all`, {}))).toBe('200');
    expect(await receiptOf(bo)).toMatchObject({ read_id: fourth.id });
  });

  test('[RCPT1] channels of a server have none, and strangers see none', async () => {
    const { channel } = await parlour.place(ada, bo);
    const message = await said(ada, channel, 'to everybody');
    expect(outcome(await ada.rest.get(path(channel)))).toBe('WRONG_CHANNEL_TYPE');
    expect(outcome(await ada.rest.get(`${API}/channels/${channel.id}/messages/${message.id}/receipts`))).toBe(
      'WRONG_CHANNEL_TYPE',
    );
    await ack(bo, message);
    const cy = await parlour.person();
    expect(outcome(await cy.rest.get(path(dm)))).toBe('UNKNOWN_CHANNEL');
    expect(outcome(await cy.rest.get(`${API}/channels/${dm.id}/messages/${message.id}/receipts`))).toBe(
      'UNKNOWN_CHANNEL',
    );
    expect(outcome(await ada.rest.get(`${API}/channels/${dm.id}/messages/${message.id}/receipts`))).toBe(
      'UNKNOWN_MESSAGE',
    );
  });
});

describe('delivered', () => {
  /** Confirms a position over a transport, as its clients do; answers how to leave. */
  const transports: Record<string, (who: Person, s: number) => Promise<() => Promise<void>>> = {
    'op 1': async (who, s) => {
      const { gateway } = await parlour.listen(who);
      confirm(gateway, s);
      await gateway.until(({ op }) => op === Op.HEARTBEAT_ACK);
      return () => gateway.close();
    },
    resume: async (who, s) => {
      const gateway = await openGateway(parlour.instance.url);
      gateway.send({ op: Op.RESUME, d: { token: who.token, seq: s } });
      await gateway.dispatch('RESUMED');
      return () => gateway.close();
    },
    sync: async (who, s) => {
      expect(outcome(await who.rest.get(`${API}/sync?since=${s}&timeout=0`))).toBe('200');
      return async () => {};
    },
    sse: async (who, s) => {
      const gone = new AbortController();
      const headers = { authorization: `Bearer ${who.token}`, 'last-event-id': String(s) };
      const { body } = await fetch(`${parlour.instance.url}${API}/events`, { headers, signal: gone.signal });
      await body?.getReader().read();
      return async () => gone.abort();
    },
  };

  test.each(Object.keys(transports))('[RCPT3] what %s confirms', async (transport) => {
    const message = await said(ada, dm, 'is it there?');
    const { gateway, ready } = await parlour.listen(ada);
    const s = gateway.cursor;
    expect(ready.user.id).toBe(ada.id);
    await settled();
    expect(await receiptOf(bo)).toMatchObject({ delivered_position: 0, delivered_id: null });
    const leave = await (transports[transport] as (typeof transports)[string])(bo, s);
    const told = await gateway.dispatch<Receipt>('RECEIPT_UPDATE');
    expect(told.d).toMatchObject({ user_id: bo.id, delivered_id: message.id, read_position: 0, read_id: null });
    expect(told.d.delivered_position).toBeLessThanOrEqual(s);
    expect(await receiptOf(bo)).toEqual(told.d);
    await leave();
  });

  test('[RCPT3] nothing new of others is nothing to record, nor is what has not arrived', async () => {
    const { gateway } = await parlour.listen(bo);
    const before = gateway.cursor;
    await said(ada, dm, 'coming');
    const arrived = await gateway.dispatch('MESSAGE_CREATE');
    const tail = updates();
    confirm(gateway, before);
    await settled();
    expect(updates()).toBe(tail);
    confirm(gateway, arrived.s ?? 0);
    await gateway.dispatch('RECEIPT_UPDATE');
    const later = updates();
    // One's own words are no news, and further than it was sent nobody has it.
    await said(bo, dm, 'here');
    await gateway.dispatch('MESSAGE_CREATE');
    ahead += 31_000;
    confirm(gateway, Number.MAX_SAFE_INTEGER);
    await settled();
    expect(updates()).toBe(later + 1);
  });

  test('[RCPT4] at most every 30 s, and once more when the last connection ends', async () => {
    const { gateway } = await parlour.listen(bo);
    const second = await parlour.listen(bo);
    const heard = async (content: string): Promise<Message> => {
      const message = await said(ada, dm, content);
      const { s } = await gateway.dispatch('MESSAGE_CREATE');
      confirm(gateway, s ?? 0);
      await gateway.until(({ op }) => op === Op.HEARTBEAT_ACK);
      await settled();
      return message;
    };
    const one = await heard('one');
    expect((await receiptOf(bo)).delivered_id).toBe(one.id);
    await heard('two');
    await heard('three');
    expect((await receiptOf(bo)).delivered_id).toBe(one.id);
    ahead += 31_000;
    const four = await heard('four');
    expect((await receiptOf(bo)).delivered_id).toBe(four.id);
    const five = await heard('five');
    confirm(second.gateway, 1);
    await second.gateway.until(({ op }) => op === Op.HEARTBEAT_ACK);
    await gateway.close();
    await settled();
    expect((await receiptOf(bo)).delivered_id).toBe(four.id);
    await second.gateway.close();
    await expect.poll(async () => (await receiptOf(bo)).delivered_id).toBe(five.id);
    const tail = updates();
    await settled();
    expect(updates()).toBe(tail);
  });

  test('[RCPT4] an instance that stops records what is left', async () => {
    const own = await openParlour();
    try {
      const [one, other] = [await own.person(), await own.person()];
      await own.place(one, other);
      const channel = (await one.rest.post<Channel>(`${API}/users/@me/channels`, { recipient_id: other.id })).body;
      const { gateway } = await own.listen(other);
      for (const content of ['first', 'second']) {
        await said(one, channel, content);
        const { s } = await gateway.dispatch('MESSAGE_CREATE');
        confirm(gateway, s ?? 0);
        await gateway.until(({ op }) => op === Op.HEARTBEAT_ACK);
        await settled();
      }
      await own.instance.restart();
      const { items } = (await one.rest.get<{ items: Receipt[] }>(path(channel))).body;
      const newest = (await one.rest.get<{ items: Message[] }>(`${API}/channels/${channel.id}/messages`)).body.items[0];
      expect(items.find(({ user_id }) => user_id === other.id)?.delivered_id).toBe(newest?.id);
    } finally {
      await own[Symbol.asyncDispose]();
    }
  });
});
