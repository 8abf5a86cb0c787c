import type { NamedEmoji } from '@snug/protocol/emoji';
import { useCallback, useEffect, useMemo, useState } from 'react';

type Search = (prefix: string, limit: number) => NamedEmoji[];

export interface EmojiSearch {
  /** Null until the table is there. */
  readonly found: readonly NamedEmoji[] | null;
  readonly hasFailed: boolean;
  readonly retry: () => void;
}

/** Loaded once for the page: the table is large, and few visits need it. */
let loaded: Search | null = null;

/** Emoji whose name begins with these letters. Null asks for none, and loads nothing. */
export function useEmojiSearch(query: string | null, limit: number): EmojiSearch {
  const [search, setSearch] = useState<{ run: Search } | null>(loaded === null ? null : { run: loaded });
  const [hasFailed, setHasFailed] = useState(false);
  const isWanted = query !== null;
  const load = useCallback(() => {
    setHasFailed(false);
    import('@snug/protocol/emoji').then(
      ({ searchEmoji }) => {
        loaded = searchEmoji;
        setSearch({ run: searchEmoji });
      },
      (error: unknown) => {
        console.warn('the names of emoji were not loaded', error);
        setHasFailed(true);
      },
    );
  }, []);
  useEffect(() => {
    if (isWanted && loaded === null) load();
  }, [isWanted, load]);
  const found = useMemo(
    () => (search === null || query === null ? null : search.run(query, limit)),
    [search, query, limit],
  );
  return { found, hasFailed, retry: load };
}
