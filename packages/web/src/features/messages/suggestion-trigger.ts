/** What somebody is in the middle of naming. */
export interface Trigger {
  readonly sign: '@' | '#' | ':';
  /** What follows the sign so far. */
  readonly query: string;
  /** Where the sign stands, and where the caret is. */
  readonly from: number;
  readonly to: number;
}

/** Longer than any name. */
const LOOK_BACK = 64;
/** A sign begins a name only where the server would read one: not in the middle of a word or an address. */
const NAMING = /(?:^|[\s([{'"*_~|>])([@#:])([\p{L}\p{N}._+-]*)$/u;
/** A colon is a colon; from here on it may be the beginning of an emoji. */
const EMOJI_FROM = 2;

/** What stands before the caret, if it is the beginning of a name. */
export function triggerAt(text: string, caret: number): Trigger | null {
  const start = Math.max(0, caret - LOOK_BACK);
  const found = NAMING.exec(text.slice(start, caret));
  if (found === null) return null;
  const [, sign, query = ''] = found;
  if (sign === ':' && query.length < EMOJI_FROM) return null;
  return { sign: sign as Trigger['sign'], query, from: caret - query.length - 1, to: caret };
}
