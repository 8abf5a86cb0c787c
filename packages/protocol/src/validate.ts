/** Runs a command's schema over what came in: valid parameters, or INVALID_PARAMS with where and why. */
import type { z } from 'zod';
import { Refusal } from './refusals.ts';

const MAX_ISSUES = 20;

export function validate<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal('INVALID_PARAMS', {
    issues: parsed.error.issues.slice(0, MAX_ISSUES).map((issue) => ({
      path: issue.path.map(String).join('.').slice(0, 200),
      message: issue.message.slice(0, 200),
    })),
  });
}
