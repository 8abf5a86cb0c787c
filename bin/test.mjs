#!/usr/bin/env node
/**
 * `npm test`: the whole suite. Vitest for everything that needs no browser, then Playwright on the Chromium of this
 * machine. The last line sums both. Arguments narrow the run to test files whose path holds one of them
 * (`npm test -- packages/protocol`); browser tests then run only if an argument names packages/web/e2e.
 *
 * SNUG_REQUIRE_ALL=1 makes a suite that had to be left out a failure. CHROMIUM names the browser.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { countPlaywright, countsOf, countVitest, NO_TESTS, plainLine, sum } from './steps/count-tests.mjs';
import { findChromium } from './steps/find-chromium.mjs';
import { inRoot } from './steps/repository.mjs';
import { runNode } from './steps/run.mjs';
import { buildWebWhenStale } from './steps/web-build.mjs';

const BROWSER_CONFIG = 'packages/web/playwright.config.ts';
const BROWSER_TESTS = 'packages/web/e2e';
const requireAll = process.env.SNUG_REQUIRE_ALL === '1';
const filters = process.argv.slice(2);
const browserFilters = filters.filter((filter) => filter.startsWith(BROWSER_TESTS));
const otherFilters = filters.filter((filter) => !filter.startsWith(BROWSER_TESTS));

function reportFile(name) {
  const file = inRoot('out', name);
  mkdirSync(inRoot('out'), { recursive: true });
  rmSync(file, { force: true });
  return file;
}

async function vitest() {
  const report = reportFile('vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...otherFilters];
  const { code } = await runNode(inRoot('node_modules/vitest/vitest.mjs'), args);
  return countsOf(report, code, countVitest);
}

async function playwright(chromium) {
  const report = reportFile('playwright.json');
  const args = ['test', '-c', BROWSER_CONFIG, '--reporter=list,json', ...browserFilters];
  const env = { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await runNode(inRoot('node_modules/@playwright/test/cli.js'), args, { env });
  return countsOf(report, code, countPlaywright);
}

function leftOut(why) {
  console.log(`\n!! left out: browser tests (${why})\n`);
  return requireAll ? { ...NO_TESTS, failed: 1 } : NO_TESTS;
}

async function browserTests(isBuilt) {
  if (!isBuilt) return leftOut('the web client does not build');
  if (!existsSync(inRoot(BROWSER_CONFIG))) return leftOut(`there is no ${BROWSER_CONFIG}`);
  const chromium = findChromium();
  return chromium === null ? leftOut('no chromium found; install it or set CHROMIUM') : playwright(chromium);
}

const wantsBrowser = filters.length === 0 || browserFilters.length > 0;
const wantsVitest = filters.length === 0 || otherFilters.length > 0;
// Built first: the server's tests serve the same files that the browser tests look at.
const isBuilt = wantsBrowser ? await buildWebWhenStale() : true;
const counts = [isBuilt ? NO_TESTS : { ...NO_TESTS, failed: 1 }];
if (wantsVitest) counts.push(await vitest());
if (wantsBrowser) counts.push(await browserTests(isBuilt));
else console.log('\nBrowser tests were not asked for.\n');

const total = sum(counts);
console.log(plainLine(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
