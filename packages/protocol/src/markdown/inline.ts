/** The text of one paragraph to a tree: one pass, left to right; what begins first wins ([MD5]). */
import { addressAt, addressInAnglesAt } from './address.ts';
import { BacktickRuns } from './backticks.ts';
import {
  type Closing,
  isDigitAt,
  isDigitBefore,
  isSpaceAt,
  isSpaceBefore,
  isWordAt,
  isWordBefore,
  runLength,
} from './characters.ts';
import { MarkStack } from './mark-stack.ts';
import { nameAt, targetAt } from './mention.ts';
import type { EmojiLookup, Inline, Mark } from './tree.ts';

/** What can begin or end something other than plain text. */
const SPECIAL = /[\\`*_~|\n:@#<]/g;
const ESCAPABLE = /[\\`*_~|>#:@<]/;
const EMOJI_NAME = /:([a-z0-9_+-]{1,64}):/y;
const MARKS: Readonly<Record<string, Mark>> = {
  '**': 'bold',
  __: 'bold',
  '~~': 'strike',
  '||': 'spoiler',
  '*': 'italic',
  _: 'italic',
};

export function parseInline(source: string, emoji?: EmojiLookup): Inline[] {
  return new InlineParser(source, emoji).parse();
}

class InlineParser {
  readonly #source: string;
  readonly #emoji: EmojiLookup | undefined;
  readonly #marks = new MarkStack();
  readonly #closing: Closing = (char, run) => this.#marks.closing(char, run);
  #runs: BacktickRuns | null = null;
  #at = 0;
  /** Nothing up to here is an address: it was looked at. */
  #noAddressBefore = 0;

  constructor(source: string, emoji: EmojiLookup | undefined) {
    this.#source = source;
    this.#emoji = emoji;
  }

  parse(): Inline[] {
    const source = this.#source;
    while (this.#at < source.length) {
      SPECIAL.lastIndex = this.#at;
      const next = SPECIAL.exec(source)?.index ?? source.length;
      this.#text(source.slice(this.#at, next));
      if (next < source.length) this.#special(source[next] as string);
    }
    return this.#marks.finish();
  }

  #special(char: string): void {
    switch (char) {
      case '\n':
        return this.#add({ type: 'break' }, 1);
      case '\\':
        return this.#escape();
      case '`':
        return this.#code();
      case '<':
        return this.#angle();
      case '@':
      case '#':
        return this.#name(char);
      case ':':
        return this.#colon();
      default:
        return this.#mark(char);
    }
  }

  #text(text: string): void {
    this.#marks.addText(text);
    this.#at += text.length;
  }

  #add(node: Inline, length: number): void {
    this.#marks.add(node);
    this.#at += length;
  }

  #escape(): void {
    const next = this.#source[this.#at + 1];
    if (next === undefined || !ESCAPABLE.test(next)) return this.#text('\\');
    this.#marks.addText(next);
    this.#at += 2;
  }

  #code(): void {
    this.#runs ??= new BacktickRuns(this.#source);
    const length = runLength(this.#source, this.#at, '`', this.#source.length);
    const from = this.#at + length;
    const close = this.#runs.nextOf(length, from);
    if (close < 0) return this.#text('`'.repeat(length));
    this.#add({ type: 'code', text: trimCode(this.#source.slice(from, close)) }, close + length - this.#at);
  }

  #angle(): void {
    const mention = targetAt(this.#source, this.#at);
    if (mention !== null) return this.#add(mention, mention.text.length);
    const url = addressInAnglesAt(this.#source, this.#at);
    if (url !== null) return this.#add({ type: 'link', url }, url.length + 2);
    this.#text('<');
  }

  #name(sign: string): void {
    const mention = nameAt(this.#source, this.#at, this.#closing);
    if (mention === null) this.#text(sign);
    else this.#add(mention, mention.text.length);
  }

  #colon(): void {
    if (this.#source.startsWith('://', this.#at) && this.#address()) return;
    EMOJI_NAME.lastIndex = this.#at;
    const name = this.#emoji === undefined ? undefined : EMOJI_NAME.exec(this.#source)?.[1];
    const text = name === undefined ? undefined : this.#emoji?.(name);
    if (name === undefined || text === undefined) return this.#text(':');
    const length = name.length + 2;
    if (isPartOfMore(this.#source, this.#at, this.#at + length)) return this.#text(':');
    this.#add({ type: 'emoji', name, text }, length);
  }

  #address(): boolean {
    if (this.#at < this.#noAddressBefore) return false;
    const found = addressAt(this.#source, this.#at, this.#marks.pending, this.#closing);
    if (found === null) return false;
    if (found.url === null) {
      this.#noAddressBefore = found.end;
      return false;
    }
    this.#marks.takeBack(found.scheme);
    this.#add({ type: 'link', url: found.url }, found.url.length - found.scheme);
    return true;
  }

  #mark(char: string): void {
    const run = runLength(this.#source, this.#at, char, 3);
    const isTwin = run === 3 && this.#marks.innermost === char && this.#marks.isOpen(char + char);
    const delimiter = run >= 2 && !isTwin ? char + char : char;
    const mark = MARKS[delimiter];
    if (mark === undefined) return this.#text(char);
    if (this.#marks.isOpen(delimiter)) {
      if (!this.#canClose(delimiter)) return this.#text(delimiter);
      this.#marks.close(delimiter);
    } else {
      if (!this.#canOpen(delimiter)) return this.#text(delimiter);
      this.#marks.open(delimiter, mark);
    }
    this.#at += delimiter.length;
  }

  /** `2 * 3` and `snake_case` are not emphasis. What is hidden may begin and end with space. */
  #canOpen(delimiter: string): boolean {
    const inside = this.#at + delimiter.length;
    if (delimiter === '||') return inside < this.#source.length;
    if (isSpaceAt(this.#source, inside)) return false;
    return !(delimiter.startsWith('_') && isWordBefore(this.#source, this.#at));
  }

  #canClose(delimiter: string): boolean {
    if (this.#marks.isEmpty(delimiter)) return false;
    if (delimiter === '||') return true;
    if (isSpaceBefore(this.#source, this.#at)) return false;
    return !(delimiter === '_' && isWordAt(this.#source, this.#at + 1));
  }
}

/** A space on both sides is there to keep backticks apart, as in `` ` ``. */
function trimCode(text: string): string {
  const isPadded = text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '';
  return isPadded ? text.slice(1, -1) : text;
}

/** `10:100:20` and `user:key:id` hold no emoji, `nice:tada:` and `:tada: 3` do. */
function isPartOfMore(source: string, from: number, to: number): boolean {
  if (isDigitBefore(source, from) || isDigitAt(source, to)) return true;
  return isWordBefore(source, from) && isWordAt(source, to);
}
