import { isId } from '@snug/protocol';
import type { Params } from './answers.ts';
import { MISSING } from './auth-expectations.ts';

const MISSING_CODE = 'BBBBBBBBBBBBBBBB';

/**
 * The same parameters naming things that are not there: all of them, and the outermost one alone. Only what names where
 * to look is exchanged; `with an invite of another` still has a code.
 */
export function hiddenPairs(params: Params): Params[] {
  const all = exchange(params) as Params;
  const outer = ['server_id', 'channel_id', 'code'].find((name) => name in params);
  const pairs = [all, ...(outer === undefined ? [] : [{ ...params, [outer]: all[outer] }])];
  return pairs.filter((pair) => JSON.stringify(pair) !== JSON.stringify(params));
}

function exchange(value: unknown, name = ''): unknown {
  if (isId(value)) return MISSING;
  if (name === 'code' || name === 'invite_code') return MISSING_CODE;
  if (Array.isArray(value)) return value.map((item) => exchange(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, exchange(inner, field)]));
}
