import { type EmojiLookup, type Id, type NameResolver, type PlainOptions, renderPlain } from '@snug/protocol';
import { useMemo } from 'react';
import { useSelect } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { namesIn } from './names-in.ts';
import { useEmoji } from './use-emoji.ts';

type Shape = Pick<PlainOptions, 'oneLine' | 'max'>;
/** One line, longer than any preview shows. */
const PREVIEW: Shape = { oneLine: true, max: 300 };

/** What a message says, to be read or to be heard without its marks: names instead of ids, and a word for what is hidden. */
export function usePlain(content: string, serverId: Id | null, shape: Shape = PREVIEW): string {
  const emoji = useEmoji(content);
  // Without an id in it a text says the same whatever happens in the store, and is read once.
  const hasIds = content.includes('<');
  const same = useMemo(() => (hasIds ? '' : say(content, shape, emoji)), [content, shape, emoji, hasIds]);
  const named = useSelect((state) => (hasIds ? say(content, shape, emoji, namesIn(state, serverId)) : ''));
  return hasIds ? named : same;
}

function say(content: string, shape: Shape, emoji: EmojiLookup | undefined, names?: NameResolver): string {
  return renderPlain(content, { ...shape, names, emoji, spoiler: () => t('spoiler.covered') });
}
