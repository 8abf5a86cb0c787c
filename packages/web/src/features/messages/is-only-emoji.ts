import type { Block } from '@snug/protocol';

const EMOJI_OR_SPACE = /^(?:\p{RGI_Emoji}|\s)*$/v;
/** Code units: about thirty emoji. What is longer is a wall of them, and stays small. */
const MOST = 60;

/** Whether a message is emoji and nothing else, so few that they may be large. */
export function isOnlyEmoji(blocks: readonly Block[]): boolean {
  const [block, ...more] = blocks;
  if (block?.type !== 'paragraph' || more.length > 0) return false;
  let text = '';
  for (const node of block.children) {
    if (node.type !== 'text' && node.type !== 'emoji' && node.type !== 'break') return false;
    text += node.type === 'break' ? '\n' : node.text;
  }
  return text.length <= MOST && text.trim() !== '' && EMOJI_OR_SPACE.test(text);
}
