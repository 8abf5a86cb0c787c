import { readFileSync } from 'node:fs';

const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

/** The version of this installation, as `snug --version` and discovery tell it. */
export const VERSION: string = manifest.version;
