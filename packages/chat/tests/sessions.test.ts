import type { SyncAnswer } from '@snug/protocol';
import { CloseCode, LIMITS, Op } from '@snug/protocol';
import { identify, ok, openGateway, refusalOf, signIn, startInstance, TRANSPORTS } from '@snug/testkit';
import { House } from '@snug/testkit/suites/house';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Log } from '../src/index.ts';
import { overridingLog } from './overriding-log.ts';

const open = (options: Parameters<typeof startInstance>[0] = {}): Promise<House> =>
  House.open((more) => startInstance({ ...options, ...more }));

/** For tests that need nothing special and leave it running. */
let shared: House;
beforeAll(async () => {
  shared = await open();
});
afterAll(() => shared[Symbol.asyncDispose]());

describe('how a session ends', () => {
  test('[AUTH11] [SYNC8] [SSE6] [E32] signing out ends every connection of that session at once, and no other', async () => {
    const house = shared;
    const { url } = house.instance;
    for (const transport of TRANSPORTS) {
      const leaving = await signIn(url, 'bo');
      const [gone, stays] = [house.journal(leaving), house.journal(house.bo)];
      await gone.connect(transport);
      await stays.connect(transport);
      await house.do(leaving, 'POST', '/auth/logout');
      const how = await gone.current?.ended;
      expect(how).toContain('SESSION_REVOKED');
      if (transport === 'gateway') expect(how).toContain(String(CloseCode.SESSION_REVOKED));
      await house.place(house.bo);
      await stays.until(() => stays.of('SERVER_CREATE').length > 0);
      await stays.drop();
      // The token is good for nothing any more, whatever its end says.
      await gone.attach(transport).live.catch(() => {});
      expect(await gone.current?.ended).toMatch(/4012|401/);
      expect(await refusalOf(leaving.rest.get('/api/v1/users/@me'))).toBe('SESSION_REVOKED');
    }
  });

  test('[AUTH11] [E32] revoking a session while its reader arrives ends it too', async () => {
    let release = (): void => {};
    let asked = (): void => {};
    const isAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let isHolding = false;
    // A log that takes its time to say which positions there are: the reader is neither outside nor in.
    const wrapLog = (log: Log): Log =>
      overridingLog(log, {
        epochs: async () => {
          if (isHolding) {
            asked();
            await held;
          }
          return log.epochs();
        },
      });
    await using house = await open({ wrapLog });
    const leaving = await signIn(house.instance.url, 'bo');
    const journal = house.journal(leaving);
    await journal.connect('gateway');
    await journal.drop();
    isHolding = true;
    const listening = journal.attach('gateway');
    await isAsked;
    await house.do(leaving, 'POST', '/auth/logout');
    release();
    expect(await listening.ended).toContain(String(CloseCode.SESSION_REVOKED));
  });

  test('[AUTH10] [GW16] [GW17] [E32] a connection lives until its token ends; session.renew puts that off', async () => {
    let ahead = 0;
    const now = (): number => Date.now() + ahead;
    await using house = await open({ now });
    const { url } = house.instance;
    const journals = TRANSPORTS.map(() => house.journal(house.bo));
    const listening = await Promise.all(TRANSPORTS.map((transport, index) => journals[index]?.connect(transport)));
    const { gateway } = await identify(url, house.bo.token);
    await using _closing = gateway;
    ahead = 14 * 60_000;
    const fresh = await ok(
      house.bo.rest.post<{ access_token: string }>('/api/v1/auth/refresh', {
        refresh_token: house.bo.refreshToken,
      }),
    );
    const renewed = await gateway.request<{ expires_at: number }>('session.renew', { token: fresh.access_token });
    expect(renewed).toMatchObject({ ok: true, result: { expires_at: expect.any(Number) } });
    expect(renewed.result?.expires_at).toBeGreaterThan(now() + 14 * 60_000);
    ahead = 16 * 60_000;
    const endings = await Promise.all(listening.map((one) => one?.ended));
    expect(endings[0]).toBe(`${CloseCode.TOKEN_EXPIRED} TOKEN_EXPIRED`);
    expect(endings[1]).toContain('401 TOKEN_EXPIRED');
    expect(endings[2]).toContain('TOKEN_EXPIRED');
    expect(await gateway.request('user.me')).toMatchObject({ ok: true });
    // The same cursor goes on with the new token.
    const [first] = journals;
    const again = house.journal({ ...house.bo, token: fresh.access_token });
    again.cursor = first?.cursor ?? null;
    await again.connect('gateway');
    await again.drop();
    expect(again.resets).toEqual([]);
  });

  test('[GW17] a token of another session, or of somebody else, renews nothing', async () => {
    const house = shared;
    const { gateway } = await identify(house.instance.url, house.bo.token);
    await using _closing = gateway;
    const other = await signIn(house.instance.url, 'bo');
    for (const token of [other.token, house.cy.token, 'nonsense'])
      expect(await gateway.request('session.renew', { token })).toMatchObject({
        ok: false,
        error: { code: 'TOKEN_INVALID' },
      });
    expect(await gateway.request('session.renew', { token: house.bo.token })).toMatchObject({ ok: true });
  });

  test('[GW14] [SRV9] a drain tells sockets to come back, closes them resumably, and ends polls and streams', async () => {
    await using house = await open();
    const { gateway } = await identify(house.instance.url, house.bo.token);
    const others = await Promise.all(
      (['sync', 'sse'] as const).map((transport) => house.journal(house.bo).connect(transport)),
    );
    const stopping = house.instance.stop();
    await gateway.until(({ op }) => op === Op.RECONNECT);
    expect(await gateway.closed).toMatchObject({ code: CloseCode.SHUTTING_DOWN });
    expect(await others[1]?.ended).toContain('SHUTTING_DOWN');
    await others[0]?.ended;
    await stopping;
  });
});

describe('long poll', () => {
  test('[SYNC1] [SYNC3] [SYNC4] [SYNC7] says what since and timeout may be', async () => {
    const house = shared;
    const { rest } = house.bo;
    const first = (await rest.get<SyncAnswer>('/api/v1/sync')).body;
    expect(first).toMatchObject({ next: expect.any(Number), events: [], snapshot: { user: { id: house.bo.id } } });
    for (const since of ['', ' ', '-1', '1.5', '1e3', '0x10', 'x', '99999999999999999', '9007199254740993'])
      expect([since, await refusalOf(rest.get(`/api/v1/sync?since=${encodeURIComponent(since)}`))]).toEqual([
        since,
        'INVALID_PARAMS',
      ]);
    for (const timeout of ['-1', 'soon', ''])
      expect(await refusalOf(rest.get(`/api/v1/sync?since=${first.next}&timeout=${timeout}`))).toBe('INVALID_PARAMS');
    const nothing = (await rest.get<SyncAnswer>(`/api/v1/sync?since=${first.next}&timeout=0`)).body;
    expect(nothing).toEqual({ next: first.next, events: [], ephemeral: [] });
    // Longer than may be waited is no mistake: it is clamped, and answered as soon as there is something to say.
    const patient = rest.get<SyncAnswer>(`/api/v1/sync?since=${first.next}&timeout=${LIMITS.SYNC_TIMEOUT_MAX * 1000}`);
    await house.do(house.bo, 'PATCH', '/users/@me', { display_name: 'Bo' });
    const { events, next } = (await patient).body;
    expect(events[0]?.t).toBe('USER_UPDATE');
    expect(next).toBe(events.at(-1)?.s);
  });

  test('[SYNC2] an answer that is full is given, and the next goes on where it ended', async () => {
    const house = shared;
    const { channel } = await house.place(house.bo);
    const { rest } = house.bo;
    let since = (await rest.get<SyncAnswer>('/api/v1/sync')).body.next;
    const { chat } = house.instance.running;
    const ada = await chat.actorOf(house.ada.token, 'many');
    const send = (index: number) => chat.dispatch('message.send', { channel_id: channel.id, content: `${index}` }, ada);
    await Promise.all(Array.from({ length: 2500 }, (_, index) => send(index)));
    const sizes: number[] = [];
    const heard: number[] = [];
    for (let size = -1; size !== 0; ) {
      const { events, next } = (await rest.get<SyncAnswer>(`/api/v1/sync?since=${since}&timeout=0`)).body;
      size = events.length;
      sizes.push(size);
      heard.push(...events.map(({ d }) => Number((d as { content: string }).content)));
      since = next;
    }
    expect(sizes).toEqual([1000, 1000, 500, 0]);
    expect(heard).toEqual(Array.from({ length: 2500 }, (_, index) => index));
  });
});

describe('gateway', () => {
  test('[GW13] [GW6] [GW5] op 4 is refused by name and the connection stays; op 1 moves the cursor', async () => {
    const house = shared;
    const { gateway, ready } = await identify(house.instance.url, house.bo.token);
    await using _closing = gateway;
    gateway.send({ op: Op.VOICE_STATE_UPDATE, d: {} });
    const refused = await gateway.until(({ op }) => op === Op.RESPONSE);
    expect(refused.d).toMatchObject({ id: 0, ok: false, error: { code: 'NOT_AVAILABLE' } });
    const foreign = await house.place();
    await house.say(house.ada, foreign.channel.id, 'not for bo');
    gateway.send({ op: Op.HEARTBEAT, d: ready.s });
    const ack = await gateway.until(({ op }) => op === Op.HEARTBEAT_ACK);
    expect(ack.s).toBe(await house.head());
    expect(ack.s).toBeGreaterThan(ready.s as number);
    gateway.send({ op: Op.IDENTIFY, d: { token: house.bo.token } });
    expect((await gateway.closed).code).toBe(CloseCode.ALREADY_IDENTIFIED);
  });

  test('[GW4] [DLV9] after op 9 the same socket identifies, and hears what follows', async () => {
    const house = shared;
    const { channel } = await house.place(house.bo);
    const gateway = await openGateway(house.instance.url);
    await using _closing = gateway;
    gateway.send({ op: Op.RESUME, d: { token: house.bo.token, seq: 1_000_000_000 } });
    const invalid = await gateway.until(({ op }) => op === Op.INVALID_SESSION);
    expect(invalid).toEqual({ op: Op.INVALID_SESSION, d: false, reason: 'UNKNOWN_POSITION' });
    gateway.send({ op: Op.IDENTIFY, d: { token: house.bo.token } });
    const ready = await gateway.dispatch('READY');
    expect(ready.s).toBe(await house.head());
    const [said] = await house.say(house.ada, channel.id, 'hello again');
    expect((await gateway.dispatch<{ id: string }>('MESSAGE_CREATE')).d.id).toBe(said?.id);
  });

  test('[GW10] [CMD12] [E14] requests of one connection on one channel are decided in the order they came', async () => {
    const house = shared;
    const { channel } = await house.place(house.bo);
    const { gateway } = await identify(house.instance.url, house.ada.token);
    await using _closing = gateway;
    const [first] = await house.say(house.ada, channel.id, 'replied to');
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        // A reply has to be looked up first; what follows it must not overtake it.
        gateway.request<{ id: string }>('message.send', {
          channel_id: channel.id,
          content: `${index}`,
          ...(index % 3 === 0 ? { reply_to_id: first?.id } : {}),
        }),
      ),
    );
    const positions = answers.map(({ position }) => position as number);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    const ids = answers.map(({ result }) => result?.id as string);
    expect(ids).toEqual(ids.toSorted());
  });
});
