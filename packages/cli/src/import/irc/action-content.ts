/**
 * What an action says, as message text: `* ada shrugs` becomes `_shrugs_` by ada, italic as in IRC clients. Marks in
 * the text are escaped, so that it reads as it was written. Addresses stay outside the italics: an escape would change
 * them, and a closing mark would become part of them.
 *
 * Ordinary messages are kept letter by letter: `*so*` and `_so_` were emphasis in IRC too, and what was said should be
 * found by searching for it.
 */
const ADDRESS = /(https?:\/\/\S+)/;

export function actionContent(text: string): string {
  return text
    .split(ADDRESS)
    .map((part) => (ADDRESS.test(part) ? part : italic(part)))
    .join('');
}

function italic(part: string): string {
  const words = part.trim();
  if (words === '') return part;
  const start = part.indexOf(words);
  return `${part.slice(0, start)}_${words.replace(/[\\`*_~|]/g, '\\$&')}_${part.slice(start + words.length)}`;
}
