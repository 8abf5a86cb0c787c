import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importsOf, violationsOf } from '../steps/import-rules.mjs';
import { inRoot } from '../steps/repository.mjs';

const ALL = ['protocol', 'client', 'web', 'edge', 'auth', 'chat', 'server', 'cli', 'testkit', 'bench'];

function from(name, file = 'src/a.ts') {
  const runtime = [...ALL.map((each) => `@snug/${each}`), 'zod'];
  return {
    package: name,
    file,
    declared: { name: `@snug/${name}`, runtime, development: [] },
    rootDevelopment: ['vitest'],
  };
}
const isAllowed = (name, target, file) => violationsOf(from(name, file), target).length === 0;

describe('finding imports', () => {
  it('sees every way to write one, with its line', () => {
    const source = [
      "import { a } from './a.ts';",
      "import type { B } from '@snug/protocol';",
      'import {',
      '  c,',
      "} from './c.ts';",
      "export * from './d.ts';",
      "import './e.ts';",
      "const f = await import('./f.ts');",
    ].join('\n');
    expect(importsOf(source)).toEqual([
      { line: 1, target: './a.ts' },
      { line: 2, target: '@snug/protocol' },
      { line: 3, target: './c.ts' },
      { line: 6, target: './d.ts' },
      { line: 7, target: './e.ts' },
      { line: 8, target: './f.ts' },
    ]);
  });

  it('does not take a sentence for one', () => {
    expect(importsOf("// import it from './x.ts' instead\nconst from = 'import';\n")).toEqual([]);
  });
});

describe('the direction', () => {
  it('leads from the protocol outwards and never back', () => {
    const allowed = ALL.flatMap((name) =>
      ALL.filter((to) => isAllowed(name, `@snug/${to}`)).map((to) => `${name} > ${to}`),
    );
    expect(allowed).toContain('client > protocol');
    expect(allowed).toContain('chat > edge');
    expect(allowed).toContain('cli > server');
    for (const wrong of [
      'protocol > client',
      'client > server',
      'web > chat',
      'auth > chat',
      'chat > auth',
      'chat > server',
    ]) {
      expect(allowed).not.toContain(wrong);
    }
    const back = allowed.filter((pair) => allowed.includes(pair.split(' > ').reverse().join(' > ')));
    expect(back).toEqual([]);
  });

  it('goes through front doors only', () => {
    expect(isAllowed('chat', '@snug/protocol/src/ids.ts')).toBe(false);
    expect(isAllowed('chat', '../../protocol/src/ids.ts')).toBe(false);
    expect(isAllowed('chat', './log/log.ts')).toBe(true);
    const withDoors = { ...from('chat', 'tests/a.test.ts'), frontDoors: { testkit: ['.', './suites/*'] } };
    expect(violationsOf(withDoors, '@snug/testkit/suites/log-suite')).toEqual([]);
    expect(violationsOf(withDoors, '@snug/testkit/src/suites/log-suite.ts')).toHaveLength(1);
  });

  it('keeps Node out of what runs in browsers', () => {
    expect(isAllowed('client', 'node:fs')).toBe(false);
    expect(isAllowed('client', 'fs')).toBe(false);
    expect(isAllowed('client', 'node:fs', 'tests/a.test.ts')).toBe(true);
    expect(isAllowed('chat', 'node:fs')).toBe(true);
  });

  it('asks for a declared dependency', () => {
    expect(isAllowed('chat', 'zod')).toBe(true);
    expect(isAllowed('chat', 'left-pad')).toBe(false);
    expect(isAllowed('chat', 'vitest')).toBe(false);
    expect(isAllowed('chat', 'vitest', 'tests/a.test.ts')).toBe(true);
  });

  it('lets tests boot the whole, but not import the web client', () => {
    expect(isAllowed('client', '@snug/testkit', 'tests/a.test.ts')).toBe(true);
    expect(isAllowed('client', '@snug/testkit')).toBe(false);
    expect(isAllowed('server', '@snug/web', 'tests/a.test.ts')).toBe(false);
  });
});

describe('features', () => {
  const file = 'src/features/pins/pin-message.ts';
  it('see the queries of other features and nothing else of them', () => {
    expect(isAllowed('chat', '../messages/messages.queries.ts', file)).toBe(true);
    expect(isAllowed('chat', '../messages/queries.ts', file)).toBe(true);
    expect(isAllowed('chat', '../messages/send-message.ts', file)).toBe(false);
    expect(isAllowed('chat', './pins.projection.ts', file)).toBe(true);
    expect(isAllowed('chat', '../../log/log.ts', file)).toBe(true);
    expect(isAllowed('chat', './features/messages/send-message.ts', 'src/app.ts')).toBe(true);
  });
});

describe('bin/check-imports.mjs', () => {
  let root;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'snug-imports-'));
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ devDependencies: { vitest: '1' } }));
    for (const [name, source] of [
      ['protocol', "import { z } from 'zod';\n"],
      ['client', "import { Id } from '@snug/protocol';\n"],
    ]) {
      const folder = path.join(root, 'packages', name, 'src');
      mkdirSync(folder, { recursive: true });
      const dependencies = name === 'client' ? { '@snug/protocol': '1' } : { zod: '1' };
      writeFileSync(path.join(folder, '../package.json'), JSON.stringify({ name: `@snug/${name}`, dependencies }));
      writeFileSync(path.join(folder, 'index.ts'), source);
    }
  });
  afterEach(() => rmSync(root, { recursive: true }));
  const check = () =>
    spawnSync(process.execPath, [inRoot('bin/check-imports.mjs'), path.join(root, 'packages')], { encoding: 'utf8' });

  it('is content with imports that point the right way', () => {
    const { status, stderr } = check();
    expect(stderr).toBe('');
    expect(status).toBe(0);
  });

  it('names the file, the line and the reason of each that does not', () => {
    const file = path.join(root, 'packages/protocol/src/index.ts');
    writeFileSync(file, "import { z } from 'zod';\n\nexport { createClient } from '@snug/client';\n");
    const { status, stdout } = check();
    expect(status).toBe(1);
    expect(stdout).toContain('protocol/src/index.ts:3  @snug/client');
    expect(stdout).toContain('protocol may not import client');
    expect(stdout).toContain('1 import points the wrong way');
  });
});
