import type { PublicServer } from '@snug/protocol';
import { useCallback } from 'react';
import { type PageStart, type Pages, usePages } from '../../app/use-pages.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient } from '../../app/use-snug.ts';

const PAGE = 30;
const PAUSE_MS = 250;

/** Public servers whose name or description holds the words, page by page. */
export function usePublicServers(query: string): Pages<PublicServer> {
  const client = useClient();
  const words = useSettled(query.trim(), PAUSE_MS);
  const load = useCallback(
    ({ last }: PageStart<PublicServer>) =>
      client.call('server.discover', {
        limit: PAGE,
        ...(words !== '' && { query: words }),
        ...(last !== null && { after: last.id }),
      }),
    [client, words],
  );
  return usePages(load);
}
