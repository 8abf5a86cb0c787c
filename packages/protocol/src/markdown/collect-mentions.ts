/** Whom a message mentions. */
import { LIMITS } from '../limits.ts';
import { usernameKey } from '../users.ts';
import { parseMarkdown } from './parse.ts';
import type { Block, Inline, Mention } from './tree.ts';

/**
 * The mentions of a message in the order they were written, each target once (names without case) and at most
 * `LIMITS.MENTIONS_PER_MESSAGE`: users, roles and channels by id, bare `@names`, everyone and here. They are candidates:
 * who exists, and who may be mentioned, is for the caller to decide. A bare `#name` is not one; it only leads somewhere.
 *
 * Exactly the mentions of the tree. A message without `@` and `<` costs two searches for a character.
 */
export function collectMentions(content: string): Mention[] {
  if (!content.includes('@') && !content.includes('<#')) return [];
  const found = new Map<string, Mention>();
  collectBlocks(parseMarkdown(content), found);
  return [...found.values()];
}

function collectBlocks(blocks: readonly Block[], found: Map<string, Mention>): void {
  for (const block of blocks) {
    if (block.type === 'quote') collectBlocks(block.children, found);
    else if (block.type === 'paragraph') collectInlines(block.children, found);
  }
}

function collectInlines(nodes: readonly Inline[], found: Map<string, Mention>): void {
  for (const node of nodes) {
    if (found.size >= LIMITS.MENTIONS_PER_MESSAGE) return;
    if ('children' in node) collectInlines(node.children, found);
    else if (node.type === 'mention' && !(node.to === 'channel' && node.id === undefined)) {
      const key = `${node.to} ${node.id ?? usernameKey(node.name ?? '')}`;
      if (!found.has(key)) found.set(key, node);
    }
  }
}
