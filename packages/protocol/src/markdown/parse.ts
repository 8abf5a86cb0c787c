/**
 * Message text to a tree (Blueprint "Markdown Support"). One parser for every view: the tree gives `content_html`, the
 * web view and the terminal's. It runs in linear time: block structure is one pass over the lines, inline structure
 * one pass over the characters with a bounded stack, and a delimiter without a partner is plain text.
 */
export type Inline =
  | { type: 'text'; text: string }
  | { type: 'bold' | 'italic' | 'strike' | 'spoiler'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; url: string }
  | { type: 'break' };

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'quote'; children: Inline[] }
  | { type: 'code_block'; language: string; text: string };

type Mark = 'bold' | 'italic' | 'strike' | 'spoiler';

const FENCE = '```';

export function parseMarkdown(source: string): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  let quote: string[] = [];
  const flush = (): void => {
    if (paragraph.length > 0) blocks.push({ type: 'paragraph', children: parseInline(paragraph.join('\n')) });
    if (quote.length > 0) blocks.push({ type: 'quote', children: parseInline(quote.join('\n')) });
    paragraph = [];
    quote = [];
  };
  const plain = (textPart: string): void => {
    for (const line of textPart.split('\n')) {
      const isQuote = line.startsWith('> ') || line === '>';
      if (isQuote ? paragraph.length > 0 : quote.length > 0) flush();
      if (isQuote) quote.push(line.slice(2));
      else paragraph.push(line);
    }
  };
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf(FENCE, at);
    const close = open < 0 ? -1 : source.indexOf(FENCE, open + 3);
    if (close < 0) {
      plain(source.slice(at));
      break;
    }
    const before = source.slice(at, open);
    if (before !== '') plain(before.endsWith('\n') ? before.slice(0, -1) : before);
    flush();
    blocks.push(codeBlock(source.slice(open + 3, close)));
    at = close + 3;
    if (source[at] === '\n') at++;
  }
  flush();
  return blocks;
}

function codeBlock(inside: string): Block {
  const newline = inside.indexOf('\n');
  const first = newline < 0 ? '' : inside.slice(0, newline).trim();
  if (newline >= 0 && /^[A-Za-z0-9+#._-]{0,20}$/.test(first)) {
    return { type: 'code_block', language: first.toLowerCase(), text: inside.slice(newline + 1).replace(/\n$/, '') };
  }
  return { type: 'code_block', language: '', text: inside.replace(/\n$/, '') };
}

/** Longest first, so that `**` is not read as two `*`. */
const DELIMITERS: readonly (readonly [string, Mark])[] = [
  ['**', 'bold'],
  ['__', 'bold'],
  ['~~', 'strike'],
  ['||', 'spoiler'],
  ['*', 'italic'],
  ['_', 'italic'],
];
/** What can begin something other than plain text. */
const SPECIAL = /[\\`*_~|\nh]/g;
const URL_AT = /https?:\/\/[^\s<>"'`|*]{1,2000}/y;

interface Frame {
  delimiter: string;
  mark: Mark | null;
  children: Inline[];
}

class InlineParser {
  readonly #source: string;
  readonly #stack: Frame[] = [{ delimiter: '', mark: null, children: [] }];
  readonly #noClose = new Set<string>();
  #text = '';
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  parse(): Inline[] {
    const source = this.#source;
    while (this.#at < source.length) {
      SPECIAL.lastIndex = this.#at;
      const next = SPECIAL.exec(source)?.index ?? source.length;
      this.#text += source.slice(this.#at, next);
      this.#at = next;
      if (next < source.length) this.#special(source[next] as string);
    }
    while (this.#stack.length > 1) this.#abandon();
    this.#flushText();
    return (this.#stack[0] as Frame).children;
  }

  #special(char: string): void {
    if (char === '\n') this.#emit({ type: 'break' }, 1);
    else if (char === '\\') this.#escape();
    else if (char === '`') this.#code();
    else if (char === 'h') this.#link();
    else this.#mark(char);
  }

  #mark(char: string): void {
    const delimiter = DELIMITERS.find(([mark]) => this.#source.startsWith(mark, this.#at));
    if (delimiter === undefined) {
      this.#text += char;
      this.#at += 1;
    } else {
      this.#delimiter(delimiter[0], delimiter[1]);
    }
  }

  #escape(): void {
    const next = this.#source[this.#at + 1];
    if (next !== undefined && /[\\`*_~|>#:@]/.test(next)) {
      this.#text += next;
      this.#at += 2;
    } else {
      this.#text += '\\';
      this.#at += 1;
    }
  }

  #code(): void {
    const close = this.#noClose.has('`') ? -1 : this.#source.indexOf('`', this.#at + 1);
    if (close < 0) {
      this.#noClose.add('`');
      this.#text += '`';
      this.#at += 1;
    } else if (close === this.#at + 1) {
      this.#text += '``';
      this.#at += 2;
    } else {
      this.#emit({ type: 'code', text: this.#source.slice(this.#at + 1, close) }, close + 1 - this.#at);
    }
  }

  #link(): void {
    const before = this.#text.at(-1);
    URL_AT.lastIndex = this.#at;
    const found = before !== undefined && /[\p{L}\p{N}]/u.test(before) ? null : URL_AT.exec(this.#source);
    const url = found === null ? '' : found[0].replace(/[).,;:!?\]]+$/, '');
    if (!/^https?:\/\/[^/]/.test(url) || !URL.canParse(url)) {
      this.#text += 'h';
      this.#at += 1;
      return;
    }
    this.#emit({ type: 'link', url }, url.length);
  }

  #delimiter(delimiter: string, mark: Mark): void {
    const open = this.#stack.findLastIndex((frame) => frame.delimiter === delimiter);
    if (open > 0 && this.#canClose(delimiter, open)) {
      while (this.#stack.length - 1 > open) this.#abandon();
      this.#flushText();
      const frame = this.#stack.pop() as Frame;
      this.#top().children.push({ type: mark, children: frame.children });
    } else if (open < 0 && this.#canOpen(delimiter)) {
      this.#flushText();
      this.#stack.push({ delimiter, mark, children: [] });
    } else {
      this.#text += delimiter;
    }
    this.#at += delimiter.length;
  }

  /** `2 * 3` and `snake_case` are not emphasis. */
  #canOpen(delimiter: string): boolean {
    const after = this.#source[this.#at + delimiter.length];
    if (after === undefined || /\s/.test(after)) return false;
    const before = this.#source[this.#at - 1];
    return !(delimiter.startsWith('_') && before !== undefined && /[\p{L}\p{N}]/u.test(before));
  }

  #canClose(delimiter: string, open: number): boolean {
    const frame = this.#stack[open] as Frame;
    const isEmpty = open === this.#stack.length - 1 && frame.children.length === 0 && this.#text === '';
    if (isEmpty || /\s/.test(this.#source[this.#at - 1] ?? ' ')) return false;
    const after = this.#source[this.#at + delimiter.length];
    return !(delimiter === '_' && after !== undefined && /[\p{L}\p{N}]/u.test(after));
  }

  /** The innermost open delimiter has no partner: it was text. */
  #abandon(): void {
    this.#flushText();
    const frame = this.#stack.pop() as Frame;
    const into = this.#top().children;
    append(into, { type: 'text', text: frame.delimiter });
    for (const child of frame.children) append(into, child);
  }

  #emit(node: Inline, length: number): void {
    this.#flushText();
    this.#top().children.push(node);
    this.#at += length;
  }

  #flushText(): void {
    if (this.#text !== '') append(this.#top().children, { type: 'text', text: this.#text });
    this.#text = '';
  }

  #top(): Frame {
    return this.#stack[this.#stack.length - 1] as Frame;
  }
}

function append(into: Inline[], node: Inline): void {
  const last = into.at(-1);
  if (node.type === 'text' && last?.type === 'text') last.text += node.text;
  else into.push(node);
}

export function parseInline(source: string): Inline[] {
  return new InlineParser(source).parse();
}

/** What a text says without its marks: for notifications, titles and screen readers. */
export function plainText(source: string): string {
  const inline = (nodes: Inline[]): string =>
    nodes
      .map((node) => {
        if (node.type === 'text' || node.type === 'code') return node.text;
        if (node.type === 'link') return node.url;
        if (node.type === 'break') return '\n';
        return inline(node.children);
      })
      .join('');
  return parseMarkdown(source)
    .map((block) => (block.type === 'code_block' ? block.text : inline(block.children)))
    .join('\n');
}
