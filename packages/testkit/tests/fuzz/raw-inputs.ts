/** The bytes of raw-bytes.ts, generated: HTTP that is none, and WebSocket frames that no client may send. */
import fc from 'fast-check';
import { type FrameShape, handshake, wsFrame } from './raw-bytes.ts';

const crlf = '\r\n';
const methods = [
  'GET',
  'POST',
  'PATCH',
  'DELETE',
  'PUT',
  'OPTIONS',
  'TRACE',
  'PROPFIND',
  'get',
  'BREW',
  '',
  'G\tT',
  'PRI',
];
const targets = [
  '/',
  '//',
  '///',
  '/ws',
  '//ws',
  '/ws?token=x',
  '/ws?ticket=x',
  '/api/v1/users/@me',
  '/api/v1/sync?since=',
  '/%',
  '/%zz',
  '/\u0000',
  '*',
  'http://[',
  'http://x:99999/',
  'http://evil/healthz',
  '/api/v1/servers/../../..',
  '/..%2f..%2f',
  '/a%00.js',
  '/docs/static/..%5c',
  `/${'a'.repeat(20_000)}`,
  '/api/v1/invites/\u00ff',
  'ws://x/ws',
  '?',
  '#',
  '\\',
  '/.well-known/',
  '/metrics/',
  '/assets/%2e%2e%2fpackage.json',
];
const versions = [
  'HTTP/1.1',
  'HTTP/1.0',
  'HTTP/0.9',
  'HTTP/2.0',
  'HTTP/1.2',
  'HTTP/9',
  'http/1.1',
  '',
  'HTTP/1.1 extra',
];
const lines = [
  'host: snug',
  'host: ',
  'host: a\r\nhost: b',
  'host: [',
  'connection: close',
  'connection: upgrade\r\nupgrade: websocket',
  'upgrade: h2c\r\nconnection: upgrade',
  'connection: keep-alive, Upgrade\r\nupgrade: WebSocket\r\nsec-websocket-version: 7\r\nsec-websocket-key: x',
  'content-length: 5',
  'content-length: -1',
  'content-length: 99999999999999999999',
  'content-length: 5\r\ncontent-length: 6',
  'transfer-encoding: chunked',
  'transfer-encoding: chunked\r\ncontent-length: 3',
  'transfer-encoding: gzip',
  'transfer-encoding: xchunked',
  'expect: 100-continue',
  'expect: magic',
  'no colon here',
  ' folded: line',
  'x: \u0000',
  'x:\ty',
  ': empty',
  'authorization: Bearer \u0001',
  `cookie: ${'a=b; '.repeat(4000)}`,
  `x: ${'y'.repeat(20_000)}`,
  'content-type: application/json',
  'trailer: x',
  'http2-settings: AAMA',
  'origin: null',
  'x-forwarded-for: \u00ff',
  'accept: \u007f',
  'sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-version: 13',
];
const bodies = [
  '',
  'x',
  '{"login":',
  '5\r\nhello\r\n0\r\n\r\n',
  'zz\r\nhello\r\n0\r\n\r\n',
  'FFFFFFFFFFFFFFFFF\r\n',
  '-1\r\n\r\n',
  '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  '5;ext=1\r\nhello\r\n0\r\nx: y\r\n\r\n',
  '\u0000\u0000',
  `1\r\n${'a'.repeat(3000)}`,
];

/** Something like a request, in pieces. */
export const rawHttp: fc.Arbitrary<readonly Buffer[]> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...methods),
        fc.constantFrom(...targets),
        fc.constantFrom(...versions),
        fc.subarray(lines, { maxLength: 5 }),
        fc.constantFrom(...bodies),
        fc.constantFrom(crlf, '\n', '\r'),
        fc.nat(),
      )
      .map(([method, target, version, headers, body, end, cut]) => {
        const text = Buffer.from([`${method} ${target} ${version}`, ...headers, '', body].join(end), 'latin1');
        const at = cut % (text.length + 1);
        return [text.subarray(0, at), text.subarray(at)];
      }),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 600 }).map((bytes) => [Buffer.from(bytes)]) },
  {
    weight: 1,
    arbitrary: fc.constant([Buffer.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03, 0x03])]),
  },
);

const text = (value: string): Buffer => Buffer.from(value);
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    text('{"op":1}'),
    text('{"op":2,"d":{"token":"x"}}'),
    text(''),
    Buffer.from([0xff, 0xfe, 0xfd]),
    Buffer.from([0xed, 0xa0, 0x80]),
    Buffer.from([0x03]),
    Buffer.from([0x03, 0xe8]),
    Buffer.from([0xff, 0xff]),
    Buffer.alloc(126, 0x20),
    Buffer.alloc(70_000, 0x61),
  ),
);
const shape: fc.Arbitrary<FrameShape> = fc.record({
  fin: fc.boolean(),
  reserved: fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, fc.integer({ min: 0, max: 7 })),
  opcode: fc.oneof({ weight: 6, arbitrary: fc.constantFrom(0, 1, 2, 8, 9, 10) }, fc.integer({ min: 0, max: 15 })),
  masked: fc.oneof({ weight: 6, arbitrary: fc.constant(true) }, fc.constant(false)),
  payload,
});
const claim = fc.constantFrom<number | bigint>(0, 5, 126, 65_537, 2 ** 31, 2n ** 62n, 2n ** 64n - 1n);

/** Frames after a handshake, the first of them sometimes in the same packet. */
export const rawFrames: fc.Arbitrary<readonly Buffer[]> = fc
  .tuple(
    fc.array(shape, { minLength: 1, maxLength: 12 }),
    fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: claim }),
    fc.boolean(),
  )
  .map(([shapes, claimed, isJoined]) => {
    const frames = shapes.map((one, index) =>
      wsFrame(claimed === null || index < shapes.length - 1 ? one : { ...one, claimed }),
    );
    return isJoined ? [Buffer.concat([handshake(), ...frames])] : [handshake(), ...frames];
  });
