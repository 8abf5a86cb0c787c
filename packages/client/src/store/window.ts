import type { Id } from '@snug/protocol';
import type { Draft } from './draft.ts';
import type { FoldContext } from './fold-context.ts';
import type { MessageWindow } from './state.ts';

/** A window longer than this forgets messages at the end its reader does not look at. */
export const WINDOW_MAX = 400;
/** What is left then: far enough below the maximum that it does not happen with every message. */
const WINDOW_TRIMMED = 300;

const NEW_WINDOW: MessageWindow = {
  ids: [],
  from: null,
  to: null,
  hasBefore: false,
  hasAfter: false,
  loading: null,
  stale: false,
  error: null,
};

/** Changes a window, or makes one; `hasBefore` and `hasAfter` follow from its bounds. */
export function putWindow(draft: Draft, channelId: Id, change: Partial<MessageWindow>): MessageWindow {
  const merged = { ...(draft.state.windows.get(channelId) ?? NEW_WINDOW), ...change };
  const window = { ...merged, hasBefore: merged.from !== null, hasAfter: merged.to !== null };
  draft.put('windows', channelId, window);
  return window;
}

export function dropWindow(draft: Draft, channelId: Id): void {
  draft.remove('windows', channelId);
  draft.remove('messages', channelId);
  pruneReferenced(draft);
}

/** `ids` with one more, in order; the same array when it is there already. New messages go last without a search. */
export function withId(ids: readonly Id[], id: Id): readonly Id[] {
  const last = ids.at(-1);
  if (last === undefined || id > last) return [...ids, id];
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as Id) < id) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? ids : ids.toSpliced(low, 0, id);
}

/**
 * Keeps a window bounded: `end` says which messages go. The bound moves to the last one that stays, so what the window
 * claims to hold stays true.
 */
export function trimWindow({ draft }: FoldContext, channelId: Id, end: 'oldest' | 'newest'): void {
  const window = draft.state.windows.get(channelId);
  if (window === undefined || window.ids.length <= WINDOW_MAX) return;
  const { ids } = window;
  const kept = end === 'oldest' ? ids.slice(-WINDOW_TRIMMED) : ids.slice(0, WINDOW_TRIMMED);
  const gone = end === 'oldest' ? ids.slice(0, -WINDOW_TRIMMED) : ids.slice(WINDOW_TRIMMED);
  keepReferenced(draft, channelId, kept, gone);
  for (const id of gone) draft.removeIn('messages', channelId, id);
  putWindow(draft, channelId, {
    ids: kept,
    ...(end === 'oldest' ? { from: kept[0] as Id } : { to: kept.at(-1) as Id }),
  });
  pruneReferenced(draft);
}

/** What the messages that stay reply to must stay known. */
function keepReferenced(draft: Draft, channelId: Id, kept: readonly Id[], gone: readonly Id[]): void {
  const messages = draft.state.messages.get(channelId);
  if (messages === undefined) return;
  const going = new Set(gone);
  for (const id of kept) {
    const target = messages.get(id)?.reply_to_id;
    const message = target === undefined || !going.has(target) ? undefined : messages.get(target);
    if (message !== undefined) draft.put('referenced', message.id, message);
  }
}

const REFERENCED_MAX = 500;

/** Forgets what nothing that is loaded replies to, once there is much of it. */
export function pruneReferenced(draft: Draft): void {
  if (draft.state.referenced.size <= REFERENCED_MAX) return;
  const needed = new Set<Id>();
  for (const messages of draft.state.messages.values()) {
    for (const { reply_to_id: target } of messages.values()) if (target !== undefined) needed.add(target);
  }
  for (const id of [...draft.state.referenced.keys()]) if (!needed.has(id)) draft.remove('referenced', id);
}
