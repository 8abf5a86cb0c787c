import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inRoot } from '../steps/repository.mjs';

const PAGE = readFileSync(inRoot('docs/dependencies.md'), 'utf8');
const read = (file) => JSON.parse(readFileSync(inRoot(file), 'utf8'));
const root = read('package.json');
const packages = readdirSync(inRoot('packages')).map((name) => read(`packages/${name}/package.json`));
const theirs = (names) => Object.keys(names ?? {}).filter((name) => !name.startsWith('@snug/'));
const runtime = packages.flatMap((each) => theirs(each.dependencies));
const development = [root, ...packages].flatMap((each) => theirs(each.devDependencies));

describe('docs/dependencies.md', () => {
  it('argues for every dependency at run time in one line', () => {
    expect(runtime.length).toBeGreaterThan(10);
    for (const name of runtime) expect(PAGE).toMatch(new RegExp(`^\\| \`${name}\` \\| [^|]+ \\| [^|]{20,} \\|$`, 'm'));
  });

  it('lists every one for development, and the Node that comes along', () => {
    for (const name of [...development, ...theirs(root.optionalDependencies)]) expect(PAGE).toContain(`\`${name}\``);
  });

  it('names nothing that is not there', () => {
    const known = new Set([...runtime, ...development, ...theirs(root.optionalDependencies)]);
    const rows = PAGE.split('\n').filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((line) => [...line.split('|')[1].matchAll(/`([^`]+)`/g)].map((match) => match[1]));
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });

  it('is about versions that are exact', () => {
    for (const each of [root, ...packages]) {
      const all = { ...each.dependencies, ...each.devDependencies, ...each.optionalDependencies };
      for (const version of Object.values(all)) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });
});
