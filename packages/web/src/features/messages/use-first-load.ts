import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { useEffect } from 'react';
import { useClient, useSelect } from '../../app/use-snug.ts';
import { type ListScroll, loadInto } from './use-scroll.ts';

/** Asks for messages when there are none; and when some were missed, for those around what is being read. */
export function useFirstLoad(channelId: Id, { placeOf, arrived }: Pick<ListScroll, 'placeOf' | 'arrived'>): void {
  const client = useClient();
  const needsLoad = useSelect((state) => select.needsLoad(state, channelId));
  useEffect(() => {
    if (!needsLoad) return;
    const around = placeOf();
    loadInto(client.loadMessages(channelId, around === null ? 'latest' : { around }).then(arrived));
  }, [client, channelId, needsLoad, placeOf, arrived]);
}
