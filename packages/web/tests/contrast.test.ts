import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../src/themes/theme.ts';

type Rgba = [number, number, number, number];
type Variables = Readonly<Record<string, string>>;

const folder = new URL('../src/themes/', import.meta.url);

/** The variables of a theme as the cascade gives them: the dark block, then the light one over it. */
function variables(theme: string, mode: 'dark' | 'light'): Variables {
  const css = readFileSync(new URL(`${theme}.css`, folder), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const found: Record<string, string> = {};
  for (const [, selector = '', body = ''] of css.matchAll(/([^{}]+)\{([^}]*)\}/g)) {
    if (selector.includes('data-mode="light"') && mode === 'dark') continue;
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) found[name] = value.trim();
  }
  return found;
}

/** Names declared in the block of one mode itself, without what it inherits. */
function declared(theme: string, mode: 'dark' | 'light'): string[] {
  const css = readFileSync(new URL(`${theme}.css`, folder), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const block = [...css.matchAll(/([^{}]+)\{([^}]*)\}/g)].find(
    ([, selector = '']) => selector.includes('data-mode="light"') === (mode === 'light'),
  );
  return [...(block?.[2] ?? '').matchAll(/(--[\w-]+):/g)].map(([, name = '']) => name).sort();
}

function parse(color: string): Rgba {
  const hex = /^#([0-9a-f]{6})$/.exec(color)?.[1];
  if (hex !== undefined) {
    return [0, 2, 4].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).concat(1) as Rgba;
  }
  const parts = /^rgba\(([^)]+)\)$/.exec(color)?.[1]?.split(',').map(Number);
  if (parts?.length === 4) return parts as Rgba;
  throw new Error(`not a colour this test can read: ${color}`);
}

function over(front: Rgba, back: Rgba): Rgba {
  const mix = (i: 0 | 1 | 2): number => front[i] * front[3] + back[i] * (1 - front[3]);
  return [mix(0), mix(1), mix(2), 1];
}

function luminance(color: Rgba): number {
  const linear = (part: number): number => {
    const c = part / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(color[0]) + 0.7152 * linear(color[1]) + 0.0722 * linear(color[2]);
}

function contrast(front: Rgba, back: Rgba): number {
  const [a, b] = [luminance(over(front, back)), luminance(back)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const GROUNDS = ['--bg-primary', '--bg-secondary', '--bg-tertiary', '--bg-accent'];
const TEXT_ON_GROUNDS = ['--text-primary', '--text-secondary', '--text-muted', '--interactive-normal'];
/** [text, ground]: what is read must reach 4.5:1. */
const TEXT: [string, string][] = [
  ...TEXT_ON_GROUNDS.flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])),
  ...['--text-link', '--accent-primary', '--accent-danger', '--accent-success'].flatMap((text) =>
    ['--bg-primary', '--bg-secondary', '--bg-accent'].map((ground): [string, string] => [text, ground]),
  ),
  ['--on-accent', '--accent-primary'],
  ['--on-danger', '--accent-danger'],
  ['--text-primary', '--input-bg'],
  ['--input-placeholder', '--input-bg'],
];
/** What is only seen (a dot, an edge of a field) must reach 3:1. */
const SEEN: [string, string][] = [
  ...['--online', '--idle', '--dnd', '--offline', '--accent-primary'].map((dot): [string, string] => [
    dot,
    '--bg-secondary',
  ]),
  ['--input-border', '--bg-primary'],
  ['--accent-primary', '--bg-tertiary'],
];

const BLUEPRINT = {
  dark: {
    '--bg-primary': '#313338',
    '--bg-secondary': '#2b2d31',
    '--bg-tertiary': '#1e1f22',
    '--bg-accent': '#404249',
    '--text-primary': '#f2f3f5',
    '--text-secondary': '#b5bac1',
    '--text-muted': '#949ba4',
    '--text-link': '#00a8fc',
    '--accent-primary': '#5865f2',
    '--accent-success': '#23a55a',
    '--accent-danger': '#f23f43',
    '--accent-warning': '#f0b232',
    '--online': '#23a55a',
    '--idle': '#f0b232',
    '--dnd': '#f23f43',
    '--offline': '#80848e',
    '--interactive-normal': '#b5bac1',
    '--interactive-hover': '#dbdee1',
    '--interactive-active': '#ffffff',
    '--input-bg': '#1e1f22',
    '--input-border': 'transparent',
    '--input-placeholder': '#87898c',
    '--mention-bg': 'rgba(88, 101, 242, 0.3)',
    '--mention-text': '#c9cdfb',
  },
  light: {
    '--bg-primary': '#ffffff',
    '--bg-secondary': '#f2f3f5',
    '--bg-tertiary': '#e3e5e8',
    '--bg-accent': '#ebedef',
    '--text-primary': '#060607',
    '--text-secondary': '#4e5058',
    '--text-muted': '#6d6f78',
  },
} as const;
const MODES = ['dark', 'light'] as const;

describe('themes', () => {
  it.each(THEMES.flatMap((theme) => MODES.map((mode) => [theme, mode] as const)))(
    '%s %s defines every variable of Blueprint, and the same set as the others',
    (theme, mode) => {
      expect(declared(theme, mode)).toEqual(declared('snug', 'dark'));
      expect(declared(theme, mode)).toEqual(expect.arrayContaining(Object.keys(BLUEPRINT.dark)));
    },
  );

  it.each(MODES)("blueprint %s has the mission's values to the digit", (mode) => {
    expect(variables('blueprint', mode)).toMatchObject(BLUEPRINT[mode]);
  });

  // Blueprint's own values are not ours to change, so they are not measured here.
  it.each(['snug', 'kaizen', 'contrast'].flatMap((theme) => MODES.map((mode) => [theme, mode] as const)))(
    '%s %s passes AA in every pair that the views use',
    (theme, mode) => {
      const color = variables(theme, mode);
      const at = (name: string): Rgba => parse(color[name] ?? 'missing');
      const short = [...TEXT.map((pair) => [...pair, 4.5] as const), ...SEEN.map((pair) => [...pair, 3] as const)]
        .map(([front, back, least]) => ({ front, back, least, ratio: contrast(at(front), at(back)) }))
        .filter(({ ratio, least }) => ratio < least);
      expect(short).toEqual([]);
      const marked = over(at('--mention-bg'), at('--bg-primary'));
      expect(contrast(at('--mention-text'), marked)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(at('--text-primary'), marked)).toBeGreaterThanOrEqual(4.5);
    },
  );

  it('avatars carry readable initials in every tone', () => {
    const base = readFileSync(new URL('base.css', folder), 'utf8');
    const ink = parse(/--avatar-ink: (#\w+)/.exec(base)?.[1] ?? 'missing');
    const tones = [...base.matchAll(/--avatar-\d: (#\w+)/g)].map(([, tone = '']) => parse(tone));
    expect(tones).toHaveLength(10);
    for (const tone of tones) expect(contrast(ink, tone)).toBeGreaterThanOrEqual(4.5);
  });
});
