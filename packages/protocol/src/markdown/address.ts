/** Web addresses in a text. */
import { LIMITS } from '../limits.ts';
import { type Closing, isWordBefore, trailing } from './characters.ts';

/** What follows the scheme. Characters that are not seen, or turn the direction of text, end an address. */
const REST = new RegExp(`://[^\\s<>"\`|*\\\\\\p{Cc}\\p{Cf}]{1,${LIMITS.URL_MAX}}`, 'uy');
const IN_ANGLES = new RegExp(`<(https?://[^\\s<>\\\\\\p{Cc}\\p{Cf}]{1,${LIMITS.URL_MAX}})>`, 'iuy');
const SCHEME = /https?$/i;
/** Of the sentence rather than of the address, in the scripts that put no space behind it too. */
const PUNCTUATION = new Set('.,;:!?\'"’”»…。，、；：！？」』）】〉》');
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

export interface FoundAddress {
  /** How many characters of the scheme stand before the colon. */
  scheme: number;
  /** Null for what looks like an address and is none. */
  url: string | null;
  /** Where the characters end that an address could have. */
  end: number;
}

/**
 * The address whose colon is at `at`, `pending` being the text right before it; null where nothing looks like one.
 * What would close an open mark at its end is left out.
 */
export function addressAt(source: string, at: number, pending: string, closing: Closing): FoundAddress | null {
  const scheme = SCHEME.exec(pending.slice(-5))?.[0].length ?? 0;
  if (scheme === 0 || isWordBefore(source, at - scheme)) return null;
  REST.lastIndex = at;
  const found = REST.exec(source);
  if (found === null) return null;
  const url = trim(source.slice(at - scheme, at) + found[0], closing);
  return { scheme, url: isAddress(url) ? url : null, end: at + found[0].length };
}

/** The address of `<https://...>` at `at`, or null. */
export function addressInAnglesAt(source: string, at: number): string | null {
  IN_ANGLES.lastIndex = at;
  const url = IN_ANGLES.exec(source)?.[1];
  return url !== undefined && isAddress(url) ? url : null;
}

function isAddress(url: string): boolean {
  return url.length <= LIMITS.URL_MAX && /^https?:\/\/[^/]/i.test(url) && URL.canParse(url);
}

/** Leaves out what belongs to the text around: punctuation, brackets opened before the address, and marks that close. */
function trim(url: string, closing: Closing): string {
  const surplus = new Map(Object.entries(BRACKETS).map(([closes, opens]) => [closes, balance(url, opens, closes)]));
  const marks = new Set(['_', '~']);
  let end = url.length;
  while (end > 0) {
    const last = url[end - 1] as string;
    const open = surplus.get(last) ?? 0;
    if (PUNCTUATION.has(last)) end -= 1;
    else if (open < 0) {
      surplus.set(last, open + 1);
      end -= 1;
    } else if (marks.delete(last)) {
      const closed = closing(last, trailing(url.slice(0, end), last));
      if (closed === 0) break;
      end -= closed;
    } else break;
  }
  return url.slice(0, end);
}

/** How many more open than close. */
function balance(url: string, opens: string, closes: string): number {
  let sum = 0;
  for (const char of url) sum += char === opens ? 1 : char === closes ? -1 : 0;
  return sum;
}
