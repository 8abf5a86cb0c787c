/** Field types that several nouns share. */
import { z } from 'zod';
import { Id } from './ids.ts';
import { LIMITS } from './limits.ts';

/** RFC 3339, UTC. A plain string with a format keeps the OpenAPI document readable. */
export const Time = z.string().max(40).meta({ id: 'Time', format: 'date-time', description: 'RFC 3339, UTC' });

/** Permission bits as a decimal string, up to 64 bits. */
export const PermissionString = z
  .string()
  // Without the abort the next check would still run, and BigInt throws on what is no number.
  .regex(/^\d{1,20}$/, { error: 'must be a decimal string', abort: true })
  .refine((bits) => BigInt(bits) < 1n << 64n, 'must fit in 64 bits')
  .meta({ id: 'Permissions', description: "Blueprint's permission bits as a decimal string" });

/** A position in the log: the only cursor there is (design section 1). */
export const Position = z.int().min(0).meta({ id: 'Position', description: 'A position in the log' });

/** The sender's own name for a command (E13). */
export const Nonce = text(LIMITS.NONCE_MAX, 1).meta({ id: 'Nonce' });

/** Text a person reads: no NUL and no lone surrogates, so that it survives every encoding on the way. */
export function text(max: number, min = 0) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((value) => value.isWellFormed() && !value.includes('\u0000'), 'must be well-formed text');
}

/** A one-line name. Leading and trailing space is dropped; it may not be only space. */
export function name(max: number, min = 1) {
  return z
    .string()
    .max(max * 2)
    .transform((value) => value.trim())
    .pipe(text(max, min).refine((value) => !/[\p{Cc}\u2028\u2029]/u.test(value), 'must be one line'));
}

/** Why somebody did it: shown in the audit log. Over REST it may also be a query parameter. */
export const Reason = text(LIMITS.REASON_MAX).meta({ description: 'Why; kept in the audit log' });

/** Query parameters arrive as text; bodies and gateway frames as booleans. */
export const Flag = z.preprocess((value) => (value === 'true' ? true : value === 'false' ? false : value), z.boolean());

/** A moment a client gives. */
export const GivenTime = z
  .string()
  .max(40)
  .refine((value) => !Number.isNaN(Date.parse(value)), 'must be a time (RFC 3339)')
  .meta({ format: 'date-time', description: 'RFC 3339' });

/** An http(s) address, or empty. It is shown, never fetched, unless a feature says so. */
export const WebUrl = z
  .string()
  .max(LIMITS.URL_MAX)
  .refine((value) => value === '' || isWebUrl(value), 'must be an http(s) URL');

function isWebUrl(value: string): boolean {
  // URL parsers drop or encode white space, controls and lone surrogates; stored as they came they would mean two things.
  return /^https?:\/\/[^\s\p{Cc}]+$/u.test(value) && value.isWellFormed() && URL.canParse(value);
}

/** Query parameters arrive as text; bodies and gateway frames as numbers. */
export function count(min: number, max: number) {
  return z.preprocess(
    (value) => (typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value),
    z.int().min(min).max(max),
  );
}

export const Limit = count(1, LIMITS.PAGE_MAX).optional().meta({ description: 'Items a page, 1 to 100' });

/** `before`/`after` take an id or a time (design section 6). */
export const IdOrTime = z
  .string()
  .max(40)
  .refine((value) => Id.safeParse(value).success || !Number.isNaN(Date.parse(value)), 'must be an id or a time');

/** Where a page of a list goes on that is not ordered by id: what the last page gave as `next`. */
export const Cursor = z
  .string()
  .regex(/^[A-Za-z0-9_.:-]{1,200}$/, 'must be a cursor that a page gave')
  .meta({ description: 'Opaque' });

/** A list in an order of its own: `next` is the cursor of the page that follows. */
export function pagesOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), has_more: z.boolean(), next: z.string().nullable() });
}

/** A list: `{items, has_more}` (design section 5). */
export function listOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), has_more: z.boolean() });
}
