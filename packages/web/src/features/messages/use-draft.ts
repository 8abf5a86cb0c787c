import type { Id } from '@snug/protocol';
import { useEffect, useState } from 'react';
import { recall, remember } from '../../app/local-memory.ts';

/** What is half written stays with its channel, over reloads too. */
export function useDraft(channelId: Id): [string, (content: string) => void] {
  const [content, setContent] = useState(() => recall(`draft.${channelId}`) ?? '');
  useEffect(() => {
    const timer = setTimeout(() => remember(`draft.${channelId}`, content), content === '' ? 0 : 400);
    return () => clearTimeout(timer);
  }, [channelId, content]);
  return [content, setContent];
}
