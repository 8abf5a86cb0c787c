/**
 * The long suite: more than 100,000 malformed and hostile inputs against an instance in a process of its own (CMD16).
 * A failure names the seed; FUZZ_SEED=<seed> makes the same inputs again. FUZZ_SCALE=0.1 makes a tenth of them.
 */
import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import { CloseCode, type Problem } from '@snug/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CLI, send } from '../src/index.ts';
import { askAll, FrameRun } from './fuzz/gateway-runs.ts';
import { hostileFrame, requestFrame } from './fuzz/hostile-frames.ts';
import { hostileRequest } from './fuzz/hostile-requests.ts';
import { HttpLane, takeAnswer } from './fuzz/http-lane.ts';
import { faultOf } from './fuzz/judge.ts';
import { closeCodes, exchange, floodUnread, handshake, wsFrame } from './fuzz/raw-bytes.ts';
import { rawFrames, rawHttp } from './fuzz/raw-inputs.ts';
import { SlowSockets } from './fuzz/slow-sockets.ts';
import { type Memory, memoryOf, openTarget, replenish, type Target } from './fuzz/target.ts';
import { Witness } from './fuzz/witness.ts';

const SEED = Number(process.env.FUZZ_SEED ?? randomInt(2 ** 31 - 1));
const SCALE = Number(process.env.FUZZ_SCALE ?? 1);
const ROUNDS = 10;
const COUNTS = {
  rest: Math.ceil(5600 * SCALE),
  hashing: Math.ceil(24 * SCALE),
  requests: Math.ceil(4200 * SCALE),
  frames: Math.ceil(200 * SCALE),
  rawHttp: Math.ceil(300 * SCALE),
  rawFrames: Math.ceil(120 * SCALE),
};
const LIMIT_MS = 240_000;
/** What was sent whole, our half of the connection closed after it, is answered and closed within this time. */
const CLOSING_MS = 10_000;
/** What was sent in part may be waited for; this is how long we look. */
const SETTLE_MS = 100;
/** RFC 6455: the server met a condition it did not foresee. */
const INTERNAL_ERROR = 1011;
const MB = 2 ** 20;

/** Each costs a tenth of a second of a core, so these are asked less often. */
const HASHING = new Set(['auth.register', 'auth.login', 'auth.change_password', 'auth.update_me']);
/** Would take away from the others what they ask about, or who they are. */
const ENDING = new Set([
  'auth.logout',
  'server.delete',
  'server.transfer',
  'channel.delete',
  'member.remove',
  'member.update',
  'ban.create',
  'role.update',
]);
/** Would end those who ask, or part them, for all rounds to come; their own tests try these with hostile inputs. */
const RUINOUS = new Set([
  'auth.delete_account',
  'admin.suspend_user',
  'admin.set_admin',
  'admin.reset_password',
  'admin.delete_user',
  'admin.update_instance',
  'relationship.set',
]);

let target: Target;
let witness: Witness;
let baseline: Memory;
let slow: SlowSockets;
const counted: Record<string, number> = {};
const codes = new Map<string, number>();

beforeAll(async () => {
  target = await openTarget();
  slow = new SlowSockets(target.snug.port, 20);
  witness = await Witness.begin(target.snug.url);
}, 60_000);
afterAll(async () => {
  slow?.close();
  await target?.snug[Symbol.asyncDispose]();
});

/** Counts the input, and fails with what it takes to see it again. */
function check(kind: string, fault: string | null, input: Buffer | string): void {
  counted[kind] = (counted[kind] ?? 0) + 1;
  if (fault === null) return;
  throw new Error(`FUZZ_SEED=${SEED} ${kind}: ${fault}\n${JSON.stringify(input.toString('latin1').slice(0, 2000))}`);
}

/** Runs the work on all items, so many at once. */
async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items.values();
  const workers = Array.from({ length: width }, async () => {
    for (const item of queue) await work(item);
  });
  await Promise.all(workers);
}

function requestsOf(round: number) {
  const { served, words, owner, member, admin } = target;
  const tokens = [owner.token, owner.token, owner.token, member.token, admin.token];
  const arbitraryOf = (fits: (name: string) => boolean) =>
    fc.oneof(
      ...served.operations
        .filter(({ name }) => fits(name))
        .map((operation) => ({
          weight: ENDING.has(operation.name) ? 1 : 8,
          arbitrary: hostileRequest(operation, served, words, tokens),
        })),
    );
  const seed = SEED + round;
  return [
    ...fc.sample(
      arbitraryOf((name) => !HASHING.has(name) && !RUINOUS.has(name) && name !== 'auth.logout'),
      { seed, numRuns: COUNTS.rest },
    ),
    ...fc.sample(
      arbitraryOf((name) => HASHING.has(name)),
      { seed, numRuns: COUNTS.hashing },
    ),
  ];
}

async function restRound(round: number): Promise<void> {
  await replenish(target);
  const requests = requestsOf(round);
  const lanes = Array.from({ length: 6 }, () => new HttpLane(target.snug.port, 12));
  let next = 0;
  try {
    await inParallel(requests, lanes.length * 12, async ({ operation, bytes, isAddressed }) => {
      const lane = lanes[next++ % lanes.length] as HttpLane;
      const answer = await lane.send(bytes);
      check('rest', faultOf(answer, isAddressed ? operation : undefined), bytes);
      const code = answer.status < 400 ? 'accepted' : (JSON.parse(answer.body) as Problem).code;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    });
  } finally {
    for (const lane of lanes) lane.close();
  }
}

test('[CMD16] REST: hostile bodies, queries, paths and headers of every operation', { timeout: LIMIT_MS }, async () => {
  for (let round = 0; round < ROUNDS; round++) {
    await restRound(round);
    if (round === 0) baseline = await memoryOf(target.snug);
  }
  expect(codes.get('accepted'), 'the premise: some were good').toBeGreaterThan((counted.rest as number) / 50);
  expect(codes.size, 'the premise: they were wrong in many ways').toBeGreaterThan(12);
});

test('[CMD16] [GW10] op 12: hostile parameters of every command, each answered once', {
  timeout: LIMIT_MS,
}, async () => {
  const { served, words, owner, member, snug } = target;
  const everything = requestFrame(served, words, new Set([...HASHING, ...RUINOUS, 'auth.logout']));
  const harmless = requestFrame(served, words, new Set([...HASHING, ...RUINOUS, ...ENDING]));
  for (let round = 0; round < ROUNDS; round++) {
    await replenish(target);
    const frames = [
      ...fc.sample(harmless, { seed: SEED + round, numRuns: COUNTS.requests }),
      ...fc.sample(everything, { seed: SEED - round, numRuns: COUNTS.requests / 20 }),
    ];
    const size = Math.ceil(frames.length / 4);
    const parts = Array.from({ length: 4 }, (_, part) => frames.slice(part * size, (part + 1) * size));
    // A thousand deep is deeper than a connection may go: the rest is told so, by name.
    const depths = [60, 60, 60, 1000];
    await Promise.all(
      parts.map((part, index) =>
        askAll(
          { url: snug.url, token: index === 1 ? member.token : owner.token },
          part,
          depths[index] as number,
          (fault, frame) => check('op 12', fault, JSON.stringify(frame)),
        ),
      ),
    );
  }
});

test('[CMD16] [GW8] frames of every opcode and none, before and after Identify', { timeout: LIMIT_MS }, async () => {
  const { words, owner, snug } = target;
  const frames = fc.sample(hostileFrame(words), { seed: SEED, numRuns: COUNTS.frames * ROUNDS });
  const runs = [null, null, owner.token, owner.token].map((token) => new FrameRun(snug.url, token));
  const free = [...runs];
  await inParallel(frames, runs.length, async (frame) => {
    const run = free.pop() as FrameRun;
    check('frame', await run.try(frame), frame);
    free.push(run);
  });
  for (const run of runs) await run.close();
});

test('[CMD16] [ERR9] bytes that are hardly HTTP', { timeout: LIMIT_MS }, async () => {
  const inputs = fc.sample(rawHttp, { seed: SEED, numRuns: COUNTS.rawHttp * ROUNDS });
  let answers = 0;
  await inParallel(inputs, 32, async (pieces) => {
    const input = Buffer.concat(pieces);
    const { received, isClosed } = await exchange(target.snug.port, pieces, CLOSING_MS, true);
    let fault = isClosed ? null : 'still open after both of us had said everything';
    let rest = received;
    while (rest.length > 0 && fault === null && !rest.subarray(0, 12).equals(Buffer.from('HTTP/1.1 101'))) {
      const taken = takeAnswer(rest);
      // What is left is the head of an answer to HEAD.
      if (taken === null) break;
      answers += 1;
      fault = faultOf(taken.answer);
      rest = taken.rest;
    }
    check('bytes', fault, input);
  });
  expect(answers, 'the premise: most of it was answered').toBeGreaterThan(inputs.length / 2);
});

test('[CMD16] bytes that are hardly WebSocket', { timeout: LIMIT_MS }, async () => {
  const inputs = fc.sample(rawFrames, { seed: SEED, numRuns: COUNTS.rawFrames * ROUNDS });
  const seen = new Set<number>();
  await inParallel(inputs, 32, async (pieces) => {
    const { received } = await exchange(target.snug.port, pieces, SETTLE_MS);
    const closedWith = closeCodes(received);
    for (const code of closedWith) seen.add(code);
    // Any other code may be an echo of what came in a close frame.
    const failure = closedWith.find((code) => code === CloseCode.UNKNOWN_ERROR || code === INTERNAL_ERROR);
    check('socket bytes', failure === undefined ? null : `closed with ${failure}`, Buffer.concat(pieces));
  });
  expect(seen.size, 'the premise: they were closed in several ways').toBeGreaterThan(3);
});

test('[DLV21] whoever writes and never reads is read no further, and fills no memory', {
  timeout: LIMIT_MS,
}, async () => {
  const { snug, owner, words } = target;
  await replenish(target);
  const [channelId = ''] = words.byField.channel_id ?? [];
  for (let n = 0; n < 20; n++) await send(owner, channelId, 'x'.repeat(4000));
  const text = (frame: object): Buffer => wsFrame({ opcode: 1, payload: Buffer.from(JSON.stringify(frame)) });
  const many = (one: Buffer, count: number): Buffer => Buffer.concat(Array.from({ length: count }, () => one));
  const list = text({ op: 12, d: { id: 1, command: 'message.list', params: { channel_id: channelId } } });
  const before = await memoryOf(snug);
  const floods = await Promise.all([
    floodUnread(snug.port, handshake(), many(wsFrame({ opcode: 9, payload: Buffer.alloc(125) }), 400), 200 * MB),
    floodUnread(snug.port, handshake(), many(text({ op: 1 }), 2000), 200 * MB),
    floodUnread(snug.port, handshake(`?token=${owner.token}`), many(list, 300), 200 * MB),
    floodUnread(
      snug.port,
      Buffer.alloc(0),
      many(Buffer.from('GET /api/v1/openapi.json HTTP/1.1\r\nhost: x\r\n\r\n'), 500),
      200 * MB,
    ),
  ]);
  for (const { end } of floods) expect(['held back', 'closed']).toContain(end);
  const after = await memoryOf(snug);
  expect(after.resident - before.resident, JSON.stringify(floods)).toBeLessThan(300 * MB);
});

test('[CMD16] after all that it is as it was', { timeout: LIMIT_MS }, async () => {
  const { snug } = target;
  const total = Object.values(counted).reduce((sum, count) => sum + count, 0);
  console.log(`seed ${SEED}: ${total} inputs`, counted);
  expect(total).toBeGreaterThanOrEqual(100_000 * Math.min(1, SCALE));
  expect(snug.isRunning).toBe(true);
  expect((await fetch(`${snug.url}/readyz`)).status).toBe(200);
  const { said, heard, slowest } = await witness.end();
  expect(said.length, 'the premise: they talked all the time').toBeGreaterThan(10);
  expect(heard, 'exactly what was said, in order').toEqual(said);
  expect(slowest, 'ms until a message was heard').toBeLessThan(10_000);
  expect(await slow.stillOpen(), 'requests that never come to an end are ended').toBe(0);
  expect(slow.answers().map((answer) => faultOf(answer) ?? answer.status)).toEqual(
    Array.from({ length: 20 }, () => 400),
  );
  const now = await memoryOf(snug);
  expect(now.heap - baseline.heap, `heap ${baseline.heap} -> ${now.heap}`).toBeLessThan(64 * MB);
  expect(now.resident - baseline.resident, `resident ${baseline.resident} -> ${now.resident}`).toBeLessThan(300 * MB);
  const unexpected = snug.output
    .split('\n')
    .filter((line) => /"level":"(?:error|fatal)"|unexpected failure/.test(line));
  expect(unexpected).toEqual([]);
  expect((await snug.kill('SIGTERM')).code).toBe(0);
  const { stdout } = await promisify(execFile)(process.execPath, [CLI, 'log', 'verify', '--data', snug.data, '--json']);
  expect(JSON.parse(stdout)).toMatchObject({ equal: true });
});
