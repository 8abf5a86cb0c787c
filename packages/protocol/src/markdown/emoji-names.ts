/** Emoji by name (Blueprint "Emoji: `:emoji_name:`"). Apart from the rest, so that a browser loads the table when it needs it. */
import { EMOJI_TABLE } from './emoji-table.ts';

export interface NamedEmoji {
  /** Without colons. */
  name: string;
  emoji: string;
}

const MOST_FOUND = 100;

let names: ReadonlyMap<string, string> | null = null;

/** Made when it is first asked for: a process that shows no message need not have it. */
function table(): ReadonlyMap<string, string> {
  names ??= new Map(
    EMOJI_TABLE.trim()
      .split(/\s+/)
      .flatMap((entry) => {
        const [emoji = '', ...called] = entry.split(':');
        return called.map((name): [string, string] => [name, emoji]);
      }),
  );
  return names;
}

/** The emoji of a name without colons, lower case as it is written; undefined where there is none. */
export function findEmoji(name: string): string | undefined {
  return table().get(name);
}

/**
 * Emoji for what somebody begins to type, at most `limit` (up to 100) and each once: names that begin so, then names of
 * which a later word does, short names before long ones. For nothing typed, the first ones in Unicode's order.
 */
export function searchEmoji(prefix: string, limit: number): NamedEmoji[] {
  const asked = prefix
    .trim()
    .toLowerCase()
    .replace(/^:|:$/g, '')
    .replace(/[\s-]+/g, '_');
  const all = Array.from(table(), ([name, emoji]) => ({ name, emoji }));
  const beginning = all.filter(({ name }) => name.startsWith(asked));
  const within = all.filter(({ name }) => name.includes(`_${asked}`));
  const found = asked === '' ? all : [...beginning.sort(byLength), ...within.sort(byLength)];
  const once = new Map<string, NamedEmoji>();
  for (const each of found) if (!once.has(each.emoji)) once.set(each.emoji, each);
  return [...once.values()].slice(0, Math.max(0, Math.min(limit, MOST_FOUND)));
}

const byLength = (a: NamedEmoji, b: NamedEmoji): number => a.name.length - b.name.length;
