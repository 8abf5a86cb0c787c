/**
 * The gateway's side of PERM14: every command of the table by op 12, and every opcode, as everybody. The expectations are
 * those of REST, because there is one table of commands and one place where a permission is checked.
 */
import { AUTH_COMMANDS, CHAT_COMMANDS, CloseCode, COMMANDS, Op, type ServerFrame } from '@snug/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { identify, openGateway, type RawGateway } from '../src/index.ts';
import { MISSING } from './authorisation/auth-expectations.ts';
import { EXPECTATIONS } from './authorisation/expectations.ts';
import { openStage, STANDINGS, STRANGERS, type Standing } from './authorisation/stage.ts';

const stage = await openStage();
const { url } = stage.instance;
/** Those who can have a connection at all. */
const CONNECTED = STANDINGS.filter((standing) => standing !== 'nobody' && standing !== 'revoked');
const gateways = new Map<Standing, RawGateway>();
const heard = new Map<Standing, ServerFrame[]>();

beforeAll(async () => {
  for (const standing of CONNECTED) {
    const { gateway } = await identify(url, stage.players[standing].token as string);
    gateways.set(standing, gateway);
    const frames: ServerFrame[] = [];
    heard.set(standing, frames);
    void (async () => {
      for await (const frame of gateway) frames.push(frame);
    })();
  }
});
afterAll(async () => {
  for (const gateway of gateways.values()) await gateway.close();
  await stage.instance[Symbol.asyncDispose]();
});

describe('[PERM14] [CMD1] a command by op 12 has the answer it has over REST', () => {
  const names = Object.keys(CHAT_COMMANDS).filter((name) => COMMANDS[name as keyof typeof COMMANDS].over !== 'gateway');
  describe.each(names)('%s', (name) => {
    const expectations = EXPECTATIONS[name] ?? [];
    test('is expected to answer somehow', () => expect(expectations).not.toEqual([]));
    for (const { what = '', ask, answers } of expectations) {
      test.each(CONNECTED)(`${what} as %s`, async (standing) => {
        const params = await ask(stage, stage.players[standing]);
        const answer = await (gateways.get(standing) as RawGateway).request(name, params);
        const expected = answers[standing];
        expect({ ok: answer.ok, code: answer.error?.code }).toEqual(
          typeof expected === 'number' ? { ok: true, code: undefined } : { ok: false, code: expected },
        );
        if (answer.ok) expect(answer.position, '[DLV18] it says what it is true at').toBeGreaterThan(0);
      });
    }
    test('[GW5] before Identify nobody may call it, whatever anybody may do over REST', async () => {
      await using gateway = await openGateway(url);
      expect(await gateway.request(name, {})).toMatchObject({ ok: false, error: { code: 'NOT_READY' } });
    });
  });

  test.each(Object.keys(AUTH_COMMANDS))('[CMD17] %s is for HTTP only', async (name) => {
    const answer = await (gateways.get('owner') as RawGateway).request(name, {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNKNOWN_COMMAND' } });
  });

  test.each(['constructor', '__proto__', 'toString', '', 'server'])('[CMD17] %j is no command', async (name) => {
    const answer = await (gateways.get('owner') as RawGateway).request(name, {});
    expect(answer).toMatchObject({ ok: false, error: { code: 'UNKNOWN_COMMAND' } });
  });
});

describe('[GW17] session.renew', () => {
  const renew = async (standing: Standing, token: string) => {
    const { gateway } = await identify(url, stage.players[standing].token as string);
    await using _closing = gateway;
    const answer = await gateway.request('session.renew', { token });
    return answer.ok ? 'renewed' : answer.error?.code;
  };
  test('takes a token of the same session, and no other', async () => {
    const { member, owner, revoked } = stage.players;
    const { auth } = stage.instance.running;
    expect(await renew('member', member.token as string)).toBe('renewed');
    expect(await renew('member', owner.token as string)).toBe('TOKEN_INVALID');
    expect(await renew('member', (await auth.openSession(member.id)).access_token)).toBe('TOKEN_INVALID');
    expect(await renew('member', revoked.token as string)).toBe('SESSION_REVOKED');
    expect(await renew('member', 'x')).toBe('TOKEN_INVALID');
  });
});

/** What becomes of one frame: what is answered, or the code the socket closes with. */
type Outcome = { closed: number } | { op: number; t?: string; code?: string };

async function outcomeOf(gateway: RawGateway, frame: { op: number; d?: unknown }): Promise<Outcome> {
  gateway.send(frame);
  // Presence is answered by nothing at all: then a heartbeat sent a while later is what comes next.
  if (frame.op === Op.PRESENCE_UPDATE) setTimeout(() => gateway.send({ op: Op.HEARTBEAT, d: null }), 100).unref();
  const answered = (async (): Promise<Outcome> => {
    for (;;) {
      const { op, t, d } = await gateway.next();
      if (op === Op.HELLO || (op === Op.DISPATCH && !['READY', 'RESUMED', 'SERVER_MEMBERS_CHUNK'].includes(t ?? '')))
        continue;
      const code = (d as { error?: { code: string } } | undefined)?.error?.code;
      return { op, ...(t === undefined ? {} : { t }), ...(code === undefined ? {} : { code }) };
    }
  })();
  answered.catch(() => {});
  return Promise.race([gateway.closed.then(({ code }): Outcome => ({ closed: code })), answered]);
}

const good = (standing: Standing): string => stage.players[standing].token as string;
const presence = { op: Op.PRESENCE_UPDATE, d: { status: 'idle' } };
const voice = { op: Op.VOICE_STATE_UPDATE, d: {} };
const members = (serverId: string) => ({ op: Op.REQUEST_MEMBERS, d: { server_id: serverId } });

describe('[PERM14] every opcode before a connection is anybody', () => {
  const rows: [string, () => { op: number; d?: unknown }, Outcome][] = [
    ['op 1', () => ({ op: Op.HEARTBEAT, d: null }), { op: Op.HEARTBEAT_ACK }],
    ['op 2 with a good token', () => ({ op: 2, d: { token: good('member') } }), { op: Op.DISPATCH, t: 'READY' }],
    ['op 2 with a bad one', () => ({ op: 2, d: { token: 'x' } }), { closed: CloseCode.BAD_TOKEN }],
    [
      'op 2 of a session that was signed out',
      () => ({ op: 2, d: { token: good('revoked') } }),
      { closed: CloseCode.SESSION_REVOKED },
    ],
    ['op 2 without one', () => ({ op: 2, d: {} }), { closed: CloseCode.BAD_FRAME }],
    ['op 3', () => presence, { closed: CloseCode.NOT_IDENTIFIED }],
    ['op 4', () => voice, { op: Op.RESPONSE, code: 'NOT_AVAILABLE' }],
    [
      'op 6 with a good token',
      () => ({ op: 6, d: { token: good('outsider'), seq: stage.instance.running.chat.world.tail } }),
      { op: Op.DISPATCH, t: 'RESUMED' },
    ],
    ['op 6 with a bad one', () => ({ op: 6, d: { token: 'x', seq: 1 } }), { closed: CloseCode.BAD_TOKEN }],
    [
      'op 6 of a session that was signed out',
      () => ({ op: 6, d: { token: good('revoked'), seq: 1 } }),
      { closed: CloseCode.SESSION_REVOKED },
    ],
    [
      'op 6 with a position of nothing',
      () => ({ op: 6, d: { token: good('member'), seq: Number.MAX_SAFE_INTEGER } }),
      { op: Op.INVALID_SESSION },
    ],
    ['op 8', () => members(stage.server.id), { closed: CloseCode.NOT_IDENTIFIED }],
    [
      'op 12',
      () => ({ op: 12, d: { id: 1, command: 'invite.get', params: {} } }),
      { op: Op.RESPONSE, code: 'NOT_READY' },
    ],
    ...[0, 5, 7, 9, 10, 11, 13, 14, -1, 1.5].map((op): [string, () => { op: number }, Outcome] => [
      `op ${op}, which is no client's`,
      () => ({ op, d: {} }),
      { closed: CloseCode.UNKNOWN_OP },
    ]),
  ];
  test('none is left out', () => {
    const covered = new Set(rows.map(([, frame]) => frame().op));
    expect(Object.values(Op).filter((op) => !covered.has(op))).toEqual([]);
  });
  test.each(rows)('%s', async (_title, frame, expected) => {
    await using gateway = await openGateway(url);
    await gateway.until(({ op }) => op === Op.HELLO);
    expect(await outcomeOf(gateway, frame())).toEqual(expected);
  });
});

describe('[PERM14] every opcode of a connection that is somebody', () => {
  const rows: [string, Standing, () => { op: number; d?: unknown }, Outcome][] = [
    ['op 1', 'outsider', () => ({ op: 1, d: 0 }), { op: Op.HEARTBEAT_ACK }],
    ['op 2', 'outsider', () => ({ op: 2, d: { token: good('outsider') } }), { closed: CloseCode.ALREADY_IDENTIFIED }],
    [
      'op 6',
      'outsider',
      () => ({ op: 6, d: { token: good('owner'), seq: 0 } }),
      { closed: CloseCode.ALREADY_IDENTIFIED },
    ],
    ['op 3', 'outsider', () => presence, { op: Op.HEARTBEAT_ACK }],
    ['op 4', 'member', () => voice, { op: Op.RESPONSE, code: 'NOT_AVAILABLE' }],
    ...(['member', 'author', 'owner'] as const).map(
      (standing): [string, Standing, () => { op: number; d: unknown }, Outcome] => [
        'op 8',
        standing,
        () => members(stage.server.id),
        { op: Op.DISPATCH, t: 'SERVER_MEMBERS_CHUNK' },
      ],
    ),
    ...STRANGERS.flatMap((standing): [string, Standing, () => { op: number; d: unknown }, Outcome][] => [
      ['op 8', standing, () => members(stage.server.id), { op: Op.RESPONSE, code: 'UNKNOWN_SERVER' }],
      ['op 8 of nothing', standing, () => members(MISSING), { op: Op.RESPONSE, code: 'UNKNOWN_SERVER' }],
    ]),
  ];
  test.each(rows)('%s as %s', async (_title, standing, frame, expected) => {
    const { gateway } = await identify(url, good(standing));
    await using _closing = gateway;
    expect(await outcomeOf(gateway, frame())).toEqual(expected);
  });

  test('[PERM4] op 8 for somebody who is not a member says nothing of them', async () => {
    const { gateway } = await identify(url, good('member'));
    await using _closing = gateway;
    const { elsewhere, author } = stage.players;
    gateway.send({ op: 8, d: { server_id: stage.server.id, user_ids: [elsewhere.id, author.id, MISSING] } });
    const { d } = await gateway.dispatch<{ members: { user_id: string }[]; presences: { user_id: string }[] }>(
      'SERVER_MEMBERS_CHUNK',
    );
    expect(d.members.map(({ user_id }) => user_id)).toEqual([author.id]);
    expect(d.presences.map(({ user_id }) => user_id)).not.toContain(elsewhere.id);
  });
});

test('[DLV1] after all that, no stranger heard of the server, its channel, or a conversation of others', async () => {
  const { server, channel, message, dm } = stage;
  const said = (standing: Standing) => JSON.stringify(heard.get(standing));
  expect(said('member'), 'the premise: those inside heard of it').toContain(channel.id);
  expect(said('partner'), 'the premise: the other side heard of it').toContain(dm.id);
  for (const standing of STRANGERS) {
    for (const { id } of [server, channel, message]) expect(said(standing), standing).not.toContain(id);
  }
  for (const standing of CONNECTED.filter((one) => one !== 'partner' && one !== 'author')) {
    expect(said(standing), standing).not.toContain(dm.id);
  }
});
