import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from '../steps/find-chromium.mjs';
import { inRoot, OLDEST_NODE, repositoryNode } from '../steps/repository.mjs';
import { newestTime } from '../steps/web-build.mjs';

let folder;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'snug-bin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Stands in for npm, which would need the network: does what `npm ci` does last. */
const NPM = `
const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
appendFileSync('calls', process.argv.slice(2).join(' ') + '\\n');
if (process.env.NPM_FAILS) process.exit(7);
mkdirSync('node_modules', { recursive: true });
writeFileSync('node_modules/.package-lock.json', '{}');
`;

describe('bin/install.mjs', () => {
  beforeEach(() => {
    mkdirSync(path.join(folder, 'bin'));
    cpSync(inRoot('bin/install.mjs'), path.join(folder, 'bin/install.mjs'));
    cpSync(inRoot('bin/steps'), path.join(folder, 'bin/steps'), { recursive: true });
    writeFileSync(path.join(folder, 'package-lock.json'), '{}');
    writeFileSync(path.join(folder, 'npm-cli.js'), NPM);
  });
  const install = (env = {}) =>
    spawnSync(process.execPath, ['bin/install.mjs'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, npm_execpath: path.join(folder, 'npm-cli.js'), ...env },
    });
  const calls = () => (existsSync(path.join(folder, 'calls')) ? readFileSync(path.join(folder, 'calls'), 'utf8') : '');

  it('installs on a bare clone, once, and is quiet afterwards', () => {
    const first = install();
    expect(first.status).toBe(0);
    expect(first.stdout).toContain('Installing');
    const second = install();
    expect(second).toMatchObject({ status: 0, stdout: '', stderr: '' });
    expect(calls().trim().split('\n')).toEqual([expect.stringMatching(/^ci /)]);
  });

  it('installs again when the lock file is newer', () => {
    install();
    const later = new Date(Date.now() + 60_000);
    utimesSync(path.join(folder, 'package-lock.json'), later, later);
    install();
    expect(calls().trim().split('\n')).toHaveLength(2);
  });

  it('fails with npm, and tries again next time', () => {
    expect(install({ NPM_FAILS: '1' }).status).toBe(7);
    expect(install().status).toBe(0);
    expect(calls().trim().split('\n')).toHaveLength(2);
  });
});

describe('the Node of the repository', () => {
  it('is new enough, whichever Node asks', () => {
    const version = spawnSync(repositoryNode(), ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout;
    expect(Number(version.split('.')[0])).toBeGreaterThanOrEqual(OLDEST_NODE);
  });
});

describe('becoming another program', () => {
  it.skipIf(process.platform === 'win32')('keeps the process, the arguments and the exit code', () => {
    const target = path.join(folder, 'target.mjs');
    writeFileSync(target, 'console.log(process.pid, process.argv.slice(2).join()); process.exit(5);');
    const source = path.join(folder, 'source.mjs');
    const run = JSON.stringify(inRoot('bin/steps/run.mjs'));
    writeFileSync(
      source,
      `import { becomeNode } from ${run}; await becomeNode(${JSON.stringify(target)}, ['a', 'b c']);`,
    );
    const { pid, status, stdout } = spawnSync(process.execPath, [source], { encoding: 'utf8' });
    expect(stdout).toBe(`${pid} a,b c\n`);
    expect(status).toBe(5);
  });
});

describe('finding Chromium', () => {
  function browser(name) {
    const file = path.join(folder, name);
    writeFileSync(file, '');
    chmodSync(file, 0o755);
    return file;
  }

  it('takes the one that CHROMIUM names, else one on the path, else none', () => {
    const onPath = browser('google-chrome');
    const named = browser('mine');
    expect(findChromium({ CHROMIUM: named, PATH: folder })).toBe(named);
    expect(findChromium({ PATH: `/nowhere${path.delimiter}${folder}` })).toBe(onPath);
    expect(findChromium({ PATH: '/nowhere' })).toBeNull();
  });

  it('does not pass over a CHROMIUM that cannot be run', () => {
    browser('chromium');
    expect(() => findChromium({ CHROMIUM: '/nowhere/chromium', PATH: folder })).toThrow('/nowhere/chromium');
  });
});

describe('the age of sources', () => {
  it('is that of the newest file, in any folder that reaches the build', () => {
    const at = (file, seconds) => {
      const full = path.join(folder, file);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, '');
      utimesSync(full, seconds, seconds);
    };
    at('a.ts', 1_000);
    at('src/deep/b.ts', 3_000);
    at('dist/c.js', 9_000);
    at('tests/d.test.ts', 9_000);
    expect(newestTime(folder)).toBe(3_000_000);
  });
});
