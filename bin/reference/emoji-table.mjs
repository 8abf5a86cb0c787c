/** Emoji and their names as a TypeScript module (bin/emoji.mjs). */
const IS_EMOJI = /^\p{RGI_Emoji}$/v;
/** No mark of Markdown can begin or end inside such a name, so names and marks never fight ([MD12]). */
const NAME = /^(?:[a-z0-9]+(?:[_-][a-z0-9]+)*|[+-]1)$/;
const LINE_MAX = 300;

/**
 * `{ emoji, names }` in Unicode's order. `data` is emojibase's list; `sets` are its shortcodes by code point, the first
 * before the second where they disagree. The third only names what the others do not know.
 */
export function emojiRows(data, [first, second, rest]) {
  const known = data
    .filter(({ order }) => order !== undefined)
    .sort((a, b) => a.order - b.order)
    .map(({ emoji, hexcode }) => ({ emoji: qualified(emoji), hexcode, names: [] }))
    .filter(({ emoji }) => emoji !== null);
  const taken = new Set();
  const give = (row, set) => {
    for (const name of [set[row.hexcode] ?? []].flat()) {
      if (!NAME.test(name) || taken.has(name)) continue;
      taken.add(name);
      row.names.push(name);
    }
  };
  for (const row of known) give(row, first);
  for (const row of known) give(row, second);
  for (const row of known) if (row.names.length === 0) give(row, rest);
  return known.filter(({ names }) => names.length > 0).map(({ emoji, names }) => ({ emoji, names }));
}

/** Some lists end every emoji with the selector that asks for a picture; Unicode recommends it only where it matters. */
function qualified(emoji) {
  return [emoji, emoji.replace(/\uFE0F$/, '')].find((form) => IS_EMOJI.test(form)) ?? null;
}

export function renderEmojiTable(rows, source) {
  const lines = [''];
  for (const { emoji, names } of rows) {
    const entry = [emoji, ...names].join(':');
    const line = lines.at(-1);
    if (line !== '' && line.length + entry.length >= LINE_MAX) lines.push(entry);
    else lines[lines.length - 1] = line === '' ? entry : `${line} ${entry}`;
  }
  return `/**
 * Emoji and their names, in Unicode's order: GitHub's and Discord's. Made by bin/emoji.mjs from ${source}
 * (MIT, Copyright Miles Johnson); not written by hand. Entries are apart by white space, an emoji and its names by colons.
 */
export const EMOJI_TABLE = \`
${lines.join('\n')}
\`;
`;
}
