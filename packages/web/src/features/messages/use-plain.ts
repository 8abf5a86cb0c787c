import { type Id, type PlainOptions, renderPlain } from '@snug/protocol';
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
  return useSelect((state) =>
    renderPlain(content, { ...shape, names: namesIn(state, serverId), emoji, spoiler: () => t('spoiler.covered') }),
  );
}
