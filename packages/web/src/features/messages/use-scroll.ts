import type { Id } from '@snug/protocol';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useClient } from '../../app/use-snug.ts';
import type { Row } from './build-rows.ts';
import type { Rows } from './use-rows.ts';

/** Within this of the end, the view follows new messages. */
const END_PX = 48;
/** Within this of either end, more is loaded. */
const NEAR_PX = 900;
/** How long a message that was jumped to stays lit. */
const LIT_MS = 2200;

export interface ListScroll {
  readonly list: RefObject<VirtualizerHandle | null>;
  /** The newest message is in view, so new ones are followed. */
  readonly isAtEnd: boolean;
  /** The message that was just jumped to. */
  readonly litId: Id | null;
  readonly onScroll: (offset: number) => void;
  readonly toEnd: () => void;
  readonly toMessage: (id: Id) => void;
}

/** Where the list stands: following its end, holding its place, or on its way to a message. */
export function useScroll(
  channelId: Id,
  { rows, window, generation }: Rows,
  scroller: RefObject<HTMLElement | null>,
): ListScroll {
  const client = useClient();
  const list = useRef<VirtualizerHandle>(null);
  const follows = useRef(true);
  const wanted = useRef<Id | null>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [litId, setLitId] = useState<Id | null>(null);
  const hasAfter = window?.hasAfter === true;

  const settle = useCallback((atEnd: boolean) => {
    follows.current = atEnd;
    setIsAtEnd(atEnd);
  }, []);
  const load = useLoader(channelId, list, window);
  const place = useCallback(() => {
    const index = wanted.current === null ? -1 : indexOf(rows, wanted.current);
    if (index >= 0) {
      list.current?.scrollToIndex(index, { align: 'center' });
      setLitId(wanted.current);
      wanted.current = null;
    } else if (wanted.current === null && follows.current && !hasAfter && scroller.current !== null) {
      // At once, not through the list: that would go on scrolling while it measures, against a reader who scrolls up.
      scroller.current.scrollTop = scroller.current.scrollHeight;
    }
  }, [rows, hasAfter, scroller]);
  // Rows that changed are placed before they are painted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list of another generation is a new list to place
  useLayoutEffect(place, [place, generation]);
  // Only then is it known how near the ends are: right after rows came in above, the list has not moved down for them yet.
  useEffect(() => {
    const frame = requestAnimationFrame(load);
    return () => cancelAnimationFrame(frame);
  }, [load]);
  usePlacing(scroller, place, `${generation}:${rows.length > 0}`);
  useEffect(() => client.setFollowing(channelId, isAtEnd && !hasAfter), [client, channelId, isAtEnd, hasAfter]);
  useEffect(() => {
    if (litId === null) return;
    const timer = setTimeout(() => setLitId(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [litId]);

  const onScroll = (offset: number): void => {
    const view = list.current;
    // A list that was not measured yet is nowhere.
    if (view === null || view.viewportSize === 0) return;
    const atEnd = view.scrollSize - view.viewportSize - offset <= END_PX;
    if (atEnd !== follows.current) settle(atEnd && !hasAfter);
    load();
  };
  const toEnd = (): void => {
    wanted.current = null;
    settle(true);
    if (hasAfter) loadInto(client.loadMessages(channelId, 'latest'));
    else place();
  };
  const toMessage = (id: Id): void => {
    settle(false);
    wanted.current = id;
    if (indexOf(rows, id) >= 0) place();
    else loadInto(client.loadMessages(channelId, { around: id }));
  };
  // Rows keep these for as long as they live, so they stay the same functions and do what is right by now.
  const latest = useRef({ toEnd, toMessage });
  latest.current = { toEnd, toMessage };
  const [steady] = useState(() => ({
    toEnd: () => latest.current.toEnd(),
    toMessage: (id: Id) => latest.current.toMessage(id),
  }));
  return { list, isAtEnd: isAtEnd && !hasAfter, litId, onScroll, ...steady };
}

/** Places the list again whenever it, or what is in it, changes its height: a row was measured, the composer grew. */
function usePlacing(scroller: RefObject<HTMLElement | null>, place: () => void, drawing: string): void {
  const latest = useRef(place);
  latest.current = place;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another drawing has other elements to watch
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => latest.current());
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => observer.disconnect();
  }, [scroller, drawing]);
}

/** Loads the page beyond an end that the view comes near to. */
function useLoader(channelId: Id, list: RefObject<VirtualizerHandle | null>, window: Rows['window']): () => void {
  const client = useClient();
  return useCallback(() => {
    const view = list.current;
    if (view === null || window === undefined || window.loading !== null || window.error !== null) return;
    if (window.ids.length === 0) return;
    const below = view.scrollSize - view.viewportSize - view.scrollOffset;
    if (window.hasBefore && view.scrollOffset < NEAR_PX) loadInto(client.loadMessages(channelId, 'before'));
    else if (window.hasAfter && below < NEAR_PX) loadInto(client.loadMessages(channelId, 'after'));
  }, [client, channelId, list, window]);
}

function indexOf(rows: readonly Row[], id: Id): number {
  return rows.findIndex((row) => row.kind === 'message' && row.message.id === id);
}

/** A load that fails says so in its window's `error`, which the list shows; only a bug has anywhere else to go. */
export function loadInto(loading: Promise<void>): void {
  loading.catch((error: unknown) => console.warn('messages were not loaded', error));
}
