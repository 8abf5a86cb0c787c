import type { Id } from '@snug/protocol';
import { useEffect } from 'react';
import { useClient, useSelect } from '../../app/use-snug.ts';

/** What is looked at is read. */
export function useAck(channelId: Id, isReading: boolean): void {
  const client = useClient();
  const unread = useSelect((state) => state.reads.get(channelId)?.unread ?? 0);
  const lastId = useSelect((state) => state.windows.get(channelId)?.ids.at(-1));
  useEffect(() => {
    if (isReading && unread > 0 && lastId !== undefined) client.ack(channelId, lastId);
  }, [client, channelId, isReading, unread, lastId]);
}
