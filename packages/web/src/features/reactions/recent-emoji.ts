import { recall, remember } from '../../app/local-memory.ts';

const KEY = 'emoji.recent';
const MOST = 16;

/** What this person reacted with lately in this browser, the latest first. */
export function recentEmoji(): readonly string[] {
  const kept = recall(KEY) ?? '';
  return kept === '' ? [] : kept.split(' ').slice(0, MOST);
}

export function rememberEmoji(emoji: string): void {
  remember(KEY, [emoji, ...recentEmoji().filter((one) => one !== emoji)].slice(0, MOST).join(' '));
}
