import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { inRoot, ROOT } from '../steps/repository.mjs';

const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: ROOT, encoding: 'utf8' }).trim().split('\n');
/** What people mark up as a path, and what a link leads to. */
const PATH = /`((?:bin|docs|rfd|packages|\.ci|\.github)\/[\w./-]+)`/g;
const LINK = /\]\(([^)#\s]+)(?:#[^)]*)?\)/g;
/** Written by the benchmark, and pictures that are made by hand. */
const MADE_LATER = new Set(['docs/performance.md', 'docs/images/app.png']);

function broken(page) {
  const text = readFileSync(inRoot(page), 'utf8').replaceAll(/^ {4}.*$/gm, '');
  const links = [...text.matchAll(LINK)].map((match) => match[1]).filter((link) => !/^[a-z]+:/.test(link));
  const fromPage = links.map((link) => path.posix.normalize(path.posix.join(path.posix.dirname(page), link)));
  const fromRoot = [...text.matchAll(PATH)].map((match) => match[1]);
  return [...fromPage, ...fromRoot].filter((target) => !MADE_LATER.has(target) && !existsSync(inRoot(target)));
}

describe('documents', () => {
  it('are there to be looked at', () => {
    expect(pages).toContain('README.md');
  });

  it.each(pages)('%s leads only to what exists', (page) => {
    expect(broken(page)).toEqual([]);
  });

  it('scripts that people run may be run', () => {
    for (const script of ['bin/setup', 'bin/dev', 'bin/check', '.ci/run']) {
      expect(statSync(inRoot(script)).mode & 0o111).not.toBe(0);
    }
  });
});
