#!/usr/bin/env node
/**
 * Writes packages/protocol/src/markdown/emoji-table.ts from the pinned release of emojibase-data, which it fetches into a
 * temporary folder: 50 MB of translations are no dependency for the 50 kB that are needed of them. For a new Unicode,
 * change VERSION and INTEGRITY and run it again.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emojiRows, renderEmojiTable } from './reference/emoji-table.mjs';
import { inRoot } from './steps/repository.mjs';
import { run } from './steps/run.mjs';

const PACKAGE = 'emojibase-data';
const VERSION = '17.0.0';
const INTEGRITY = 'sha512-Yvgb5AWoHViHV/gq1qr5ZAarcBip+B27/ZLRsUJkbgAEaLlZ/fof9g882LTpmEpyhBNEC0m2SEmItljHsTygjA==';
const TABLE = 'packages/protocol/src/markdown/emoji-table.ts';

async function fetchInto(folder) {
  writeFileSync(path.join(folder, 'package.json'), '{"private":true}');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${PACKAGE}@${VERSION}`];
  const { code, output } = await run(npm, args, { cwd: folder, capture: true });
  if (code !== 0) throw new Error(`npm could not fetch ${PACKAGE}:\n${output}`);
  const lock = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
  const { integrity } = lock.packages[`node_modules/${PACKAGE}`];
  if (integrity !== INTEGRITY) throw new Error(`${PACKAGE}@${VERSION} is ${integrity}, not what is pinned here`);
  return (file) => JSON.parse(readFileSync(path.join(folder, 'node_modules', PACKAGE, 'en', file), 'utf8'));
}

const folder = mkdtempSync(path.join(tmpdir(), 'snug-emoji-'));
try {
  const read = await fetchInto(folder);
  // GitHub's names win over Discord's where both use one for different emoji; the last set names what is newer than both.
  const rows = emojiRows(read('data.json'), [
    read('shortcodes/github.json'),
    read('shortcodes/joypixels.json'),
    read('shortcodes/emojibase.json'),
  ]);
  writeFileSync(inRoot(TABLE), renderEmojiTable(rows, `${PACKAGE} ${VERSION}`));
  console.log(`${TABLE}: ${rows.length} emoji, ${rows.reduce((sum, row) => sum + row.names.length, 0)} names.`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
