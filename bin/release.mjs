#!/usr/bin/env node
/**
 * Makes a release archive of what is committed, with the web client built: release/snug-VERSION.tar.gz and its SHA-256.
 * docs/install.md says how to run it. Needs git and tar.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inRoot, ROOT } from './steps/repository.mjs';
import { buildWebWhenStale } from './steps/web-build.mjs';

const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
const name = `snug-${version}`;
const output = inRoot('release');
const archive = path.join(output, `${name}.tar.gz`);

function refuseUncommitted() {
  const changed = execFileSync('git', ['status', '--porcelain', '--untracked-files=no'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (changed === '') return;
  console.error(`A release is made of what is committed. Commit or put aside:\n${changed}`);
  process.exit(1);
}

function pack(folder) {
  const committed = path.join(folder, 'committed.tar');
  execFileSync('git', ['archive', `--prefix=${name}/`, '-o', committed, 'HEAD'], { cwd: ROOT });
  execFileSync('tar', ['-xf', committed, '-C', folder]);
  // Copied last and without its times: the build must be newer than its sources, or the first start would rebuild it.
  cpSync(inRoot('packages/web/dist'), path.join(folder, name, 'packages/web/dist'), { recursive: true });
  mkdirSync(output, { recursive: true });
  execFileSync('tar', ['-czf', archive, '-C', folder, name]);
}

refuseUncommitted();
if (!(await buildWebWhenStale()) || !existsSync(inRoot('packages/web/dist/index.html'))) process.exit(1);
const folder = mkdtempSync(path.join(tmpdir(), 'snug-release-'));
try {
  pack(folder);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const sha256 = createHash('sha256').update(readFileSync(archive)).digest('hex');
writeFileSync(`${archive}.sha256`, `${sha256}  ${name}.tar.gz\n`);
console.log(`${path.relative(ROOT, archive)}\nsha256 ${sha256}`);
