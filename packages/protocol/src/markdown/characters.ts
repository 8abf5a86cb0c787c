/** Questions about the characters around a place in a text. */
const WORD = /^[\p{L}\p{N}]/u;
const DIGIT = /^\p{N}/u;
const SPACE = /^\s/;

/** The character that ends before `at`, whole also where it takes two code units; empty at the beginning. */
function before(source: string, at: number): string {
  const last = source[at - 1] ?? '';
  const isSecondHalf = last >= '\udc00' && last <= '\udfff';
  return isSecondHalf ? source.slice(Math.max(0, at - 2), at) : last;
}

function after(source: string, at: number): string {
  return source.slice(at, at + 2);
}

export const isWordBefore = (source: string, at: number): boolean => WORD.test(before(source, at));
export const isWordAt = (source: string, at: number): boolean => WORD.test(after(source, at));
export const isDigitBefore = (source: string, at: number): boolean => DIGIT.test(before(source, at));
export const isDigitAt = (source: string, at: number): boolean => DIGIT.test(after(source, at));

/** The beginning and the end of a text count as space. */
export const isSpaceBefore = (source: string, at: number): boolean => at === 0 || SPACE.test(source[at - 1] as string);
export const isSpaceAt = (source: string, at: number): boolean =>
  at >= source.length || SPACE.test(source[at] as string);

/** How many of `char` stand at `at` in a row, counted no further than `most`. */
export function runLength(source: string, at: number, char: string, most: number): number {
  let length = 0;
  while (length < most && source[at + length] === char) length += 1;
  return length;
}

/** How many of `char` a text ends with. */
export function trailing(text: string, char: string): number {
  let count = 0;
  while (text[text.length - 1 - count] === char) count += 1;
  return count;
}

/** How many of `run` characters in a row at the end of a name or an address would close marks that are open. */
export type Closing = (char: string, run: number) => number;
