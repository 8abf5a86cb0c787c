/**
 * A message for a terminal. What people write is data there: every control character, and every character that turns the
 * direction of text, is shown as a sign, so that nobody's escape sequence reaches anybody's terminal.
 */
import { type NameResolver, type RenderOptions, sayMention } from './names.ts';
import { parseMarkdown } from './parse.ts';
import { cover } from './plain.ts';
import type { Block, Inline } from './tree.ts';

export interface TerminalOptions extends RenderOptions {
  /** False leaves out colours and styles, as NO_COLOR asks. */
  hasStyle?: boolean;
  /** Shows what spoilers hide. */
  isRevealed?: boolean;
}

/** SGR parameters. */
const STYLES = {
  bold: '1',
  italic: '3',
  strike: '9',
  spoiler: '7',
  code: '36',
  link: '4',
  mention: '1;33',
  dim: '2',
} as const;
type Style = keyof typeof STYLES;

const UNSAFE = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;
const QUOTE_BAR = '│ ';
const CODE_INDENT = '  ';
const TAB = '    ';

/** Lines parted by `\n`, without one at the end. */
export function renderTerminal(source: string, options: TerminalOptions = {}): string {
  return new TerminalWriter(options).write(parseMarkdown(source, options.emoji));
}

/** One sign for each character that could act instead of being read. */
export function escapeControls(text: string): string {
  return text.replace(UNSAFE, (char) => {
    const code = char.charCodeAt(0);
    if (char === '\t') return TAB;
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `<${code.toString(16).toUpperCase().padStart(4, '0')}>`;
  });
}

class TerminalWriter {
  readonly #names: NameResolver | undefined;
  readonly #hasStyle: boolean;
  readonly #isRevealed: boolean;
  /** Styles that are on, outermost first: after each reset those that stay are set again. */
  readonly #on: Style[] = [];
  #prefix = '';
  #out = '';

  constructor(options: TerminalOptions) {
    this.#names = options.names;
    this.#hasStyle = options.hasStyle ?? true;
    this.#isRevealed = options.isRevealed ?? false;
  }

  write(nodes: readonly Block[]): string {
    this.#blocks(nodes);
    return this.#out;
  }

  #blocks(nodes: readonly Block[]): void {
    for (const [index, node] of nodes.entries()) {
      if (index > 0) this.#newLine();
      this.#block(node);
    }
  }

  #block(node: Block): void {
    if (node.type === 'paragraph') this.#inlines(node.children);
    else if (node.type === 'code_block') this.#codeBlock(node.language, node.text);
    else {
      this.#prefix = QUOTE_BAR;
      this.#styled('dim', () => this.#put(QUOTE_BAR));
      this.#blocks(node.children);
      this.#prefix = '';
    }
  }

  #codeBlock(language: string, text: string): void {
    if (language !== '') {
      this.#styled('dim', () => this.#put(escapeControls(language)));
      this.#newLine();
    }
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.#newLine();
      this.#put(CODE_INDENT);
      this.#styled('code', () => this.#put(escapeControls(line)));
    }
  }

  #inlines(nodes: readonly Inline[]): void {
    for (const node of nodes) this.#inline(node);
  }

  #inline(node: Inline): void {
    switch (node.type) {
      case 'text':
      case 'emoji':
        return this.#put(escapeControls(node.text));
      case 'break':
        return this.#newLine();
      case 'code':
        return this.#styled('code', () => this.#lines(node.text));
      case 'link':
        return this.#styled('link', () => this.#put(escapeControls(node.url)));
      case 'mention': {
        const { text, isTarget } = sayMention(node, this.#names);
        if (!isTarget) return this.#put(escapeControls(text));
        return this.#styled('mention', () => this.#put(escapeControls(text)));
      }
      case 'spoiler':
        return this.#spoiler(node.children);
      default:
        return this.#styled(node.type, () => this.#inlines(node.children));
    }
  }

  #spoiler(children: readonly Inline[]): void {
    if (this.#isRevealed) return this.#styled('spoiler', () => this.#inlines(children));
    this.#put(cover(textOf(children)));
  }

  #lines(text: string): void {
    for (const [index, line] of text.split('\n').entries()) {
      if (index > 0) this.#newLine();
      this.#put(escapeControls(line));
    }
  }

  #newLine(): void {
    const on = this.#on.splice(0);
    if (on.length > 0) this.#reset();
    this.#out += '\n';
    if (this.#prefix !== '') this.#styled('dim', () => this.#put(this.#prefix));
    this.#on.push(...on);
    this.#set();
  }

  #styled(style: Style, inside: () => void): void {
    this.#on.push(style);
    this.#set();
    inside();
    this.#on.pop();
    this.#reset();
    this.#set();
  }

  #put(text: string): void {
    this.#out += text;
  }

  #reset(): void {
    if (this.#hasStyle) this.#out += '\u001b[0m';
  }

  #set(): void {
    if (this.#hasStyle && this.#on.length > 0) this.#out += `\u001b[${this.#on.map((one) => STYLES[one]).join(';')}m`;
  }
}

/** Long enough to cover: what a spoiler says, whatever is in it. */
function textOf(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if ('children' in node) return textOf(node.children);
      return node.type === 'link' ? node.url : node.type === 'break' ? '\n' : node.text;
    })
    .join('');
}
