/** What a message says without its marks: for notifications, previews, titles and screen readers. */
import { type NameResolver, type RenderOptions, sayMention } from './names.ts';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline } from './tree.ts';

export interface PlainOptions extends RenderOptions {
  /** White space of every kind becomes one space. */
  oneLine?: boolean;
  /** Code points, at least 1; what is longer is cut and ends with an ellipsis, which counts. */
  max?: number;
  /** What stands for a spoiler, given what it hides. Blocks unless said otherwise. */
  spoiler?: (hidden: string) => string;
}

const COVERED_MAX = 10;
const ELLIPSIS = '…';

export function renderPlain(source: string, options: PlainOptions = {}): string {
  const text = blocks(parseMarkdown(source, options.emoji), {
    names: options.names,
    spoiler: options.spoiler ?? cover,
  });
  const line = options.oneLine === true ? text.replace(/\s+/g, ' ').trim() : text;
  return options.max === undefined ? line : cut(line, options.max);
}

/** As many blocks as there are characters, at most ten: how long a secret is says something too. */
export function cover(hidden: string): string {
  return '█'.repeat(Math.min([...hidden].length, COVERED_MAX));
}

interface Way {
  names: NameResolver | undefined;
  spoiler: (hidden: string) => string;
}

function blocks(nodes: readonly Block[], way: Way): string {
  return nodes.map((node) => block(node, way)).join('\n');
}

function block(node: Block, way: Way): string {
  if (node.type === 'code_block') return node.text;
  return node.type === 'quote' ? blocks(node.children, way) : inlines(node.children, way);
}

function inlines(nodes: readonly Inline[], way: Way): string {
  return nodes.map((node) => inline(node, way)).join('');
}

function inline(node: Inline, way: Way): string {
  switch (node.type) {
    case 'text':
    case 'code':
    case 'emoji':
      return node.text;
    case 'link':
      return node.url;
    case 'break':
      return '\n';
    case 'mention':
      return sayMention(node, way.names).text;
    case 'spoiler':
      return way.spoiler(inlines(node.children, way));
    default:
      return inlines(node.children, way);
  }
}

/** Costly to make, and rarely needed. */
let segmenter: Intl.Segmenter | undefined;

/** Never cuts through what is seen as one character, unless that alone is too long. */
function cut(text: string, max: number): string {
  const points = [...text];
  if (points.length <= max) return text;
  const end = points.slice(0, max - 1).join('').length;
  segmenter ??= new Intl.Segmenter();
  const whole = segmenter.segment(text).containing(end)?.index ?? end;
  return text.slice(0, whole === 0 ? end : whole) + ELLIPSIS;
}
