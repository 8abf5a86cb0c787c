import type { Id, Message } from '@snug/protocol';
import { useCallback, useEffect, useState } from 'react';
import { sayError } from '../../app/say-error.ts';
import { useClient } from '../../app/use-snug.ts';
import { useToast } from '../../ui/Toasts.tsx';

/**
 * Marking a message unread while looking at it: nothing here is read again until the reader has looked away once.
 * Without that, what was marked would be read in the same moment.
 */
export function useMarkUnread(
  channelId: Id,
  hasAttention: boolean,
  setMark: (mark: Id | null) => void,
): [boolean, (message: Message) => void] {
  const client = useClient();
  const say = useToast();
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (!hasAttention) setIsHeld(false);
  }, [hasAttention]);
  const mark = useCallback(
    (message: Message) => {
      const ids = client.store.getState().windows.get(channelId)?.ids ?? [];
      setMark(ids[ids.indexOf(message.id) - 1] ?? null);
      setIsHeld(true);
      client.markUnread(channelId, message.id).catch((error: unknown) => say(sayError(error)));
    },
    [client, channelId, setMark, say],
  );
  return [isHeld, mark];
}
