import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isRefusalCode, REFUSALS, Refusal, type RefusalCode } from '../src/refusals.ts';
import { validate } from '../src/validate.ts';

const CODES = Object.keys(REFUSALS) as RefusalCode[];

describe('a refusal', () => {
  it('[ERR1] becomes a problem with what it knows and nothing else', () => {
    const refusal = new Refusal('RATE_LIMITED', { retry_after: 1.5 });
    expect(refusal.toProblem('trace-1')).toEqual({
      type: '/docs/refusals#RATE_LIMITED',
      title: REFUSALS.RATE_LIMITED.title,
      status: 429,
      code: 'RATE_LIMITED',
      retry_after: 1.5,
      trace_id: 'trace-1',
    });
    expect(Object.keys(refusal.toProblem())).not.toContain('trace_id');
  });

  it('[ERR2] has a status of refusal and a title that people can read', () => {
    for (const code of CODES) {
      expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
      expect(REFUSALS[code].status).toBeGreaterThanOrEqual(400);
      expect(REFUSALS[code].status).toBeLessThan(600);
      expect(REFUSALS[code].title).toMatch(/^[A-Z][^!]*[^.!]$/);
    }
  });

  it('[ERR8] asks for a new token exactly where a 401 is about the token', () => {
    for (const code of CODES) {
      const { status, retry } = REFUSALS[code];
      expect({ code, asks: retry === 'signed_in' }).toEqual({
        code,
        asks: status === 401 && code !== 'BAD_CREDENTIALS',
      });
    }
  });

  it('[ERR8] is never final where the server itself is the reason', () => {
    for (const code of CODES) {
      const { status, retry } = REFUSALS[code];
      if (status >= 500 && status !== 501) expect({ code, retry }).toEqual({ code, retry: 'later' });
    }
  });

  it('knows its codes, and not the names that every object has', () => {
    expect(isRefusalCode('INTERNAL')).toBe(true);
    for (const code of ['constructor', '__proto__', 'internal', '', 7, null, undefined])
      expect(isRefusalCode(code)).toBe(false);
  });
});

describe('validation', () => {
  const schema = z.strictObject({ name: z.string().min(1), tags: z.array(z.int()).optional() });

  it('[CMD2] gives what the schema makes of it', () => {
    expect(validate(schema, { name: 'a' })).toEqual({ name: 'a' });
  });

  it('[CMD2] refuses with where and why', () => {
    const refused = catchRefusal(() => validate(schema, { name: '', tags: [1, 'x'] }));
    expect(refused.code).toBe('INVALID_PARAMS');
    expect(refused.extra.issues?.map((issue) => issue.path)).toEqual(['name', 'tags.1']);
    for (const issue of refused.extra.issues ?? []) expect(issue.message).not.toBe('');
  });

  it('[CMD2] lists at most twenty issues, none of them long', () => {
    const tags = Array.from({ length: 500 }, () => 'x'.repeat(1_000));
    const refused = catchRefusal(() => validate(schema, { name: 'a', tags, ['k'.repeat(5_000)]: 1 }));
    expect(refused.extra.issues).toHaveLength(20);
    for (const issue of refused.extra.issues ?? []) expect(issue.message.length + issue.path.length).toBeLessThan(401);
  });
});

function catchRefusal(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
