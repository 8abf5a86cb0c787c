import type { Id } from '@snug/protocol';
import { useEffect, useState } from 'react';
import { loadQuietly } from '../../app/load-quietly.ts';
import { useClient } from '../../app/use-snug.ts';

/**
 * Asks for a channel that no snapshot holds: an archived thread. True while it is not known whether there is one; then it
 * is in the store, or nowhere.
 */
export function useUnlisted(channelId: Id | null, isUnknown: boolean): boolean {
  const client = useClient();
  const [settled, setSettled] = useState<Id | null>(null);
  const isWanted = channelId !== null && isUnknown;
  useEffect(() => {
    if (!isWanted) return;
    const end = (): void => setSettled(channelId);
    loadQuietly(client.openChannel(channelId).finally(end), 'the channel was not opened');
  }, [client, channelId, isWanted]);
  return isWanted && settled !== channelId;
}
