import { useCallback, useEffect, useRef, useState } from 'react';

/** What a list command answers; `next` where the list has an order of its own. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly has_more: boolean;
  readonly next?: string | null;
}

/** Where the next page begins: after the last item, or at the cursor that the last page gave. Both null at the start. */
export interface PageStart<T> {
  readonly last: T | null;
  readonly next: string | null;
}

interface Loaded<T> {
  /** Null until the first page came. */
  readonly items: readonly T[] | null;
  readonly next: string | null;
  readonly hasMore: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
}

export interface Pages<T> extends Omit<Loaded<T>, 'next'> {
  readonly more: () => void;
  readonly reload: () => void;
  /** What an event says of items that are loaded. */
  readonly patch: (change: (items: readonly T[]) => readonly T[]) => void;
}

const NOTHING = { items: null, next: null, hasMore: false, isBusy: true, error: undefined } as const;

/** A list that is read page by page. Another `load` begins from the start; answers to an older one are dropped. */
export function usePages<T>(load: (from: PageStart<T>) => Promise<Page<T>>): Pages<T> {
  const [state, setState] = useState<Loaded<T>>(NOTHING);
  const round = useRef(0);
  const read = useCallback(
    async (from: PageStart<T>, before: readonly T[]) => {
      round.current += 1;
      const own = round.current;
      setState((now) => ({ ...now, isBusy: true, error: undefined }));
      try {
        const page = await load(from);
        if (own !== round.current) return;
        const items = [...before, ...page.items];
        setState({ items, next: page.next ?? null, hasMore: page.has_more, isBusy: false, error: undefined });
      } catch (error) {
        if (own === round.current) setState((now) => ({ ...now, isBusy: false, error }));
      }
    },
    [load],
  );
  const reload = useCallback(() => void read({ last: null, next: null }, []), [read]);
  useEffect(() => {
    setState(NOTHING);
    reload();
    return () => {
      round.current += 1;
    };
  }, [reload]);
  const more = useCallback(() => {
    const { items, next, hasMore, isBusy } = state;
    if (items !== null && hasMore && !isBusy) void read({ last: items.at(-1) ?? null, next }, items);
  }, [state, read]);
  const patch = useCallback((change: (items: readonly T[]) => readonly T[]) => {
    setState((now) => (now.items === null ? now : { ...now, items: change(now.items) }));
  }, []);
  return { ...state, more, reload, patch };
}
