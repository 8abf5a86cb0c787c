import { select } from '@snug/client';
import type { Id } from '@snug/protocol';
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useClient } from '../../app/use-snug.ts';
import { t } from '../../strings/t.ts';
import { useToast } from '../../ui/Toasts.tsx';
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
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  readonly toMessage: (id: Id) => void;
  /** The message at the top of the view; null where the end is followed, or nothing is drawn. */
  readonly placeOf: () => Id | null;
  /** What was loaded is there: a message that was gone to and is not among it is gone. */
  readonly arrived: () => void;
}

/** Where the list stands: following its end, holding its place, or on its way to a message. */
export function useScroll(
  channelId: Id,
  { rows, window, generation }: Rows,
  scroller: RefObject<HTMLElement | null>,
): ListScroll {
  const client = useClient();
  const say = useToast();
  const list = useRef<VirtualizerHandle>(null);
  const follows = useRef(true);
  const wanted = useRef<Id | null>(null);
  /** The present is being loaded, for a reader who asked for it. */
  const returning = useRef(false);
  const seen = useRef<Stand>({ offset: 0, edge: 0, size: 0 });
  const [isAtEnd, setIsAtEnd] = useState(true);
  const [litId, setLitId] = useLit();
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
  }, [rows, hasAfter, scroller, setLitId]);
  // Rows that changed are placed before they are painted.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list of another generation is a new list to place
  useLayoutEffect(place, [place, generation]);
  usePlacing(scroller, place, `${generation}:${rows.length > 0}`);
  useEffect(() => client.setFollowing(channelId, isAtEnd && !hasAfter), [client, channelId, isAtEnd, hasAfter]);

  const onScroll = (): void => {
    const element = scroller.current;
    // A list that was not measured yet is nowhere.
    if (element === null || list.current === null || list.current.viewportSize === 0) return;
    const before = seen.current;
    seen.current = standOf(element);
    const atEnd = seen.current.size - seen.current.edge <= END_PX;
    if (returning.current) return;
    if (atEnd ? !follows.current : follows.current && movedUp(before, seen.current)) settle(atEnd && !hasAfter);
    load();
  };
  const toEnd = (): void => {
    wanted.current = null;
    // A jump goes on for as long as rows are measured: this one ends it.
    if (!follows.current) list.current?.scrollToIndex(rows.length - 1, { align: 'end' });
    settle(true);
    if (!hasAfter) return place();
    // Until the present is there the list may still be on its way to somewhere else: that is not the reader scrolling up.
    returning.current = true;
    const end = (): void => {
      returning.current = false;
    };
    loadInto(client.loadMessages(channelId, 'latest').finally(end));
  };
  const toMessage = (id: Id): void => {
    settle(false);
    returning.current = false;
    wanted.current = id;
    if (indexOf(rows, id) >= 0) place();
    // Where nothing is loaded yet, the first load begins there.
    else if (!select.needsLoad(client.store.getState(), channelId)) {
      loadInto(client.loadMessages(channelId, { around: id }).then(arrived));
    }
  };
  const arrived = (): void => {
    const { messages, windows } = client.store.getState();
    if (wanted.current === null || messages.get(channelId)?.has(wanted.current) === true) return;
    // Another jump took the place of the load that ended: it is still to come.
    if (windows.get(channelId)?.loading === 'latest') return;
    wanted.current = null;
    say(t('message.gone'));
  };
  const placeOf = (): Id | null => {
    const view = list.current;
    if (wanted.current !== null) return wanted.current;
    if (view === null || (follows.current && !hasAfter)) return null;
    const first = view.findItemIndex(view.scrollOffset);
    const shown = rows.slice(first).find((row) => row.kind === 'message');
    return shown?.message.id ?? null;
  };
  return { list, isAtEnd: isAtEnd && !hasAfter, litId, onScroll, ...useSteady({ toEnd, toMessage, placeOf, arrived }) };
}

type Ways = Pick<ListScroll, 'toEnd' | 'toMessage' | 'placeOf' | 'arrived'>;

/** Rows keep these for as long as they live, so they stay the same functions and do what is right by now. */
function useSteady(ways: Ways): Ways {
  const latest = useRef(ways);
  latest.current = ways;
  const [steady] = useState<Ways>(() => ({
    toEnd: () => latest.current.toEnd(),
    toMessage: (id) => latest.current.toMessage(id),
    placeOf: () => latest.current.placeOf(),
    arrived: () => latest.current.arrived(),
  }));
  return steady;
}

/** The message that is lit, for a moment. */
function useLit(): [Id | null, (id: Id | null) => void] {
  const [litId, setLitId] = useState<Id | null>(null);
  useEffect(() => {
    if (litId === null) return;
    const timer = setTimeout(() => setLitId(null), LIT_MS);
    return () => clearTimeout(timer);
  }, [litId]);
  return [litId, setLitId];
}

/** Where a view stood: its upper and its lower edge in the list, and the list's height, in px. */
interface Stand {
  readonly offset: number;
  readonly edge: number;
  readonly size: number;
}

/** As the page has it: the list's own figures lag behind while the composer grows and shrinks. */
function standOf(element: HTMLElement): Stand {
  return { offset: element.scrollTop, edge: element.scrollTop + element.clientHeight, size: element.scrollHeight };
}

/**
 * Whether the reader went up. The distance from the end alone does not tell: rows that turn out taller than estimated leave
 * the end behind, and a view that grows or a list that shrinks moves the upper edge, without anybody having scrolled.
 */
function movedUp(before: Stand, now: Stand): boolean {
  const shrunk = Math.max(0, before.size - now.size);
  return now.offset < before.offset && now.edge < before.edge - shrunk - 1;
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
  const load = useCallback(() => {
    const view = list.current;
    if (view === null || window === undefined || window.loading !== null || window.error !== null) return;
    if (window.ids.length === 0) return;
    const below = view.scrollSize - view.viewportSize - view.scrollOffset;
    if (window.hasBefore && view.scrollOffset < NEAR_PX) loadInto(client.loadMessages(channelId, 'before'));
    else if (window.hasAfter && below < NEAR_PX) loadInto(client.loadMessages(channelId, 'after'));
  }, [client, channelId, list, window]);
  // Only in the next frame is it known how near the ends are: right after rows came in above, the list has not moved down
  // for them yet.
  useEffect(() => {
    const frame = requestAnimationFrame(load);
    return () => cancelAnimationFrame(frame);
  }, [load]);
  return load;
}

function indexOf(rows: readonly Row[], id: Id): number {
  return rows.findIndex((row) => row.kind === 'message' && row.message.id === id);
}

/** A load that fails says so in its window's `error`, which the list shows; only a bug has anywhere else to go. */
export function loadInto(loading: Promise<void>): void {
  loading.catch((error: unknown) => console.warn('messages were not loaded', error));
}
