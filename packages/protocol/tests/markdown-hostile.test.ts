import { Session } from 'node:inspector/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../src/limits.ts';
import { collectMentions } from '../src/markdown/collect-mentions.ts';
import { findEmoji } from '../src/markdown/emoji-names.ts';
import { escapeHtml, renderHtml } from '../src/markdown/html.ts';
import { parseMarkdown } from '../src/markdown/parse.ts';
import { renderPlain } from '../src/markdown/plain.ts';
import { renderTerminal } from '../src/markdown/terminal.ts';
import type { Block, Inline } from '../src/markdown/tree.ts';

/**
 * Runs `work` and says how many characters searches and regular expressions walked over in it. A sticky expression that
 * does not match counts as one: none of ours looks further ahead than a constant.
 */
function countWalked(work: () => void): number {
  const { indexOf, includes } = String.prototype;
  const { exec } = RegExp.prototype;
  let walked = 0;
  String.prototype.includes = function (this: string, search: string, from = 0) {
    walked += this.length - from;
    return includes.call(this, search, from);
  };
  String.prototype.indexOf = function (this: string, search: string, from = 0) {
    const at = indexOf.call(this, search, from);
    walked += (at < 0 ? this.length : at) - from;
    return at;
  };
  RegExp.prototype.exec = function (this: RegExp, text: string) {
    const from = this.lastIndex;
    const found = exec.call(this, text);
    const missed = this.sticky ? 1 : text.length - from;
    walked += found === null ? missed : found.index + found[0].length - from;
    return found;
  };
  try {
    work();
  } finally {
    String.prototype.indexOf = indexOf;
    String.prototype.includes = includes;
    RegExp.prototype.exec = exec;
  }
  return walked;
}

const USER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

/** What could ever matter to the parser, and what could ever matter to a browser. */
const PIECES = [
  ...['*', '**', '_', '__', '~~', '||', '`', '```', '\\', '\n', '> ', ' ', 'h', 'http://', 'https://a.b/', '(', ')'],
  ...['<', '>', '"', "'", '&', '&lt;', '<script>', '</p>', 'javascript:', 'ts\n', 'a', 'ß', '💡', '\u202e', '\u2028'],
  ...[
    '@',
    '#',
    '@ada',
    '#x',
    '@here',
    '<@',
    `<@${USER}>`,
    `<@&${USER}>`,
    '<https://a.b>',
    ':',
    ':tada:',
    '[',
    '\r',
    '.',
  ],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join(''));
const anything = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 300 }));

const TAG =
  /<(\/?)(?:(p|blockquote|pre|strong|em|s|code|span|a)|br)( class="(?:spoiler|language-[a-z0-9+#._-]{1,20})"| class="mention" data-to="(?:user|role|channel|everyone|here|name)"(?: data-id="[0-9A-Z]{26}")?| href="https?:\/\/[^"<>]*" rel="noopener noreferrer nofollow")?>/gi;

describe('HTML made from text', () => {
  it('[MSG10] holds no tag and no attribute but ours, balanced, around escaped text', () => {
    fc.assert(
      fc.property(anything, fc.option(anything), (source, names) => {
        const html = renderHtml(source, names === null ? {} : { names: { user: () => names, channel: () => names } });
        const open: string[] = [];
        for (const [, slash, name] of html.matchAll(TAG)) {
          if (name === undefined) continue;
          if (slash === '') open.push(name);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
        expect(html.replace(TAG, '')).not.toMatch(/[<>"']/);
      }),
      { numRuns: 2_000 },
    );
  });

  it('[MSG10] escapes text so that it reads as it was written', () => {
    fc.assert(
      fc.property(anything, (source) => {
        const escaped = escapeHtml(source);
        expect(escaped).not.toMatch(/[<>"']/);
        const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
        expect(escaped.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => names[name] as string)).toBe(source);
      }),
    );
  });

  it('[MSG10] gives a message without marks one paragraph, as the parser does', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 80 }), (source) => {
        fc.pre(source !== '' && !/[\\`*_~|>\n\r@#<]|https?:/.test(source));
        expect(parseMarkdown(source)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: source }] }]);
        expect(renderHtml(source)).toBe(`<p>${escapeHtml(source)}</p>`);
      }),
    );
  });

  it('loses none of the words', () => {
    const word = fc.stringMatching(/^[a-gi-z0-9]{1,6}$/);
    const mark = fc.constantFrom('*', '**', '_', '__', '~~', '||', '`', ' ', '\n', '\\', '> ', '@', '#', ':', '<', '.');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, mark), { maxLength: 60 }), (parts) => {
        const letters = (text: string) => text.replace(/[^a-z0-9]/g, '');
        expect(letters(renderPlain(parts.join(''), { spoiler: (hidden) => hidden }))).toBe(letters(parts.join('')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('[MSG11] [MD18] nests no deeper than there are kinds of marks', () => {
    const depth = (nodes: readonly (Block | Inline)[]): number =>
      nodes.reduce((deepest, node) => Math.max(deepest, 'children' in node ? 1 + depth(node.children) : 0), 0);
    const nested = '> **__~~||*_a'.concat('**__~~||*_'.repeat(5_000));
    expect(depth(parseMarkdown(nested))).toBeLessThanOrEqual(8);
    fc.assert(
      fc.property(hostile, (source) => {
        // A quote, a paragraph in it, and the six marks.
        expect(depth(parseMarkdown(source))).toBeLessThanOrEqual(8);
      }),
    );
  });
});

const WORK = {
  parseMarkdown: (source: string) => parseMarkdown(source, findEmoji),
  renderHtml,
  renderPlain: (source: string) => renderPlain(source, { oneLine: true, max: 200, emoji: findEmoji }),
  renderTerminal,
  collectMentions,
} as const;

describe('the work of parsing', () => {
  const session = new Session();
  beforeAll(async () => {
    // The table of emoji is made once, and is not part of what a message costs.
    findEmoji('tada');
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  });
  afterAll(() => session.disconnect());

  /**
   * How often any block of our code ran, plus the characters that searches walked over: the engine counts the one and we
   * the other, so the figure is the same on every machine.
   */
  async function steps(source: string, work: (source: string) => unknown = WORK.parseMarkdown): Promise<number> {
    await session.post('Profiler.takePreciseCoverage');
    const walked = countWalked(() => work(source));
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter((script) => script.url.includes('src/markdown/'))
      .flatMap((script) => script.functions.flatMap((each) => each.ranges))
      .reduce((total, range) => total + range.count, walked);
  }

  it('counts something', async () => {
    expect(await steps('**a**')).toBeGreaterThan(5);
    const far = `${'a'.repeat(1_000)}*`;
    expect((await steps(far)) - (await steps('a*'))).toBeGreaterThanOrEqual(999);
  });

  const units = [
    ...new Set([
      ...PIECES,
      ...[
        '*a ',
        '**a* ',
        '_*~~||',
        '**__~~||',
        '`a',
        '`` ',
        '```a',
        '> *a\n',
        '> ```\n',
        '>\n',
        '\n\n',
        '[',
        '](',
        '\\*',
      ],
      ...[
        'http://[',
        'hhttps://',
        'https://a.b/)',
        'https://a.b/_',
        '_https://a.b/_',
        '<https://a',
        '<@01ARZ3',
        '@a',
        '@a ',
      ],
      ...['@a@', '_@', '@_', '#a', ':a', ':a:', ':_', '*_*_a', '**`a` ', '` `` ', '`` ` ', '``` ```` ', '||a', '***a'],
    ]),
  ];
  const repeat = (unit: string, length: number) => unit.repeat(Math.ceil(length / unit.length));

  it.each(units)('[MSG11] [MD18] grows in step with the text: %j again and again', async (unit) => {
    for (const [name, work] of Object.entries(WORK)) {
      const small = await steps(repeat(unit, LIMITS.MESSAGE_MAX), work);
      const large = await steps(repeat(unit, LIMITS.MESSAGE_MAX * 4), work);
      // Four times the text is four times the work and a little; a quadratic parser would do sixteen times as much.
      expect(large, name).toBeLessThan(small * 6 + 100);
    }
  });

  it.each([
    '*',
    '_',
    '~',
    '|',
    '`',
    '\\',
    '\n',
    '>',
    '<',
    '@',
    '#',
    ':',
    '[',
    '(',
    '/',
    '.',
    'h',
    'a',
    'ß',
    '\r',
    '\u0000',
  ])('[MSG11] [MD18] is bounded for 100,000 of %j', async (char) => {
    expect(await steps(char.repeat(100_000))).toBeLessThan(100_000 * 60);
  });

  it('[MSG11] [MD18] grows in step with runs of backticks of every length', async () => {
    const runs = (most: number) => Array.from({ length: most }, (_, at) => '`'.repeat(at + 1)).join('a');
    const [small, large] = [runs(100), runs(200)];
    expect(await steps(large)).toBeLessThan((await steps(small)) * (large.length / small.length) * 1.5);
    expect(await steps(runs(200).split('').reverse().join(''))).toBeLessThan(large.length * 60);
  });
});
