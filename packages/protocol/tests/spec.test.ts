import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const SPEC = readFileSync(path.join(import.meta.dirname, '../SPEC.md'), 'utf8');
const RULES = [...SPEC.matchAll(/^- (~~)?\*\*\[([A-Z]+)(\d+)\]\*\* (.+(?:\n {2}.+)*)/gm)].map((match) => ({
  group: match[2] as string,
  number: Number(match[3]),
  text: (match[4] as string).replaceAll('\n  ', ' '),
}));
const NAMES = new Set(RULES.map(({ group, number }) => `${group}${number}`));

describe('the numbered rules', () => {
  it('are many: this test reads the list it thinks it reads', () => {
    expect(RULES.length).toBeGreaterThan(150);
    expect(RULES.length).toBe([...SPEC.matchAll(/^- .*\*\*\[/gm)].length);
  });

  it('have each number once, in order and without holes', () => {
    for (const [group, rules] of Map.groupBy(RULES, (rule) => rule.group)) {
      expect({ group, numbers: rules.map((rule) => rule.number) }).toEqual({
        group,
        numbers: rules.map((_, index) => index + 1),
      });
    }
  });

  it('are sentences', () => {
    for (const { text } of RULES) expect(text).toMatch(/^\S.{15,}[.)]$/);
  });

  it('name design rules that exist', () => {
    const engine = readFileSync(path.join(ROOT, 'docs/engine.md'), 'utf8');
    const known = new Set([...engine.matchAll(/^- \*\*(E\d+) /gm)].map((match) => match[1]));
    expect(known.size).toBeGreaterThan(30);
    const named = new Set([...SPEC.matchAll(/\bE\d+\b/g)].map((match) => match[0]));
    expect([...named].filter((name) => !known.has(name))).toEqual([]);
  });

  it('refer to one another only where there is something', () => {
    const referred = [...SPEC.matchAll(/\[([A-Z]+\d+)\]/g)].map((match) => match[1] as string);
    expect(referred.filter((name) => !NAMES.has(name))).toEqual([]);
  });

  it('are the ones that tests carry in their titles', () => {
    const files = globSync('packages/*/{tests,e2e,src}/**/*.{test,spec}.{ts,tsx}', { cwd: ROOT });
    expect(files.length).toBeGreaterThan(5);
    const unknown = files.flatMap((file) => {
      const source = readFileSync(path.join(ROOT, file), 'utf8');
      const titles = source.matchAll(/\b(?:it|test|describe)\b[^'"`\n]*['"`]((?:\[[A-Z]+\d+\] ?)+)/g);
      const carried = [...titles].flatMap((match) => [...(match[1] as string).matchAll(/\[([A-Z]+\d+)\]/g)]);
      const names = carried.map((match) => match[1] as string);
      return names.filter((name) => !NAMES.has(name) && !/^E\d+$/.test(name)).map((name) => `${file}: [${name}]`);
    });
    expect(unknown).toEqual([]);
  });
});
