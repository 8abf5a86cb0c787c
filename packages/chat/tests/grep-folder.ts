import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder whose bytes contain these words: in UTF-8, whatever kind of file they are. */
export function grepFolder(folder: string, words: string): string[] {
  const needle = Buffer.from(words);
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = join(folder, name);
    return statSync(file).isFile() && readFileSync(file).includes(needle);
  });
}

/** Waits until no file contains them; the caller's timeout says how long is too long. */
export async function untilGone(folder: string, words: string): Promise<void> {
  while (grepFolder(folder, words).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
