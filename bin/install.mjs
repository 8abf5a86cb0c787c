#!/usr/bin/env node
/**
 * Brings the dependencies in when they are missing or older than package-lock.json, and says nothing otherwise. npm
 * runs it before `npm start` and `npm test`, so that both work on a bare clone; it runs on the system's own Node.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync, utimesSync } from 'node:fs';
import { inRoot, ROOT } from './steps/repository.mjs';

// npm writes this file last: when it is there, the install before it was whole.
const installed = inRoot('node_modules/.package-lock.json');
const wanted = inRoot('package-lock.json');

function isFresh() {
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(wanted).mtimeMs;
}

function npmCi() {
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env.npm_execpath;
  const options = { cwd: ROOT, stdio: 'inherit' };
  // A package manager other than npm leaves its own path here; the lock file is npm's.
  if (npm !== undefined && /npm-cli\.[cm]?js$/.test(npm)) return spawnSync(process.execPath, [npm, ...args], options);
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
}

if (!isFresh()) {
  console.log('Installing dependencies (this takes a moment, once)...');
  const result = npmCi();
  if (result.error !== undefined) throw result.error;
  if (result.status !== 0) {
    console.error('The dependencies could not be installed.');
    process.exit(result.status ?? 1);
  }
  utimesSync(installed, new Date(), new Date());
}
