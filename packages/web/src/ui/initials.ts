const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** One or two characters that stand for a name, whole graphemes only: an emoji is not cut in half. */
export function initials(name: string, most = 2): string {
  const words = name
    .trim()
    .split(/[\s._-]+/u)
    .filter((word) => word !== '');
  const first = (word: string): string => segments.segment(word)[Symbol.iterator]().next().value?.segment ?? '';
  return words.slice(0, most).map(first).join('').toLocaleUpperCase();
}

/** A tone of 0 to 9 that an id keeps for ever. */
export function tone(id: string): number {
  let sum = 7;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % 10;
}
