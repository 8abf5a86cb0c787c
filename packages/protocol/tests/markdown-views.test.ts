import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findEmoji } from '../src/markdown/emoji-names.ts';
import { renderHtml } from '../src/markdown/html.ts';
import type { NameResolver } from '../src/markdown/names.ts';
import { renderPlain } from '../src/markdown/plain.ts';
import { renderTerminal } from '../src/markdown/terminal.ts';

const USER = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const ROLE = '01BX5ZZKBKACTAV9WEVGEMMVRZ';
const GONE = '01BX5ZZKBKACTAV9WEVGEMMVS0';

const names: NameResolver = {
  user: ({ id, name }) => (id === USER || name === 'ada' ? 'Ada <3' : null),
  role: ({ id, name }) => (id === ROLE || name === 'bakers' ? 'Bakers' : null),
  channel: ({ id, name }) => (id === USER || name === 'table' ? 'the table' : null),
};

describe('names of what is mentioned', () => {
  const text = `<@${USER}> <@&${ROLE}> <#${USER}> @ada @bakers #table @nobody #nowhere @here`;

  it('[MD17] are those that the reader knows', () => {
    expect(renderPlain(text, { names })).toBe(
      '@Ada <3 @Bakers #the table @Ada <3 @Bakers #the table @nobody #nowhere @here',
    );
  });

  it('[MD17] say no more of what the reader may not know than of what is not there', () => {
    const other = GONE.replace(/0$/, '1');
    for (const write of [(id: string) => `<@${id}>`, (id: string) => `<@&${id}>`, (id: string) => `<#${id}>`]) {
      const said = renderPlain(write(GONE), { names });
      expect(said).toMatch(/^[@#]unknown$/);
      expect(renderPlain(write(other), { names })).toBe(said);
    }
  });

  it('[MD17] have one sign, also that of the role of everyone', () => {
    expect(renderPlain(`<@&${ROLE}>`, { names: { role: () => '@everyone' } })).toBe('@everyone');
  });

  it('[MD17] stay as they were written where nobody is asked', () => {
    expect(renderPlain(text)).toBe(text);
    expect(renderPlain(text, { names: {} })).toBe(text);
  });

  it('[MD14] in HTML are spans with the id, and bare names only where somebody is found', () => {
    expect(renderHtml(`<@${USER}> @bob #table`)).toBe(
      `<p><span class="mention" data-to="user" data-id="${USER}">&lt;@${USER}&gt;</span> @bob #table</p>`,
    );
    expect(renderHtml(`<@${USER}> @bob #table @everyone`, { names })).toBe(
      `<p><span class="mention" data-to="user" data-id="${USER}">@Ada &lt;3</span> @bob ` +
        '<span class="mention" data-to="channel">#the table</span> ' +
        '<span class="mention" data-to="everyone">@everyone</span></p>',
    );
  });
});

describe('plain text', () => {
  it('[MD15] says what is said', () => {
    expect(renderPlain('**Hello** _there_ `you` :tada:', { emoji: findEmoji })).toBe('Hello there you 🎉');
    expect(renderPlain('> a\n> b\nc')).toBe('a\nb\nc');
    expect(renderPlain('```ts\nlet a;\n  b\n```')).toBe('let a;\n  b');
    expect(renderPlain('see https://example.org')).toBe('see https://example.org');
    expect(renderPlain('')).toBe('');
  });

  it('[MD15] covers what is hidden, and how long it is', () => {
    expect(renderPlain('It was ||the **cat**||')).toBe('It was ███████');
    expect(renderPlain(`||${'long '.repeat(20)}||`)).toBe('██████████');
    expect(renderPlain('It was ||him||', { spoiler: () => '(spoiler)' })).toBe('It was (spoiler)');
    expect(renderPlain('It was ||him||', { spoiler: (hidden) => hidden })).toBe('It was him');
  });

  it('[MD15] is one line where one is asked for', () => {
    expect(renderPlain('  a\n\n> b\t c\n```\nd\n e\n```', { oneLine: true })).toBe('a b c d e');
  });

  it('[MD15] is cut in code points, between characters, with an ellipsis that counts', () => {
    expect(renderPlain('abcdef', { max: 6 })).toBe('abcdef');
    expect(renderPlain('abcdef', { max: 5 })).toBe('abcd…');
    expect(renderPlain('abcdef', { max: 1 })).toBe('…');
    expect(renderPlain('💡💡💡', { max: 3 })).toBe('💡💡💡');
    expect(renderPlain('💡💡💡💡', { max: 3 })).toBe('💡💡…');
    expect(renderPlain('a👨‍👩‍👧 b', { max: 5 })).toBe('a…');
    expect(renderPlain('👨‍👩‍👧 b', { max: 4 })).toBe('👨‍👩…');
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 1, max: 60 }), (text, max) => {
        const cut = renderPlain(text, { max });
        expect([...cut].length).toBeLessThanOrEqual(max);
        if (text.isWellFormed()) expect(cut.isWellFormed()).toBe(true);
      }),
    );
  });
});

const ESCAPE = '\u001b';
const STYLE = new RegExp(`${ESCAPE}\\[([0-9;]+)m`, 'g');

/** A line without its styles, and whether none is left on at its end. */
function withoutStyles(line: string): { rest: string; isReset: boolean } {
  const codes = [...line.matchAll(STYLE)].map((match) => match[1]);
  return { rest: line.replace(STYLE, ''), isReset: codes.length === 0 || codes.at(-1) === '0' };
}

describe('text for a terminal', () => {
  it('[MD16] has styles that end where they began', () => {
    expect(renderTerminal('**a _b_** c')).toBe('\u001b[1ma \u001b[1;3mb\u001b[0m\u001b[1m\u001b[0m c');
    expect(renderTerminal('`a` ~~b~~')).toBe('\u001b[36ma\u001b[0m \u001b[9mb\u001b[0m');
    expect(renderTerminal('@here https://a.b')).toBe('\u001b[1;33m@here\u001b[0m \u001b[4mhttps://a.b\u001b[0m');
  });

  it('[MD16] draws quotes and code', () => {
    const plain = { hasStyle: false };
    expect(renderTerminal('> a\n> ```ts\n> x\n> \ty\n> ```\n> b\nc', plain)).toBe(
      '│ a\n│ ts\n│   x\n│       y\n│ b\nc',
    );
    expect(renderTerminal('**a\nb**')).toBe('\u001b[1ma\u001b[0m\n\u001b[1mb\u001b[0m');
    expect(renderTerminal('> **a\n> b**')).toBe(
      '\u001b[2m│ \u001b[0m\u001b[1ma\u001b[0m\n\u001b[2m│ \u001b[0m\u001b[1mb\u001b[0m',
    );
  });

  it('[MD16] hides what is hidden until it is asked for', () => {
    expect(renderTerminal('||the **cat**||', { hasStyle: false })).toBe('███████');
    expect(renderTerminal('||the **cat**||', { hasStyle: false, isRevealed: true })).toBe('the cat');
    expect(renderTerminal(`||<@${USER}>||`, { hasStyle: false, names, isRevealed: true })).toBe('@Ada <3');
  });

  it("[MD16] shows control characters as signs, the resolver's too", () => {
    const plain = { hasStyle: false };
    expect(renderTerminal('\u001b[2J\u0007\u007f\u009b31m\u202e', plain)).toBe('␛[2J␇␡<009B>31m<202E>');
    expect(renderTerminal('`\u001b]0;x\u0007`', plain)).toBe('␛]0;x␇');
    expect(renderTerminal(`<@${USER}>`, { ...plain, names: { user: () => 'a\u001b[31m\nb' } })).toBe('@a␛[31m␊b');
    expect(renderTerminal('👨‍👩‍👧 🏳️‍🌈', plain)).toBe('👨‍👩‍👧 🏳️‍🌈');
  });

  it('[MD16] lets no control character through but its own, and ends each line without style', () => {
    const piece = fc.constantFrom(
      ...[
        '\u001b[31m',
        '\u001b]0;x\u0007',
        '\u009b',
        '\r',
        '\r\n',
        '\n',
        '\t',
        '\u0000',
        '\u007f',
        '\u0085',
        '\u2028',
        '\u202e',
      ],
      ...[
        '**',
        '_',
        '`',
        '```',
        '```\n',
        '||',
        '> ',
        '~~',
        'a',
        'https://a.b/',
        '@here',
        `<@${USER}>`,
        ':tada:',
        '\\',
        '\u2066',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, isRevealed) => {
        const options = { isRevealed, emoji: findEmoji, names: { user: () => '\u001b[5m\u0085' } };
        for (const line of renderTerminal(pieces.join(''), options).split('\n')) {
          const { rest, isReset } = withoutStyles(line);
          expect(isReset).toBe(true);
          expect(rest).not.toMatch(/[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u);
        }
        const bare = renderTerminal(pieces.join(''), { ...options, hasStyle: false });
        expect(bare).not.toContain('\u001b');
      }),
      { numRuns: 2_000 },
    );
  });
});
