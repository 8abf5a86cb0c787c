import { Buffer } from 'node:buffer';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isEmoji } from '../src/markdown/emoji.ts';
import { findEmoji, searchEmoji } from '../src/markdown/emoji-names.ts';
import { EMOJI_TABLE } from '../src/markdown/emoji-table.ts';
import { parseMarkdown } from '../src/markdown/parse.ts';
import type { Block, Inline } from '../src/markdown/tree.ts';

const ENTRIES = EMOJI_TABLE.trim()
  .split(/\s+/)
  .map((entry) => entry.split(':'));

describe('the table of emoji', () => {
  it('[MD12] holds nothing but emoji, each once, with names that are each for one emoji', () => {
    const emoji = ENTRIES.map(([first]) => first as string);
    const names = ENTRIES.flatMap(([, ...called]) => called);
    expect(emoji.length).toBeGreaterThan(1_850);
    expect(emoji.filter((one) => !isEmoji(one))).toEqual([]);
    expect(new Set(emoji).size).toBe(emoji.length);
    expect(new Set(names).size).toBe(names.length);
    expect(ENTRIES.filter((entry) => entry.length < 2)).toEqual([]);
  });

  it('[MD12] has no name in which a mark or an address could begin or end', () => {
    const names = ENTRIES.flatMap(([, ...called]) => called);
    expect(names.filter((name) => !/^(?:[a-z0-9]+(?:[_-][a-z0-9]+)*|[+-]1)$/.test(name))).toEqual([]);
    expect(names.filter((name) => name.length > 64 || /https?$/.test(name))).toEqual([]);
  });

  it('is small enough to send to a browser', () => {
    const file = readFileSync(new URL('../src/markdown/emoji-table.ts', import.meta.url));
    expect(Buffer.byteLength(file)).toBeLessThan(60_000);
  });

  it("[MD12] knows GitHub's names and Discord's, and what is new", () => {
    const known = {
      '+1': '👍',
      thumbsup: '👍',
      tada: '🎉',
      heart: '❤️',
      slight_smile: '🙂',
      slightly_smiling_face: '🙂',
    };
    const more = {
      flag_de: '🇩🇪',
      de: '🇩🇪',
      rainbow_flag: '🏳️‍🌈',
      '100': '💯',
      shaking_face: '🫨',
      harp: '🪉',
      one: '1️⃣',
    };
    for (const [name, emoji] of Object.entries({ ...known, ...more })) expect(findEmoji(name), name).toBe(emoji);
    for (const name of ['', 'Tada', 'nothing_of_the_kind', 'constructor', '__proto__']) {
      expect(findEmoji(name), name).toBeUndefined();
    }
  });
});

describe('emoji names in a text', () => {
  const read = (source: string): string => {
    const say = (list: readonly (Block | Inline)[]): string =>
      list
        .map((node) => {
          if (node.type === 'emoji') return `[${node.text}]`;
          return 'children' in node ? say(node.children) : node.type === 'text' ? node.text : '';
        })
        .join('');
    return say(parseMarkdown(source, findEmoji));
  };

  it.each([
    [':tada:', '[🎉]'],
    ['nice:tada: :+1::-1:', 'nice[🎉] [👍][👎]'],
    [':nope:tada: ::tada::', ':nope[🎉] :[🎉]:'],
    [':nothing_of_the_kind: :Tada: : tada :', ':nothing_of_the_kind: :Tada: : tada :'],
    ['10:100:20 user:key:id :100:', '10:100:20 user:key:id [💯]'],
    ['at 10:30:tada: or :tada:3', 'at 10:30:tada: or :tada:3'],
    ['_:point_up_2:_ **:tada:**', '[👆] [🎉]'],
    ['\\:tada:', ':tada:'],
  ])('[MD12] %j reads %j', (source, expected) => {
    expect(read(source)).toBe(expected);
  });

  it('[MD12] change nothing else: without the table the tree is the same with the names as text', () => {
    const piece = fc.constantFrom(
      ...[':tada:', ':point_up_2:', ':e-mail:', ':+1:', ':nope:', ':', 'a', '1', '_', '__', '*', '**', '`', '||', '~~'],
      ...[' ', '\n', '\\', '@bob_', '#x', 'http', 'https://a.b/', '//', '<', '> ', 'ß'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const source = pieces.join('');
        expect(unnamed(parseMarkdown(source, findEmoji))).toEqual(parseMarkdown(source));
      }),
      { numRuns: 3_000 },
    );
  });
});

/** The tree with emoji as they were written. */
function unnamed<T extends Block | Inline>(list: readonly T[]): (Block | Inline)[] {
  const out: (Block | Inline)[] = [];
  for (const node of list) {
    const text = node.type === 'emoji' ? `:${node.name}:` : node.type === 'text' ? node.text : null;
    const last = out.at(-1);
    if (text !== null && last?.type === 'text') last.text += text;
    else if (text !== null) out.push({ type: 'text', text });
    else out.push('children' in node ? ({ ...node, children: unnamed<Block | Inline>(node.children) } as Block) : node);
  }
  return out;
}

describe('isEmoji', () => {
  it('[MD19] is true for exactly one emoji', () => {
    for (const one of ['😀', '❤️', '👍🏽', '👨‍👩‍👧‍👦', '🏳️‍🌈', '🇩🇪', '1️⃣', '🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🤷🏿‍♀️'])
      expect(isEmoji(one), one).toBe(true);
  });

  it('[MD19] is false for less, for more and for something else', () => {
    const not = ['', 'a', ':tada:', '1', '#', '❤', '😀😀', '😀 ', ' 😀', '🇩', '\u200d', '\ufe0f', '👨‍', '<img>', '🇩🇪🇫'];
    for (const one of not) expect(isEmoji(one), one).toBe(false);
    expect(isEmoji('👨‍'.repeat(10_000))).toBe(false);
  });
});

describe('searching emoji', () => {
  it('finds what begins so before what holds such a word, short names first, each emoji once', () => {
    expect(searchEmoji('hear', 3).map(({ emoji }) => emoji)).toEqual(['❤️', '♥️', '💓']);
    expect(searchEmoji('heart', 1)).toEqual([{ name: 'heart', emoji: '❤️' }]);
    expect(searchEmoji('thumbs', 10).filter(({ emoji }) => emoji === '👍')).toHaveLength(1);
    const found = searchEmoji('heart', 100).map(({ name }) => name);
    expect(found).toContain('broken_heart');
    expect(found.findIndex((name) => !name.startsWith('heart'))).toBe(
      found.filter((name) => name.startsWith('heart')).length,
    );
  });

  it('takes what people type, and is bounded', () => {
    expect(searchEmoji(':Slightly Smiling', 1)[0]?.emoji).toBe('🙂');
    expect(searchEmoji('', 3).map(({ emoji }) => emoji)).toEqual(['😀', '😃', '😄']);
    expect(searchEmoji('', 5_000)).toHaveLength(100);
    expect(searchEmoji('a', 0)).toEqual([]);
    expect(searchEmoji('a', -5)).toEqual([]);
    expect(searchEmoji('(((', 5)).toEqual([]);
  });
});
