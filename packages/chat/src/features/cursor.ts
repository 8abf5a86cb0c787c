import { Refusal } from '@snug/protocol';

/** The position in an opaque cursor; without one, beyond every position. */
export function cursorPosition(cursor: string | undefined): number {
  if (cursor === undefined) return Number.MAX_SAFE_INTEGER;
  const position = Number(cursor);
  if (Number.isSafeInteger(position) && position >= 0) return position;
  const issue = { path: 'cursor', message: 'must be a cursor that a page gave' };
  throw new Refusal('INVALID_PARAMS', { issues: [issue] });
}
