/** Frames for the gateway: requests that are answered whatever is in them, and frames that end the connection. */
import { Op } from '@snug/protocol';
import fc from 'fast-check';
import type { Served } from '../authorisation/operations.ts';
import { hostileParams } from './hostile-requests.ts';
import { bent, strange, type Vocabulary } from './schema-arbitrary.ts';

export interface RequestFrame {
  readonly command: string;
  readonly params: Record<string, unknown>;
}

/** Op 12 with an envelope that fits: there is exactly one answer to each. */
export function requestFrame(
  served: Served,
  words: Vocabulary,
  without: ReadonlySet<string>,
): fc.Arbitrary<RequestFrame> {
  const commands = served.operations
    .filter(({ name }) => !without.has(name))
    .map((operation) =>
      hostileParams(operation, served, words).map((params) => ({ command: operation.name, params: bounded(params) })),
    );
  const unknown = fc
    .tuple(
      fc.oneof(fc.constantFrom('', '__proto__', 'session.renew', 'x'.repeat(64)), fc.string({ maxLength: 30 })),
      strange,
    )
    .map(([command, value]) => ({ command, params: bounded({ token: value }) }));
  return fc.oneof({ weight: 30, arbitrary: fc.oneof(...commands) }, { weight: 1, arbitrary: unknown });
}

const FRAME_ROOM = 60_000;
/** A frame above FRAME_BYTES would end the connection; that is tried elsewhere. A record key has at most 64 characters. */
function bounded(params: Record<string, unknown>): Record<string, unknown> {
  return Buffer.byteLength(JSON.stringify(params)) < FRAME_ROOM ? params : { channel_id: 'too long' };
}

const json = (frame: unknown): string => JSON.stringify(frame) ?? 'undefined';
const presence = fc.record({ status: fc.constantFrom('online', 'idle', 'dnd', 'invisible', 'offline') });
const ops = fc.oneof(fc.constantFrom(...Object.values(Op)), fc.integer(), fc.double(), strange);

/** A whole frame as text. Most end the connection with a named code; all leave the server as it was. */
export function hostileFrame(words: Vocabulary): fc.Arbitrary<string> {
  const id = fc.nat().map((n) => words.ids[n % words.ids.length] as string);
  const members = fc.record({ server_id: id, user_ids: fc.array(id, { maxLength: 120 }), offset: fc.integer() });
  const payload = fc.oneof(
    strange,
    bent(['status', 'activities'], presence),
    bent(['server_id', 'user_ids', 'offset', 'limit', 'nonce'], members),
    bent(['token', 'seq', 'intents', 'properties', 'session_id'], fc.record({ token: fc.string(), seq: fc.integer() })),
    bent(['id', 'command', 'params'], fc.record({ id: fc.nat(), command: fc.constant('user.me') })),
  );
  return fc.oneof(
    { weight: 10, arbitrary: fc.tuple(ops, payload).map(([op, d]) => json({ op, d })) },
    { weight: 1, arbitrary: fc.tuple(ops, payload, strange).map(([op, d, more]) => json({ op, d, t: more, s: more })) },
    { weight: 1, arbitrary: strange.map(json) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '',
        ' ',
        '{',
        '[]',
        'null',
        '"op"',
        '{"op":}',
        '{"op":1,"op":2}',
        '{"__proto__":{"op":2}}',
        '{"op":12,"d":{"__proto__":{}}}',
        '{"op":1e999}',
        `{"op":12,"d":{"id":1,"command":"user.me","params":${'['.repeat(30_000)}`,
        '\ufeff{"op":1}',
        'x'.repeat(65_536),
      ),
    },
  );
}
