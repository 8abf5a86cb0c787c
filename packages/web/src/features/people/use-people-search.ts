import type { User } from '@snug/protocol';
import { useCallback } from 'react';
import { type PageStart, type Pages, usePages } from '../../app/use-pages.ts';
import { useSettled } from '../../app/use-settled.ts';
import { useClient } from '../../app/use-snug.ts';

const PAUSE_MS = 250;
const PAGE = 25;

/** People by the start of a name, page by page. For nothing typed: nobody. */
export function usePeopleSearch(typed: string): Pages<User> {
  const client = useClient();
  const query = useSettled(typed.trim().replace(/^@/, ''), PAUSE_MS);
  const load = useCallback(
    async ({ last }: PageStart<User>) => {
      if (query === '') return { items: [], has_more: false };
      const page = await client.call('user.search', {
        q: query,
        limit: PAGE,
        ...(last !== null && { after: last.id }),
      });
      // Their cards need the whole profile in the store.
      client.learnUsers(page.items.map(({ id }) => id));
      return page;
    },
    [client, query],
  );
  return usePages(load);
}
