/** The tree as HTML that is safe to place anywhere: our own tags around escaped text, nothing passed through. */
import { findEmoji } from './emoji-names.ts';
import { type NameResolver, type RenderOptions, sayMention } from './names.ts';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline, Mention } from './tree.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const NEEDS_ESCAPE = /[&<>"']/;

export function escapeHtml(value: string): string {
  return NEEDS_ESCAPE.test(value) ? value.replace(/[&<>"']/g, (char) => ESCAPES[char] as string) : value;
}

/**
 * `content_html` of a message ([MSG10]). Emoji names are known unless `emoji` says otherwise. Without `names` a mention by
 * id is a span that carries the id around the text as it was written, and a bare name is text.
 */
export function renderHtml(source: string, { names, emoji = findEmoji }: RenderOptions = {}): string {
  return blocks(parseMarkdown(source, emoji), names);
}

function blocks(nodes: readonly Block[], names: NameResolver | undefined): string {
  return nodes.map((node) => block(node, names)).join('');
}

function block(node: Block, names: NameResolver | undefined): string {
  if (node.type === 'paragraph') return `<p>${inlines(node.children, names)}</p>`;
  if (node.type === 'quote') return `<blockquote>${blocks(node.children, names)}</blockquote>`;
  const language = node.language === '' ? '' : ` class="language-${escapeHtml(node.language)}"`;
  return `<pre><code${language}>${escapeHtml(node.text)}</code></pre>`;
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const;

function inlines(nodes: readonly Inline[], names: NameResolver | undefined): string {
  return nodes.map((node) => inline(node, names)).join('');
}

function inline(node: Inline, names: NameResolver | undefined): string {
  switch (node.type) {
    case 'text':
    case 'emoji':
      return escapeHtml(node.text);
    case 'code':
      return `<code>${escapeHtml(node.text)}</code>`;
    case 'break':
      return '<br>';
    case 'link':
      return `<a href="${escapeHtml(node.url)}" rel="noopener noreferrer nofollow">${escapeHtml(node.url)}</a>`;
    case 'mention':
      return mention(node, names);
    case 'spoiler':
      return `<span class="spoiler">${inlines(node.children, names)}</span>`;
    default:
      return `<${TAGS[node.type]}>${inlines(node.children, names)}</${TAGS[node.type]}>`;
  }
}

function mention(node: Mention, names: NameResolver | undefined): string {
  const { text, isTarget } = sayMention(node, names);
  if (!isTarget) return escapeHtml(text);
  const id = node.id === undefined ? '' : ` data-id="${escapeHtml(node.id)}"`;
  return `<span class="mention" data-to="${node.to}"${id}>${escapeHtml(text)}</span>`;
}
