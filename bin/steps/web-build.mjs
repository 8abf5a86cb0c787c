/** Builds the web client when its output is missing or older than what it is made from. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot } from './repository.mjs';
import { runNode } from './run.mjs';

const BUILT = inRoot('packages/web/dist/index.html');
const SOURCES = ['web', 'client', 'protocol'].map((name) => inRoot('packages', name));
/** Nothing in these reaches the build. */
const LEFT_OUT = new Set(['dist', 'node_modules', 'tests', 'e2e', 'test-results']);

export function newestTime(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (LEFT_OUT.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    const time = entry.isDirectory() ? newestTime(file) : statSync(file).mtimeMs;
    newest = Math.max(newest, time);
  }
  return newest;
}

/** 'fresh', 'stale' or 'missing'. */
export function webBuildState() {
  if (!existsSync(BUILT)) return 'missing';
  const built = statSync(BUILT).mtimeMs;
  const newest = Math.max(...SOURCES.map(newestTime), statSync(inRoot('package-lock.json')).mtimeMs);
  return newest > built ? 'stale' : 'fresh';
}

/** Resolves to whether a build that may be served is there afterwards. */
export async function buildWebWhenStale() {
  const state = webBuildState();
  if (state === 'fresh') return true;
  const vite = inRoot('node_modules/vite/bin/vite.js');
  if (!existsSync(vite)) return serveWhatIsThere(state);
  console.log('Building the web client...');
  const { code, output } = await runNode(vite, ['build'], { cwd: inRoot('packages/web'), capture: true });
  if (code !== 0) console.error(output);
  return code === 0;
}

/** A production install has no bundler: it serves the build that came with the release. */
function serveWhatIsThere(state) {
  if (state === 'stale') {
    console.warn('The web client is older than its sources and the bundler is not installed; serving it as it is.');
    return true;
  }
  console.error('There is no built web client and no bundler to build it. Run "npm ci", or use a release archive.');
  return false;
}
