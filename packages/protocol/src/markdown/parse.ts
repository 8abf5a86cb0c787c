/**
 * Message text to a tree. One parser for every view. It runs in linear time: block structure is one pass over the lines
 * with the backticks found beforehand, inline structure one pass over the characters with a stack of at most six marks.
 */
import { BacktickRuns } from './backticks.ts';
import { parseInline } from './inline.ts';
import type { Block, CodeBlock, EmojiLookup } from './tree.ts';

const FENCE = 3;
const LANGUAGE = /^[A-Za-z0-9+#._-]{0,20}$/;
/** Text without any of these is one paragraph of itself: most messages. */
const NEEDS_PARSING = /^>|[\\`*_~|\n\r<@#]|:\S/;

/**
 * The tree of a message. Without `emoji` names such as `:tada:` stay text; nothing else in the tree depends on it ([MD12]).
 * Never throws, whatever the text.
 */
export function parseMarkdown(source: string, emoji?: EmojiLookup): Block[] {
  if (source === '') return [];
  if (!NEEDS_PARSING.test(source)) return [{ type: 'paragraph', children: [{ type: 'text', text: source }] }];
  const text = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  return new BlockParser(text, emoji, true).parse();
}

class BlockParser {
  readonly #source: string;
  readonly #emoji: EmojiLookup | undefined;
  /** A quote holds paragraphs and code, and no quote: a `> ` in it is text. */
  readonly #mayQuote: boolean;
  readonly #runs: BacktickRuns | null;
  #run = 0;
  readonly #blocks: Block[] = [];
  /** Where the paragraph begins that has not been closed yet. */
  #from = 0;
  /** Of the line that is being read; kept, as one line may hold many code blocks. */
  #lineEnd = -1;

  constructor(source: string, emoji: EmojiLookup | undefined, mayQuote: boolean) {
    this.#source = source;
    this.#emoji = emoji;
    this.#mayQuote = mayQuote;
    this.#runs = source.includes('`'.repeat(FENCE)) ? new BacktickRuns(source) : null;
  }

  parse(): Block[] {
    let at = 0;
    while (at < this.#source.length) {
      at = this.#mayQuote && isQuote(this.#source, at) ? this.#quoteAt(at) : this.#lineAt(at);
    }
    this.#paragraph(this.#source.length);
    return this.#blocks;
  }

  /** Takes all lines of the quote at `at`; returns where the next line begins. */
  #quoteAt(at: number): number {
    const lines: string[] = [];
    let next = at;
    while (next < this.#source.length && isQuote(this.#source, next)) {
      const end = lineEnd(this.#source, next);
      lines.push(this.#source.slice(next + 2, end));
      next = end + 1;
    }
    const inside = lines.join('\n');
    // What quotes nothing is text.
    if (inside.trim() === '') return next;
    this.#paragraph(at);
    this.#blocks.push({ type: 'quote', children: new BlockParser(inside, this.#emoji, false).parse() });
    this.#from = next;
    return next;
  }

  /** Takes a line that is no quote, or as far as a code block goes that opens in it. */
  #lineAt(at: number): number {
    if (this.#lineEnd < at) this.#lineEnd = lineEnd(this.#source, at);
    const open = this.#openFence(at, this.#lineEnd);
    if (open < 0 || this.#runs === null) return this.#lineEnd + 1;
    const close = this.#runs.atLeastAsLong(open);
    this.#paragraph(this.#runs.start(open));
    const inside = this.#source.slice(this.#runs.start(open) + this.#runs.length(open), this.#runs.start(close));
    this.#blocks.push(codeBlock(inside));
    const after = this.#runs.start(close) + this.#runs.length(close);
    this.#from = this.#source[after] === '\n' ? after + 1 : after;
    return this.#from;
  }

  /** The run between `at` and `end` that opens a code block which is closed somewhere; -1 where there is none. */
  #openFence(at: number, end: number): number {
    const runs = this.#runs;
    if (runs === null) return -1;
    for (; this.#run < runs.count && runs.start(this.#run) < end; this.#run++) {
      const start = runs.start(this.#run);
      if (start < at || runs.length(this.#run) < FENCE || isEscaped(this.#source, start)) continue;
      if (runs.atLeastAsLong(this.#run) >= 0) return this.#run;
    }
    return -1;
  }

  /** Closes the paragraph that ends at `to`. Empty lines at its edges are the distance between blocks. */
  #paragraph(to: number): void {
    let [from, end] = [this.#from, to];
    while (from < end && this.#source[from] === '\n') from += 1;
    while (end > from && this.#source[end - 1] === '\n') end -= 1;
    if (from >= end) return;
    this.#blocks.push({ type: 'paragraph', children: parseInline(this.#source.slice(from, end), this.#emoji) });
  }
}

function isQuote(source: string, at: number): boolean {
  if (source[at] !== '>') return false;
  const next = source[at + 1];
  return next === ' ' || next === '\n' || next === undefined;
}

function lineEnd(source: string, at: number): number {
  const end = source.indexOf('\n', at);
  return end < 0 ? source.length : end;
}

function isEscaped(source: string, at: number): boolean {
  let slashes = 0;
  while (source[at - 1 - slashes] === '\\') slashes += 1;
  return slashes % 2 === 1;
}

function codeBlock(inside: string): CodeBlock {
  const newline = inside.indexOf('\n');
  const first = newline < 0 ? '' : inside.slice(0, newline).trim();
  const hasLanguage = newline >= 0 && LANGUAGE.test(first);
  const text = hasLanguage ? inside.slice(newline + 1) : inside;
  return {
    type: 'code_block',
    language: hasLanguage ? first.toLowerCase() : '',
    text: text.endsWith('\n') ? text.slice(0, -1) : text,
  };
}
