/** Where the repository is, and the Node it brings along. Runs on Node 20: it is what finds the newer one. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');
export const OLDEST_NODE = 24;

const isWindows = process.platform === 'win32';

/** A path inside the repository. */
export function inRoot(...parts) {
  return path.join(ROOT, ...parts);
}

/** The Node that runs Snug: this one when it is new enough, else the one that `npm ci` brought. */
export function repositoryNode() {
  if (Number(process.versions.node.split('.')[0]) >= OLDEST_NODE) return process.execPath;
  const { optionalDependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  for (const name of Object.keys(optionalDependencies)) {
    const file = inRoot('node_modules', name, 'bin', isWindows ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  throw new Error(
    `Snug needs Node ${OLDEST_NODE} or newer; this is ${process.version}. Run "npm ci" to bring one along.`,
  );
}

/** The environment for a child: whoever says `node` there gets the same one. */
export function nodeEnvironment(more = {}) {
  const folder = path.dirname(repositoryNode());
  return { ...process.env, PATH: `${folder}${path.delimiter}${process.env.PATH ?? ''}`, ...more };
}
