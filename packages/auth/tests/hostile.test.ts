import { AUTH_COMMANDS, isRefusalCode } from '@snug/protocol';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bootAuth, type Fixture } from './auth-fixture.ts';

let snug: Fixture;
let token: string;
beforeAll(async () => {
  snug = await bootAuth();
  token = (await snug.register('ann')).body.access_token;
});
afterAll(() => snug.close());

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('', 'ann', '@', '\u0000', '\ud800', "' OR 1=1 --", '../..', '__proto__', 'x'.repeat(5000)),
);
const anyValue = fc.oneof({ weight: 4, arbitrary: anyText }, { weight: 1, arbitrary: fc.jsonValue() });

/** Bodies with the command's own fields, in any state, and sometimes one that it does not have. */
function bodies(fields: string[]) {
  const own = Object.fromEntries(fields.map((field) => [field, anyValue]));
  return fc.record({ ...own, surplus: anyValue }, { requiredKeys: [] });
}

const calls = Object.values(AUTH_COMMANDS)
  // Signing out would end the session that the others need.
  .filter((spec) => spec.path !== '/auth/logout')
  .map((spec) => ({ spec, fields: Object.keys(spec.params.shape) }));

test.each(calls)('[CMD16] $spec.method $spec.path answers whatever it is sent by name', async ({ spec, fields }) => {
  const path = spec.path.replaceAll(/\{\w+\}/g, '01ARZ3NDEKTSV4RRFFQ69G5FAV');
  await fc.assert(
    fc.asyncProperty(bodies(fields), async (body) => {
      const { status, body: answer } = await snug.call<Record<string, unknown>>(path, {
        method: spec.method,
        token,
        ...(spec.method === 'GET' ? {} : { body }),
      });
      expect(status).toBeLessThan(500);
      if (status >= 400) expect(isRefusalCode(answer.code)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test('[CMD16] so are hostile headers', async () => {
  const text = fc.stringMatching(/^[\x21-\x7e]{0,60}$/);
  const names = ['authorization', 'cookie', 'origin', 'sec-fetch-site', 'user-agent', 'x-forwarded-for'];
  const headers = fc.record(Object.fromEntries(names.map((name) => [name, text])), { requiredKeys: [] });
  const cookies = fc.constantFrom('snug_refresh=%E0%A4%A', 'snug_refresh=', 'snug_refresh', '=;=', 'snug_refresh="x"');
  await fc.assert(
    fc.asyncProperty(
      headers,
      cookies,
      fc.constantFrom('/auth/refresh', '/auth/logout'),
      async (given, cookie, path) => {
        const { status, body } = await snug.call(path, { body: {}, headers: { cookie, ...given } });
        expect([204, 401, 403]).toContain(status);
        if (status !== 204) expect(isRefusalCode(body.code)).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
  expect(snug.lines.join('')).not.toContain('unexpected failure');
});
