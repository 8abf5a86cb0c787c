import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ALL_INTENTS, ClientFrame, CloseCode, Intent, Op, Response } from '../src/frames.ts';
import { LIMITS } from '../src/limits.ts';

const ID = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const accepts = (frame: unknown) => ClientFrame.safeParse(frame).success;

const GOOD = [
  { op: Op.HEARTBEAT, d: 0 },
  { op: Op.HEARTBEAT, d: null },
  { op: Op.HEARTBEAT },
  { op: Op.IDENTIFY, d: { token: 't' } },
  { op: Op.IDENTIFY, d: { token: 't', intents: ALL_INTENTS, properties: { browser: 'x', device: 'web' } } },
  { op: Op.IDENTIFY, d: { token: 't', presence: { status: 'idle' } } },
  { op: Op.PRESENCE_UPDATE, d: { status: 'dnd', activities: [{ type: 'game', name: 'Go' }] } },
  { op: Op.VOICE_STATE_UPDATE, d: { channel_id: ID } },
  { op: Op.RESUME, d: { token: 't', seq: 12, session_id: 's' } },
  { op: Op.REQUEST_MEMBERS, d: { server_id: ID, user_ids: [ID], limit: 100 } },
  { op: Op.REQUEST, d: { id: 'a', command: 'message.send', params: { channel_id: ID } } },
  { op: Op.REQUEST, d: { id: 7, command: 'user.me' } },
];

const BAD = [
  null,
  [],
  'op',
  {},
  { op: '1' },
  { op: Op.DISPATCH, t: 'READY', s: 1, d: {} },
  { op: 5, d: {} },
  { op: 99 },
  { op: Op.HEARTBEAT, d: -1 },
  { op: Op.HEARTBEAT, d: 1.5 },
  { op: Op.IDENTIFY },
  { op: Op.IDENTIFY, d: { token: '' } },
  { op: Op.IDENTIFY, d: { token: 'x'.repeat(4097) } },
  { op: Op.IDENTIFY, d: { token: 't', intents: ALL_INTENTS + 1 } },
  { op: Op.RESUME, d: { token: 't' } },
  { op: Op.RESUME, d: { token: 't', seq: -1 } },
  { op: Op.RESUME, d: { token: 't', seq: '1' } },
  { op: Op.PRESENCE_UPDATE, d: { status: 'busy' } },
  { op: Op.PRESENCE_UPDATE, d: { status: 'idle', activities: Array(6).fill({ type: 'game', name: 'Go' }) } },
  { op: Op.REQUEST_MEMBERS, d: { server_id: 'x' } },
  { op: Op.REQUEST_MEMBERS, d: { server_id: ID, user_ids: Array(LIMITS.REQUEST_MEMBERS + 1).fill(ID) } },
  { op: Op.REQUEST, d: { id: null, command: 'user.me' } },
  { op: Op.REQUEST, d: { id: 1, command: 'x'.repeat(65) } },
  { op: Op.REQUEST, d: { id: 1, command: 'user.me', params: [] } },
];

describe('frames of a client', () => {
  it.each(GOOD.map((frame) => [JSON.stringify(frame).slice(0, 80), frame]))('[GW8] takes %s', (_, frame) => {
    expect(accepts(frame)).toBe(true);
  });

  it.each(BAD.map((frame) => [JSON.stringify(frame).slice(0, 80), frame]))('[GW8] refuses %s', (_, frame) => {
    expect(accepts(frame)).toBe(false);
  });

  it('[CMD16] no JSON makes the schema throw', () => {
    const frame = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.record({ op: fc.integer({ min: -1, max: 20 }), d: fc.jsonValue({ maxDepth: 4 }) }),
      fc
        .constantFrom(...GOOD)
        .chain((good) => fc.dictionary(fc.string(), fc.jsonValue()).map((extra) => ({ ...good, ...extra }))),
    );
    fc.assert(
      fc.property(frame, (value) => {
        const parsed = ClientFrame.safeParse(value);
        expect(parsed.success || parsed.error.issues.length > 0).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the numbers of the gateway', () => {
  it('[GW15] no close code and no op means two things', () => {
    for (const table of [CloseCode, Op]) {
      const values = Object.values(table);
      expect(new Set(values).size).toBe(values.length);
    }
  });

  it('[DLV24] an intent is one bit', () => {
    const bits = Object.values(Intent);
    expect(new Set(bits).size).toBe(bits.length);
    for (const bit of bits) expect(bit & (bit - 1)).toBe(0);
  });

  it('[GW10] an answer says whether it is one', () => {
    expect(Response.safeParse({ id: 1, ok: true, result: null, position: 4 }).success).toBe(true);
    expect(Response.safeParse({ id: 'a', ok: false, error: { code: 'INTERNAL' } }).success).toBe(true);
    expect(Response.safeParse({ id: 'a', result: null }).success).toBe(false);
  });
});
