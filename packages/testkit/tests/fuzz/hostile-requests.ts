/** Hostile requests of one operation, as bytes: well-formed HTTP around whatever the body, query and path hold. */
import fc from 'fast-check';
import type { JsonSchema, Operation, Served } from '../authorisation/operations.ts';
import { bent, fitting, strange, type Vocabulary } from './schema-arbitrary.ts';

export interface HostileRequest {
  readonly operation: Operation;
  readonly bytes: Buffer;
  /** Its address is that of the operation, whatever else is wrong with it. */
  readonly isAddressed: boolean;
}

/** Everything an operation takes, as one schema: what op 12 sends as `params`. */
export function paramsSchema(operation: Operation): JsonSchema {
  const body = operation.body as { properties?: Record<string, JsonSchema>; required?: string[] } | undefined;
  const parameters = operation.parameters.map(({ name, schema }): [string, JsonSchema] => [name, schema]);
  const required = operation.parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return {
    type: 'object',
    properties: { ...Object.fromEntries(parameters), ...body?.properties },
    required: [...required, ...(body?.required ?? [])],
  };
}

export function hostileParams(
  operation: Operation,
  { schemas }: Served,
  words: Vocabulary,
): fc.Arbitrary<Record<string, unknown>> {
  const schema = paramsSchema(operation);
  return bent(Object.keys(schema.properties as object), fitting(schema, schemas, words));
}

const deepText = '['.repeat(20_000);
/** Bodies that are no JSON object at all, or one that reads in two ways. */
const brokenBody: fc.Arbitrary<(json: string) => Buffer> = fc.oneof(
  fc.nat().map((n) => (json: string) => Buffer.from(json.slice(0, n % Math.max(1, json.length)))),
  fc
    .constantFrom(
      '',
      '{',
      '[]',
      '"x"',
      '1',
      'null',
      'true',
      '{}{}',
      '{"a":1,}',
      "{'a':1}",
      'undefined',
      'NaN',
      '\u0000',
    )
    .map((body) => () => Buffer.from(body)),
  fc
    .constantFrom('{"__proto__":{"is_admin":true}}', '{"constructor":{"prototype":{"is_admin":true}}}', deepText)
    .map((body) => () => Buffer.from(body)),
  fc.constant((json: string) => Buffer.from(json.replace('{', '{"content":1,"name":[],"content":"twice",'))),
  fc.constant((json: string) => Buffer.from(`\ufeff${json}`)),
  fc.constant((json: string) => Buffer.from(`${json.slice(0, -1)},"n":1e999,"content":"last"}`)),
  fc.constant((json: string) => Buffer.concat([Buffer.from(json.slice(0, -1)), Buffer.from([0xff, 0xc0, 0x80, 0x7d])])),
  fc.constant((json: string) => Buffer.from(json, 'utf16le')),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes)),
);

const whole = (json: string): Buffer => Buffer.from(json);
const JSON_TYPE = 'content-type: application/json';
const contentType = fc.oneof(
  { weight: 30, arbitrary: fc.constant(JSON_TYPE) },
  fc.constantFrom(
    'x-none: 1',
    'content-type: text/plain',
    'content-type: application/x-www-form-urlencoded',
    'content-type: multipart/form-data; boundary=x',
    'content-type: application/json; charset=utf-16',
    'content-type: application/json\r\ncontent-encoding: gzip',
    'content-type: ,',
    'content-type: application/json/json',
    `content-type: ${'a'.repeat(2000)}`,
  ),
);

const credentials = (tokens: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...tokens).map((token) => `authorization: Bearer ${token}`) },
    fc.constantFrom(
      'x-none: 1',
      'authorization:',
      'authorization: Bearer',
      'authorization: Bearer  ',
      'authorization: Basic YTpi',
      `authorization: Bearer ${'a'.repeat(5000)}`,
      'authorization: Bearer e30.e30.e30',
      'authorization: Bearer ..',
      `authorization: Bearer ${tokens[0]}x`,
      `authorization: bearer ${tokens[0]}`,
      'cookie: snug_refresh=%E0%A4%A; =;; a=b',
    ),
  );

const oddHeader = fc.oneof(
  { weight: 30, arbitrary: fc.constant('accept: */*') },
  fc.constantFrom(
    'x-forwarded-for: 1.2.3.4, ::1, "',
    'x-forwarded-proto: https',
    'forwarded: for=;;',
    'accept-version: 9.x',
    'origin: null',
    'origin: http://[',
    'range: bytes=0-,-1',
    'if-none-match: *',
    'accept: ,;q=x',
    'host: evil',
    'x-http-method-override: DELETE',
    'expect: 100-continue',
    'te: trailers',
    `x-big: ${'b'.repeat(6000)}`,
    'accept-encoding: identity;q=0, *;q=0',
    'sec-fetch-site: cross-site',
    'user-agent: \u00ff\u00fe',
    'last-event-id: x',
  ),
);

/** A parameter in the path: encoded, or as it should not be. */
const segment = (value: unknown): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(encode(value)) },
    fc.constantFrom(
      '%00',
      '%2e%2e',
      '%2f',
      '%ff%fe',
      '%',
      '%zz',
      '',
      '.',
      'a'.repeat(300),
      '@me',
      '*',
      ';x=1',
      '%252e',
    ),
  );

function encode(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(text.toWellFormed()).slice(0, 3000);
}

const oddQuery = fc.constantFrom(
  '',
  '',
  '',
  '&limit=1&limit=2',
  '&limit[]=1',
  '&__proto__[x]=1',
  '&__proto__=1',
  '&limit=%ff',
  '&limit',
  '&=&&',
  '&limit=+1',
  '&limit=1e1',
  '&limit=0x1',
  '&before=%00',
  '&before=2024&after=2024',
  '&around=+275760-09-13T00:00:00Z',
  '&after=-1',
  '#x',
  '?x',
);

/** @param tokens of those who ask */
export function hostileRequest(
  operation: Operation,
  served: Served,
  words: Vocabulary,
  tokens: readonly string[],
): fc.Arbitrary<HostileRequest> {
  const inPath = new Set([...operation.path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] as string));
  const envelope = fc.record({
    params: hostileParams(operation, served, words),
    broken: fc.oneof({ weight: 8, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: brokenBody }),
    type: contentType,
    who: credentials(tokens),
    odd: oddHeader,
    query: oddQuery,
    isChunked: fc.boolean(),
    surplusBody: fc.oneof({ weight: 15, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: strange }),
  });
  return envelope.chain((given) => {
    const names = [...inPath];
    return fc.tuple(...names.map((name) => segment(given.params[name]))).map((segments) => {
      const path = names.reduce(
        (target, name, at) => target.replace(`{${name}}`, segments[at] as string),
        operation.path,
      );
      const rest = Object.fromEntries(Object.entries(given.params).filter(([name]) => !inPath.has(name)));
      const isQuery = operation.method === 'GET' || (operation.method === 'DELETE' && operation.body === undefined);
      const target = isQuery ? `${path}?${queryOf(rest)}${given.query}` : path;
      const json = JSON.stringify(isQuery ? given.surplusBody : rest) ?? '';
      const body = given.broken === null ? whole(json) : given.broken(json);
      const hasBody = isQuery ? given.surplusBody !== null : operation.body !== undefined || given.surplusBody !== null;
      const lines = [given.who, given.odd, ...(hasBody ? [given.type] : [])];
      const bytes = encodeRequest(operation.method, target, lines, hasBody ? body : null, given.isChunked);
      const isAddressed = names.every((name, at) => isPlain(given.params[name]) && segments[at] === given.params[name]);
      return { operation, bytes, isAddressed };
    });
  });
}

function isPlain(value: unknown): boolean {
  return typeof value === 'string' && /^[\w-]{8,64}$/.test(value);
}

function queryOf(params: Record<string, unknown>): string {
  return Object.entries(params)
    .map(([name, value]) => `${encode(name)}=${encode(value)}`)
    .join('&');
}

function encodeRequest(
  method: string,
  target: string,
  lines: string[],
  body: Buffer | null,
  isChunked: boolean,
): Buffer {
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...(lines.some((line) => line.startsWith('host:')) ? [] : ['host: snug']),
  ];
  const length = body === null ? [] : [isChunked ? 'transfer-encoding: chunked' : `content-length: ${body.length}`];
  const start = Buffer.from([...head, ...lines, ...length, '', ''].join('\r\n'), 'latin1');
  if (body === null) return start;
  return Buffer.concat([start, isChunked ? chunked(body) : body]);
}

/** In pieces of odd sizes, cut through characters. */
function chunked(body: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0, size = 1; at < body.length; at += size, size = size * 7 + 1) {
    const piece = body.subarray(at, at + size);
    pieces.push(Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from('\r\n'));
  }
  return Buffer.concat([...pieces, Buffer.from('0\r\n\r\n')]);
}
