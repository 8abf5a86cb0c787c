import { Session } from 'node:inspector/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../src/limits.ts';
import { escapeHtml, renderHtml } from '../src/markdown/html.ts';
import { type Inline, parseMarkdown, plainText } from '../src/markdown/parse.ts';

/** Runs `work` and says how many characters `indexOf` and regular expressions walked over in it. */
function countWalked(work: () => void): number {
  const { indexOf } = String.prototype;
  const { exec } = RegExp.prototype;
  let walked = 0;
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
    RegExp.prototype.exec = exec;
  }
  return walked;
}

/** What could ever matter to the parser, and what could ever matter to a browser. */
const PIECES = [
  ...['*', '**', '_', '__', '~~', '||', '`', '```', '\\', '\n', '> ', ' ', 'h', 'http://', 'https://a.b/', '(', ')'],
  ...['<', '>', '"', "'", '&', '&lt;', '<script>', '</p>', 'javascript:', 'ts\n', 'a', 'ß', '💡', '\u202e', '\u2028'],
];
const hostile = fc.array(fc.constantFrom(...PIECES), { maxLength: 120 }).map((pieces) => pieces.join(''));
const anything = fc.oneof(hostile, fc.string({ unit: 'binary', maxLength: 300 }));

const TAG =
  /<(\/?)(?:(p|blockquote|pre|strong|em|s|code|span|a)|br)( class="(?:spoiler|language-[a-z0-9+#._-]{1,20})"| href="https?:\/\/[^"<>]*" rel="noopener noreferrer nofollow")?>/g;

describe('HTML made from text', () => {
  it('[MSG10] holds no tag and no attribute but ours, balanced, around escaped text', () => {
    fc.assert(
      fc.property(anything, (source) => {
        const html = renderHtml(source);
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
        fc.pre(source !== '' && !/[\\`*_~|>\n]|https?:/.test(source));
        expect(parseMarkdown(source)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: source }] }]);
        expect(renderHtml(source)).toBe(`<p>${escapeHtml(source)}</p>`);
      }),
    );
  });

  it('loses none of the words', () => {
    const word = fc.stringMatching(/^[a-gi-z0-9]{1,6}$/);
    const mark = fc.constantFrom('*', '**', '_', '__', '~~', '||', '`', ' ', '\n', '\\', '> ');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, mark), { maxLength: 60 }), (parts) => {
        const letters = (text: string) => text.replace(/[^a-z0-9]/g, '');
        expect(letters(plainText(parts.join('')))).toBe(letters(parts.join('')));
      }),
      { numRuns: 1_000 },
    );
  });

  it('[MSG11] nests no deeper than there are kinds of marks', () => {
    const depth = (nodes: Inline[]): number =>
      nodes.reduce((deepest, node) => Math.max(deepest, 'children' in node ? 1 + depth(node.children) : 0), 0);
    fc.assert(
      fc.property(hostile, (source) => {
        for (const block of parseMarkdown(source)) {
          if (block.type !== 'code_block') expect(depth(block.children)).toBeLessThanOrEqual(6);
        }
      }),
    );
  });
});

describe('the work of parsing', () => {
  const session = new Session();
  beforeAll(async () => {
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  });
  afterAll(() => session.disconnect());

  /**
   * How often any block of the parser's code ran, plus the characters that searches walked over: the engine counts the
   * one and we the other, so the figure is the same on every machine.
   */
  async function steps(source: string): Promise<number> {
    await session.post('Profiler.takePreciseCoverage');
    const walked = countWalked(() => parseMarkdown(source));
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter((script) => script.url.includes('markdown/parse'))
      .flatMap((script) => script.functions.flatMap((each) => each.ranges))
      .reduce((total, range) => total + range.count, walked);
  }

  it('counts something', async () => {
    expect(await steps('**a**')).toBeGreaterThan(5);
    const far = `${'a'.repeat(1_000)}*`;
    expect((await steps(far)) - (await steps('a*'))).toBeGreaterThanOrEqual(999);
  });

  const units = [
    ...PIECES,
    '*a ',
    '**a* ',
    '_*~~||',
    '`a',
    '`` ',
    '```a',
    '> *a\n',
    'http://[',
    'hhttps://',
    '*_*_a',
    '**`a` ',
    '\\*',
  ];
  it.each(units)('[MSG11] grows in step with the text: %j again and again', async (unit) => {
    const repeat = (length: number) => unit.repeat(Math.ceil(length / unit.length));
    const small = await steps(repeat(LIMITS.MESSAGE_MAX));
    const large = await steps(repeat(LIMITS.MESSAGE_MAX * 4));
    // Four times the text is four times the work and a little; a quadratic parser would do sixteen times as much.
    expect(large).toBeLessThan(small * 6 + 100);
  });
});
