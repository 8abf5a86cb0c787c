import { describe, expect, it } from 'vitest';
import { renderHtml } from '../src/markdown/html.ts';
import { parseMarkdown, plainText } from '../src/markdown/parse.ts';

describe('marks', () => {
  it.each([
    ['**bold**', '<p><strong>bold</strong></p>'],
    ['__bold__', '<p><strong>bold</strong></p>'],
    ['*italic*', '<p><em>italic</em></p>'],
    ['_italic_', '<p><em>italic</em></p>'],
    ['~~gone~~', '<p><s>gone</s></p>'],
    ['||secret||', '<p><span class="spoiler">secret</span></p>'],
    ['`a < b`', '<p><code>a &lt; b</code></p>'],
    ['**bold *and* italic**', '<p><strong>bold <em>and</em> italic</strong></p>'],
    ['one\ntwo', '<p>one<br>two</p>'],
    ['> said\n> before\nanswer', '<blockquote>said<br>before</blockquote><p>answer</p>'],
    ['```ts\nlet a = 1;\n```', '<pre><code class="language-ts">let a = 1;</code></pre>'],
    ['```\n**not bold**\n```', '<pre><code>**not bold**</code></pre>'],
    ['\\*plain\\*', '<p>*plain*</p>'],
  ])('[MSG12] %j', (source, html) => {
    expect(renderHtml(source)).toBe(html);
  });

  it.each(['2 * 3 * 4', 'snake_case_name', '**open', '*', '****', '`open', '~~', 'a ** b', '||', '```open', '_', '\\'])(
    '[MSG12] a mark without a partner is text: %j',
    (source) => {
      expect(plainText(source)).toBe(source);
      expect(renderHtml(source)).toBe(`<p>${source}</p>`);
    },
  );

  it('[MSG12] an outer mark that closes leaves an inner one that does not as text', () => {
    expect(renderHtml('**a *b**')).toBe('<p><strong>a *b</strong></p>');
  });
});

describe('links', () => {
  const linked = (source: string) => {
    const [block] = parseMarkdown(source);
    const children = block?.type === 'paragraph' ? block.children : [];
    return children.flatMap((node) => (node.type === 'link' ? [node.url] : []));
  };

  it('[MSG10] only http and https become links', () => {
    expect(linked('https://example.org/a?b=c')).toEqual(['https://example.org/a?b=c']);
    for (const source of ['javascript:alert(1)', 'data:text/html,x', 'ftp://example.org', 'http://', 'xhttp://a.b']) {
      expect(linked(source)).toEqual([]);
    }
  });

  it('leaves the punctuation of the sentence outside', () => {
    expect(linked('See https://example.org/a.')).toEqual(['https://example.org/a']);
    expect(linked('(https://example.org/a), then')).toEqual(['https://example.org/a']);
  });

  it('[MSG10] an address cannot end its attribute', () => {
    const html = renderHtml('https://example.org/"onmouseover="alert(1)');
    expect(html).toContain('href="https://example.org/"');
    expect(html).not.toMatch(/<[^>]*onmouseover=/);
  });
});

describe('text for people who see no marks', () => {
  it('says what is said', () => {
    expect(plainText('**Hello** _there_ ||you||')).toBe('Hello there you');
    expect(plainText('```ts\nlet a;\n```')).toBe('let a;');
    expect(plainText('see https://example.org')).toBe('see https://example.org');
  });
});
