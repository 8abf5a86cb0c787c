/** Arbitraries from JSON Schema: values that fit, and the same with something wrong. */
import fc from 'fast-check';
import type { JsonSchema } from '../authorisation/operations.ts';

/** What names real things; replaced as they are used up, and read when a value is made. */
export interface Vocabulary {
  ids: readonly string[];
  /** Ids by the field that wants them, such as `channel_id`. */
  byField: Readonly<Record<string, readonly string[]>>;
  codes: readonly string[];
}

const MISSING = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
/** Chosen by number, so that the words may change without the arbitraries being built again. */
const oneOf = (words: () => readonly string[]): fc.Arbitrary<string> =>
  fc.nat().map((n) => words()[n % Math.max(1, words().length)] ?? MISSING);

const text = (min: number, max: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: min, maxLength: Math.min(max, min + 40) }) },
    { weight: 1, arbitrary: fc.constant('x'.repeat(max)) },
    { weight: 1, arbitrary: fc.constant('\u{1F56F}'.repeat(max)) },
  );

/** A value that the schema takes, as far as it says. */
export function fitting(
  schema: JsonSchema,
  schemas: Readonly<Record<string, JsonSchema>>,
  words: Vocabulary,
): fc.Arbitrary<unknown> {
  const inner = (one: unknown) => fitting(one as JsonSchema, schemas, words);
  if (typeof schema.$ref === 'string') return named(schema.$ref.split('/').at(-1) as string, schemas, words);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(inner));
  if (schema.format === 'email') return fc.stringMatching(/^[a-z]{1,20}@[a-z]{1,20}\.org$/);
  switch (schema.type) {
    case 'string':
      return text((schema.minLength as number | undefined) ?? 0, (schema.maxLength as number | undefined) ?? 100);
    case 'integer':
      return fc.integer({ min: Math.max(schema.minimum as number, -(2 ** 31)), max: clamp(schema.maximum as number) });
    case 'array':
      return fc.array(inner(schema.items), { minLength: (schema.minItems as number | undefined) ?? 0, maxLength: 6 });
    case 'object':
      return record(schema, inner, words);
    case 'null':
      return fc.constant(null);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

const clamp = (max: number): number => Math.min(max, 2 ** 31 - 1);

function record(
  schema: JsonSchema,
  inner: (one: unknown) => fc.Arbitrary<unknown>,
  words: Vocabulary,
): fc.Arbitrary<unknown> {
  const fields = Object.entries((schema.properties as Record<string, JsonSchema> | undefined) ?? {});
  const required = (schema.required as string[] | undefined) ?? [];
  const arbitraryOf = (name: string, one: JsonSchema): fc.Arbitrary<unknown> =>
    String(one.$ref).endsWith('/Id')
      ? fc.oneof({ weight: 6, arbitrary: oneOf(() => words.byField[name] ?? words.ids) }, inner(one))
      : inner(one);
  return fc.record(Object.fromEntries(fields.map(([name, one]) => [name, arbitraryOf(name, one)])), {
    requiredKeys: required,
    noNullPrototype: true,
  });
}

function named(name: string, schemas: Readonly<Record<string, JsonSchema>>, words: Vocabulary): fc.Arbitrary<unknown> {
  if (name === 'Id') return fc.oneof({ weight: 9, arbitrary: oneOf(() => words.ids) }, fc.constant(MISSING));
  if (name === 'InviteCode') return oneOf(() => words.codes);
  if (name === 'Username') return fc.stringMatching(/^[a-z][a-z0-9]{5,20}$/);
  if (name === 'Permissions') return fc.bigInt({ min: 0n, max: 2n ** 64n }).map(String);
  return fitting(schemas[name] as JsonSchema, schemas, words);
}

const STRANGE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  -(2 ** 63),
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2066\u200b\ufeff',
  'e\u0301'.repeat(60),
  '😀'.repeat(2500),
  'x'.repeat(5000),
  'x'.repeat(60_000),
  [],
  {},
  [[[]]],
  [null],
  'NaN',
  '1e3',
  '0x10',
  '-0',
  ' 5 ',
  '9007199254740993',
  'null',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '@me',
  '@everyone',
  "'; DROP TABLE events; --",
  '" OR ""="',
  '<script>alert(1)</script>',
  'javascript:alert(1)',
  'http://',
  'http://[',
  'https://x/\u0000\ud800\n',
  '../../etc/passwd',
  '..%2f..%2f',
  '%00',
  '%ff',
  '\r\nset-cookie: a=b',
  '{{7*7}}',
  '+275760-09-13T00:00:00.000Z',
  '-271821-04-20T00:00:00.000Z',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  '01arz3ndektsv4rrffq69g5fav',
  '80000000000000000000000000',
  '7ZZZZZZZZZZZZZZZZZZZZZZZZZ',
  '00000000000000000000000000',
  '*'.repeat(3999),
  '`'.repeat(3999),
  '> '.repeat(1999),
  '**__~~||'.repeat(499),
  '||*_~~**'.repeat(499),
  '```\n'.repeat(999),
  'http://a'.repeat(499),
  'h'.repeat(4000),
  '\n'.repeat(4000),
  '\\'.repeat(4000),
];

const deep = fc.integer({ min: 50, max: 3000 }).map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)));

/** Anything, wherever it comes. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom(...STRANGE) },
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 80 }) },
  { weight: 2, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.array(fc.string(), { maxLength: 200 }) },
  { weight: 1, arbitrary: deep },
);

const SURPLUS = [
  'is_admin',
  'admin',
  'user_id',
  'author_id',
  'id',
  'position',
  'type',
  'origin',
  'constructor',
  'token',
];

/** A record that fits, or one with fields missing, strange or too many. */
export function bent(fields: readonly string[], whole: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  const own = whole as fc.Arbitrary<Record<string, unknown>>;
  const names = fields.length > 0 ? fields : ['x'];
  const one = fc.constantFrom(...names);
  return fc.oneof(
    { weight: 3, arbitrary: own },
    { weight: 5, arbitrary: fc.tuple(own, one, strange).map(([value, name, odd]) => ({ ...value, [name]: odd })) },
    { weight: 1, arbitrary: fc.tuple(own, one).map(([value, name]) => omit(value, name)) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(own, fc.constantFrom(...SURPLUS), strange)
        .map(([value, name, odd]) => ({ ...value, [name]: odd })),
    },
    {
      weight: 1,
      arbitrary: fc.record(Object.fromEntries(names.map((name) => [name, strange])), { noNullPrototype: true }),
    },
  );
}

function omit(value: Record<string, unknown>, name: string): Record<string, unknown> {
  const { [name]: _left, ...rest } = value;
  return rest;
}
