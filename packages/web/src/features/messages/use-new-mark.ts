import type { Id } from '@snug/protocol';
import { useEffect, useRef, useState } from 'react';
import { useSelect } from '../../app/use-snug.ts';

/**
 * Where the line of new messages stands: after what was read when this visit, or this absence, began. It stays there while
 * the messages below it are read, and goes with the next thing one says oneself. `undefined` is no line.
 */
export function useNewMark(
  channelId: Id,
  isReading: boolean,
): [Id | null | undefined, (mark: Id | null | undefined) => void] {
  const unread = useSelect((state) => state.reads.get(channelId)?.unread ?? 0);
  const lastReadId = useSelect((state) => state.reads.get(channelId)?.lastReadId ?? null);
  const [mark, setMark] = useState<Id | null | undefined>(unread > 0 ? lastReadId : undefined);
  const before = useRef(unread);
  useEffect(() => {
    if (before.current === 0 && unread > 0 && !isReading) setMark(lastReadId);
    before.current = unread;
  }, [unread, lastReadId, isReading]);
  return [mark, setMark];
}
