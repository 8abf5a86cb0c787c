import type { Id, Message } from '@snug/protocol';
import type { OutboxEntry } from '../outbox/outbox-entry.ts';
import type { State } from '../store/state.ts';

/** A message, or one that is still on its way: only the latter has a `state`. */
export type TimelineItem = Message | OutboxEntry;

interface Made {
  readonly messages: ReadonlyMap<Id, Message>;
  readonly outbox: readonly OutboxEntry[];
  readonly items: readonly TimelineItem[];
}

const NOTHING: readonly never[] = [];
const NO_MESSAGES: ReadonlyMap<Id, Message> = new Map();
/** By window: a new page, message or bound makes a new one. */
const made = new WeakMap<object, Made>();

/**
 * What a channel shows, oldest first: the loaded messages, then what this user still has to say (OUT6). In a window that
 * does not reach to the present the outbox has no place.
 */
export function timeline(state: State, channelId: Id): readonly TimelineItem[] {
  const window = state.windows.get(channelId);
  const outbox = state.outbox.get(channelId) ?? NOTHING;
  if (window === undefined) return outbox;
  const messages = state.messages.get(channelId) ?? NO_MESSAGES;
  const last = made.get(window);
  if (last !== undefined && last.messages === messages && last.outbox === outbox) return last.items;
  const items: TimelineItem[] = [];
  for (const id of window.ids) {
    const message = messages.get(id);
    if (message !== undefined) items.push(message);
  }
  if (!window.hasAfter) items.push(...outbox);
  made.set(window, { messages, outbox, items });
  return items;
}
