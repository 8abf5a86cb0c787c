import { describe, expect, it } from 'vitest';
import { findEmoji } from '../src/markdown/emoji-names.ts';
import { renderHtml } from '../src/markdown/html.ts';
import { parseMarkdown } from '../src/markdown/parse.ts';
import type { Inline } from '../src/markdown/tree.ts';

const html = (source: string) => renderHtml(source);
const p = (inside: string) => `<p>${inside}</p>`;
/** The nodes of a message of one paragraph. */
function nodes(source: string): Inline[] {
  const [block] = parseMarkdown(source, findEmoji);
  return block?.type === 'paragraph' ? block.children : [];
}

describe('marks', () => {
  it.each([
    ['**bold**', '<strong>bold</strong>'],
    ['__bold__', '<strong>bold</strong>'],
    ['*italic*', '<em>italic</em>'],
    ['_italic_', '<em>italic</em>'],
    ['~~gone~~', '<s>gone</s>'],
    ['||secret||', '<span class="spoiler">secret</span>'],
    ['**bold *and* italic**', '<strong>bold <em>and</em> italic</strong>'],
    ['~~**||_all_||**~~', '<s><strong><span class="spoiler"><em>all</em></span></strong></s>'],
    ['one\ntwo', 'one<br>two'],
    ['||one\ntwo||', '<span class="spoiler">one<br>two</span>'],
    ['2*3*4', '2<em>3</em>4'],
  ])('[MSG12] [MD8] %j', (source, inside) => {
    expect(html(source)).toBe(p(inside));
  });

  it.each(['2 * 3 * 4', 'snake_case_name', '**open', '*', '****', '`open', '~~', 'a ** b', '||', '```open', '_', '\\'])(
    '[MSG12] a mark without a partner is text: %j',
    (source) => {
      expect(parseMarkdown(source)).toEqual([{ type: 'paragraph', children: [{ type: 'text', text: source }] }]);
    },
  );

  it.each([
    ['**a *b**', '<strong>a *b</strong>'],
    ['||a **b|| c**', '<span class="spoiler">a **b</span> c**'],
    ['**a __b ** c__', '**a <strong>b ** c</strong>'],
  ])('[MD8] an outer mark that closes leaves an inner one that does not as text: %j', (source, inside) => {
    expect(html(source)).toBe(p(inside));
  });

  it.each([
    ['***a***', '<strong><em>a</em></strong>'],
    ['___a___', '<strong><em>a</em></strong>'],
    ['***a** b*', '<em><strong>a</strong> b</em>'],
    ['***a* b**', '<strong><em>a</em> b</strong>'],
    ['**a *b***', '<strong>a <em>b</em></strong>'],
    ['*a **b***', '<em>a <strong>b</strong></em>'],
  ])('[MD8] of three in a row the inner one closes first: %j', (source, inside) => {
    expect(html(source)).toBe(p(inside));
  });

  it('[MD8] only what is hidden may begin and end with space, so that a secret is never shown by a slip', () => {
    expect(html('|| secret ||')).toBe(p('<span class="spoiler"> secret </span>'));
    expect(html('** bold **')).toBe(p('** bold **'));
  });
});

describe('escapes', () => {
  it('[MD6] a backslash shows the character behind it', () => {
    for (const char of '\\`*_~|>#:@<') expect(nodes(`\\${char}`)).toEqual([{ type: 'text', text: char }]);
    expect(html('\\*plain\\*')).toBe(p('*plain*'));
    expect(html('\\> no quote')).toBe(p('&gt; no quote'));
    expect(html('\\@bob \\:tada: https\\://a.b')).toBe(p('@bob :tada: https://a.b'));
    expect(html('\\```no code```')).toBe(p('```no code```'));
    expect(html('\\\\```code```')).toBe('<p>\\</p><pre><code>code</code></pre>');
  });

  it('[MD6] and stays where nothing needs it', () => {
    expect(html('C:\\Users ¯\\\\\\_(ツ)_/¯ \\a')).toBe(p('C:\\Users ¯\\_(ツ)_/¯ \\a'));
  });
});

describe('code', () => {
  it.each([
    ['`a < b`', '<code>a &lt; b</code>'],
    ['`**not bold** @nobody :tada: https://a.b \\`', '<code>**not bold** @nobody :tada: https://a.b \\</code>'],
    ['``a ` b``', '<code>a ` b</code>'],
    ['`` ` ``', '<code>`</code>'],
    ['` `', '<code> </code>'],
    ['**`a**`', '**<code>a**</code>'],
    ['`a`` `', '<code>a`` </code>'],
  ])('[MD7] %j', (source, inside) => {
    expect(html(source)).toBe(p(inside));
  });

  it.each([
    ['```ts\nlet a = 1;\n```', '<pre><code class="language-ts">let a = 1;</code></pre>'],
    ['```C++  \na\n```', '<pre><code class="language-c++">a</code></pre>'],
    ['```\n**not bold**\n> no quote\n```', '<pre><code>**not bold**\n&gt; no quote</code></pre>'],
    ['```not a language\nx```', '<pre><code>not a language\nx</code></pre>'],
    ['```one line```', '<pre><code>one line</code></pre>'],
    ['````\n```\n````', '<pre><code>```</code></pre>'],
    ['see ```a``` there', '<p>see </p><pre><code>a</code></pre><p> there</p>'],
    ['a\n\n```\n\nb\n\n```\n\nc', '<p>a</p><pre><code>\nb\n</code></pre><p>c</p>'],
    ['```a```b```c```', '<pre><code>a</code></pre><p>b</p><pre><code>c</code></pre>'],
    ['**a ```b``` c**', '<p>**a </p><pre><code>b</code></pre><p> c**</p>'],
    ['```a\r\nb\r\n```', '<pre><code class="language-a">b</code></pre>'],
  ])('[MD2] [MD3] %j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

describe('quotes', () => {
  it.each([
    ['> said\n> before\nanswer', '<blockquote><p>said<br>before</p></blockquote><p>answer</p>'],
    ['> a\n>\n> b', '<blockquote><p>a<br><br>b</p></blockquote>'],
    ['> ```ts\n> x\n> ```\n> y', '<blockquote><pre><code class="language-ts">x</code></pre><p>y</p></blockquote>'],
    ['> ```\nafter```', '<blockquote><p>```</p></blockquote><p>after```</p>'],
    ['> > a', '<blockquote><p>&gt; a</p></blockquote>'],
    ['> **a\n> b**', '<blockquote><p><strong>a<br>b</strong></p></blockquote>'],
    ['**a\n> b**', '<p>**a</p><blockquote><p>b**</p></blockquote>'],
    ['>a', '<p>&gt;a</p>'],
    ['a > b', '<p>a &gt; b</p>'],
    ['> ', '<p>&gt; </p>'],
    ['>\na', '<p>&gt;<br>a</p>'],
  ])('[MD4] %j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });
});

describe('links', () => {
  const linked = (source: string) => {
    const found: string[] = [];
    const walk = (list: readonly Inline[]): void => {
      for (const node of list) {
        if (node.type === 'link') found.push(node.url);
        else if ('children' in node) walk(node.children);
      }
    };
    walk(nodes(source));
    return found;
  };

  it('[MSG10] [MD9] only http and https become links', () => {
    expect(linked('https://example.org/a?b=c HTTP://example.org')).toEqual([
      'https://example.org/a?b=c',
      'HTTP://example.org',
    ]);
    const others = [
      'javascript:alert(1)',
      'data:text/html,x',
      'ftp://example.org',
      'javascript://a.b',
      '//example.org',
    ];
    for (const source of [
      ...others,
      'http://',
      'http:///a',
      'https://?',
      'xhttp://a.b',
      'ßhttp://a.b',
      'example.org',
    ]) {
      expect(linked(source), source).toEqual([]);
      expect(linked(`<${source}>`), source).toEqual([]);
    }
  });

  it.each([
    ['See https://example.org/a.', 'https://example.org/a'],
    ['(https://example.org/a), then', 'https://example.org/a'],
    ['https://en.wikipedia.org/wiki/Snug_(pub)', 'https://en.wikipedia.org/wiki/Snug_(pub)'],
    ['(see https://en.wikipedia.org/wiki/Snug_(pub))!', 'https://en.wikipedia.org/wiki/Snug_(pub)'],
    ['[https://example.org/]', 'https://example.org/'],
    ['„https://example.org/“ and 「https://example.org/x」。', 'https://example.org/“'],
    ['https://example.org/a...', 'https://example.org/a'],
    ['**https://example.org/a**', 'https://example.org/a'],
    ['~~https://example.org/a~~', 'https://example.org/a'],
    ['_https://example.org/a_', 'https://example.org/a'],
    ['__https://example.org/a_b__.', 'https://example.org/a_b'],
    ['||https://example.org/a||', 'https://example.org/a'],
    ['https://example.org/a_', 'https://example.org/a_'],
    ['https://example.org/~', 'https://example.org/~'],
    ['https://example.org/_a_*', 'https://example.org/_a_'],
    ['<https://example.org/a.>', 'https://example.org/a.'],
    ['https://example.org/\u202egnp.exe', 'https://example.org/'],
    ['https://example.org/@ada/#x', 'https://example.org/@ada/#x'],
  ])('[MD9] %j', (source, url) => {
    expect(linked(source)[0]).toBe(url);
  });

  it('[MD9] an address that is none is text, and no other begins in it', () => {
    expect(linked('http://[http://example.org')).toEqual([]);
    expect(linked('http://[ http://example.org')).toEqual(['http://example.org']);
  });

  it('[MD9] has a longest length', () => {
    const most = `https://a.b/${'c'.repeat(2048 - 12)}`;
    expect(linked(most)).toEqual([most]);
    expect(linked(`${most}c`)).toEqual([]);
  });

  it('[MSG10] an address cannot end its attribute', () => {
    const made = html('https://example.org/"onmouseover="alert(1) <https://example.org/\'"onclick=x>');
    expect(made).toContain('href="https://example.org/"');
    expect(made).not.toMatch(/<[^>]*"\s*on\w+=/);
  });
});
