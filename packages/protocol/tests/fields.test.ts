import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { count, IdOrTime, Limit, Nonce, name, Position, text, WebUrl } from '../src/fields.ts';
import { LIMITS } from '../src/limits.ts';
import { USERNAME_PATTERN, Username, usernameKey } from '../src/users.ts';

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;

describe('text', () => {
  it('[MSG9] is kept character for character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (value) => {
        fc.pre(!value.includes('\u0000'));
        expect(text(400).parse(value)).toBe(value);
      }),
    );
  });

  it('[MSG9] refuses NUL and lone surrogates', () => {
    for (const bad of ['a\u0000b', '\ud800', 'a\udc00', '\ude00\ud83d']) expect(accepts(text(10), bad)).toBe(false);
    expect(accepts(text(10), '😀')).toBe(true);
  });

  it('[MSG8] counts its length in code points', () => {
    expect(accepts(text(4), 'abcd')).toBe(true);
    expect(accepts(text(4), 'abcde')).toBe(false);
    expect(accepts(text(4), '😀😀😀😀')).toBe(true);
    expect(accepts(text(4), '😀😀😀😀😀')).toBe(false);
  });
});

describe('a name', () => {
  it('loses the space around it and must be something on one line', () => {
    expect(name(10).parse('  den  ')).toBe('den');
    for (const bad of ['', '   ', 'a\nb', 'a\u2028b', 'a\u0007', 'x'.repeat(11)])
      expect(accepts(name(10), bad)).toBe(false);
  });

  it('[AUTH3] of an account has letters, digits, dots, dashes and underscores', () => {
    for (const good of ['ada', 'Ada.L', 'zoë', '数学', 'a_b-c', '99']) expect(accepts(Username, good)).toBe(true);
    for (const bad of ['a', '.ada', 'a b', 'a@b', 'ada\n', '<b>', '', 'x'.repeat(33), '\u202eada']) {
      expect(accepts(Username, bad)).toBe(false);
    }
    expect(USERNAME_PATTERN.test('@ada')).toBe(false);
  });

  it('[AUTH3] is one name whatever its case or composition', () => {
    expect(usernameKey('ADA')).toBe(usernameKey('ada'));
    expect(usernameKey('Zoe\u0308')).toBe(usernameKey('zoë'));
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 30 }), (value) => {
        expect(usernameKey(usernameKey(value))).toBe(usernameKey(value));
      }),
    );
  });
});

describe('numbers and cursors', () => {
  it('read the same from a query and from a body', () => {
    for (const value of [1, '1', 100, '100']) expect(Limit.parse(value)).toBe(Number(value));
    for (const bad of [0, '0', 101, '101', 1.5, '1.5', -1, '-1', '1e1', '', ' 1', [], {}, true, null]) {
      expect(accepts(Limit, bad)).toBe(false);
    }
  });

  it('stay inside their bounds', () => {
    fc.assert(
      fc.property(fc.integer(), (value) => {
        expect(accepts(count(-5, 50), value)).toBe(value >= -5 && value <= 50);
      }),
    );
  });

  it('[SYNC7] a position is a whole number that JSON can carry', () => {
    for (const good of [0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER]) expect(accepts(Position, good)).toBe(true);
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, '1', null])
      expect(accepts(Position, bad)).toBe(false);
  });

  it('[CMD10] a nonce has 1 to 64 characters', () => {
    expect(accepts(Nonce, 'x')).toBe(true);
    expect(accepts(Nonce, 'x'.repeat(LIMITS.NONCE_MAX))).toBe(true);
    for (const bad of ['', 'x'.repeat(LIMITS.NONCE_MAX + 1), 5]) expect(accepts(Nonce, bad)).toBe(false);
  });

  it('[MSG2] a cursor is an id or a time', () => {
    const good = ['01ARZ3NDEKTSV4RRFFQ69G5FAV', '2026-11-20T05:22:00Z', '2004-11-15'];
    for (const value of good) expect(accepts(IdOrTime, value)).toBe(true);
    for (const bad of ['', 'yesterday', '01ARZ', 'x'.repeat(41), 5]) expect(accepts(IdOrTime, bad)).toBe(false);
  });
});

describe('an address', () => {
  it('is http, https or nothing', () => {
    for (const good of ['', 'https://example.org/a.png', 'http://[::1]:8080/'])
      expect(accepts(WebUrl, good)).toBe(true);
    const bad = [
      'javascript:alert(1)',
      'data:,x',
      '//example.org',
      'https://',
      ' https://a.b',
      'HTTPS://a.b',
      `https://a.b/${'x'.repeat(2048)}`,
    ];
    for (const value of bad) expect(accepts(WebUrl, value)).toBe(false);
  });
});
