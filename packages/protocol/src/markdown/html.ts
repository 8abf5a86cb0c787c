/** The tree as HTML that is safe to place anywhere: our own tags around escaped text, nothing passed through. */
import { type Block, type Inline, parseMarkdown } from './parse.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const NEEDS_ESCAPE = /[&<>"']/;
/** Text without any of these is one paragraph of itself: most messages. */
const NEEDS_PARSING = /[\\`*_~|>\n]|https?:\/\//;

export function escapeHtml(value: string): string {
  return NEEDS_ESCAPE.test(value) ? value.replace(/[&<>"']/g, (char) => ESCAPES[char] as string) : value;
}

export function renderHtml(source: string): string {
  if (!NEEDS_PARSING.test(source)) return `<p>${escapeHtml(source)}</p>`;
  return parseMarkdown(source).map(block).join('');
}

function block(node: Block): string {
  if (node.type === 'paragraph') return `<p>${inlines(node.children)}</p>`;
  if (node.type === 'quote') return `<blockquote>${inlines(node.children)}</blockquote>`;
  const language = node.language === '' ? '' : ` class="language-${escapeHtml(node.language)}"`;
  return `<pre><code${language}>${escapeHtml(node.text)}</code></pre>`;
}

const TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const;

function inlines(nodes: Inline[]): string {
  return nodes.map(inline).join('');
}

function inline(node: Inline): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.text);
    case 'code':
      return `<code>${escapeHtml(node.text)}</code>`;
    case 'break':
      return '<br>';
    case 'link':
      return `<a href="${escapeHtml(node.url)}" rel="noopener noreferrer nofollow">${escapeHtml(node.url)}</a>`;
    case 'spoiler':
      return `<span class="spoiler">${inlines(node.children)}</span>`;
    default:
      return `<${TAGS[node.type]}>${inlines(node.children)}</${TAGS[node.type]}>`;
  }
}
