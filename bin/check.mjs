#!/usr/bin/env node
/** `bin/check`: what CI runs, as one list. `--without-tests` leaves the tests out. */
import './install.mjs';
import { inRoot } from './steps/repository.mjs';
import { runNode } from './steps/run.mjs';

const tsc = inRoot('node_modules/typescript/bin/tsc');
const STEPS = [
  ['types of the server side', tsc, ['-p', 'tsconfig.json', '--noEmit']],
  ['types of the web client', tsc, ['-p', 'packages/web/tsconfig.json', '--noEmit']],
  ['lint and format', inRoot('node_modules/@biomejs/biome/bin/biome'), ['ci', '--colors=off', '.']],
  ['import direction', inRoot('bin/check-imports.mjs'), []],
  ['generated docs are fresh', inRoot('bin/docs.mjs'), ['--check']],
  ['web client builds', inRoot('bin/build.mjs'), []],
];
const TESTS = ['tests', inRoot('bin/test.mjs'), []];

const withTests = !process.argv.includes('--without-tests');
const results = [];

async function step([name, file, args], capture) {
  const started = performance.now();
  if (!capture) console.log(`${name}...`);
  const { code, output } = await runNode(file, args, { capture });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  if (code !== 0 && capture) console.log(output.trimEnd());
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  results.push({ name, isOk: code === 0 });
}

for (const each of STEPS) await step(each, true);
// Shown as they run: they take minutes, and their last lines are the summary people look for.
if (withTests) await step(TESTS, false);

const failed = results.filter((result) => !result.isOk).map((result) => result.name);
console.log(failed.length === 0 ? 'All checks passed.' : `Failed: ${failed.join(', ')}.`);
process.exit(failed.length === 0 ? 0 : 1);
