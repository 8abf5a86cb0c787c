import type { Id, Message, MessagePage } from '@snug/protocol';
import { changed } from './apply-message-event.ts';
import type { FoldContext } from './fold-context.ts';
import { learnThread } from './fold-threads.ts';
import { learnUser, wantUser } from './fold-users.ts';
import { type IdRange, isWithin } from './message-log.ts';
import { settleOutbox } from './settle-outbox.ts';
import { putWindow, trimWindow } from './window.ts';

/** A page as it was fetched: `replace` is the newest messages or those around one, the others extend the window. */
export interface FetchedPage {
  readonly channelId: Id;
  readonly kind: 'replace' | 'before' | 'after';
  /** The window's bound the page begins at; null for `replace`. */
  readonly anchor: Id | null;
  readonly page: MessagePage;
}

/** What a page says about its channel: these ids, and no others. */
function rangeOf({ kind, anchor, page }: FetchedPage): IdRange {
  const newest = page.items[0]?.id ?? null;
  const oldest = page.items.at(-1)?.id ?? null;
  if (kind === 'before') return { from: page.has_more ? oldest : null, to: anchor, without: anchor };
  if (kind === 'after') return { from: anchor, to: page.has_more ? newest : null, without: anchor };
  const hasBefore = page.has_more_before ?? page.has_more;
  return { from: hasBefore ? oldest : null, to: page.has_more_after ? newest : null };
}

/**
 * Takes a page into the window of its channel (E6, STORE3, STORE4). The context's position is that of the answer.
 *
 * - `taken`: the window now holds it
 * - `outdated`: something newer was folded that cannot be applied to it any more: fetch it again
 * - `unwanted`: the window has moved elsewhere meanwhile, or the channel is gone
 */
export function applyPage(context: FoldContext, fetched: FetchedPage): 'taken' | 'outdated' | 'unwanted' {
  const { draft, ledger, position } = context;
  const { channelId, kind, anchor, page } = fetched;
  const window = draft.state.windows.get(channelId);
  if (!draft.state.channels.has(channelId)) return 'unwanted';
  if (kind === 'before' && window?.from !== anchor) return 'unwanted';
  if (kind === 'after' && window?.to !== anchor) return 'unwanted';
  const range = rangeOf(fetched);
  if (!ledger.log.accepts(channelId, range, position)) return 'outdated';
  const changedSince = ledger.log.since(channelId, position).some((event) => event.kind === 'history');
  const messages = replay(context, channelId, range, page.items);
  ledger.log.cover(channelId, range, position, draft.state.cursor);
  learnFrom(context, fetched, messages);
  if (kind === 'replace') {
    draft.put('messages', channelId, messages);
    putWindow(draft, channelId, { ids: sortedIds(messages), from: range.from, to: range.to, stale: changedSince });
    return 'taken';
  }
  const known = draft.state.messages.get(channelId) ?? new Map<Id, Message>();
  const merged = new Map([...messages, ...known]);
  draft.put('messages', channelId, merged);
  putWindow(draft, channelId, {
    ids: sortedIds(merged),
    ...(kind === 'before' ? { from: range.from } : { to: range.to }),
    ...(changedSince && { stale: true }),
  });
  trimWindow(context, channelId, kind === 'before' ? 'newest' : 'oldest');
  return 'taken';
}

/** The page's messages with every event above its position applied again. */
function replay(context: FoldContext, channelId: Id, range: IdRange, items: readonly Message[]): Map<Id, Message> {
  const messages = new Map(items.map((message) => [message.id, message]));
  for (const event of context.ledger.log.since(channelId, context.position)) {
    if (event.kind === 'history' || !isWithin(range, event.id)) continue;
    const known = messages.get(event.id);
    if (event.kind === 'create') messages.set(event.id, event.message);
    else if (event.kind === 'delete') messages.delete(event.id);
    else if (known !== undefined) messages.set(event.id, changed(context, known, event));
  }
  return messages;
}

function learnFrom(context: FoldContext, { channelId, page }: FetchedPage, messages: Map<Id, Message>): void {
  for (const user of page.users) learnUser(context, user);
  for (const thread of page.threads) learnThread(context, thread);
  for (const message of messages.values()) {
    wantUser(context, message.author_id);
    settleOutbox(context, message);
  }
  for (const message of page.referenced) applyReferenced(context, channelId, message);
}

/** A message that another replies to, as it was at the context's position. False: it is older than what was folded. */
export function applyReferenced(context: FoldContext, channelId: Id, message: Message): boolean {
  const { draft, ledger, position } = context;
  const range = { from: message.id, to: message.id };
  if (!ledger.log.accepts(channelId, range, position)) return false;
  const [current] = replay(context, channelId, range, [message]).values();
  if (current === undefined) return true;
  ledger.log.cover(channelId, range, position, draft.state.cursor);
  draft.put('referenced', message.id, current);
  return true;
}

/** One message as the server has it at the context's position. False: older than what was folded; ask again. */
export function applyMessage(context: FoldContext, message: Message): boolean {
  const { draft, ledger, position } = context;
  const { id, channel_id: channelId } = message;
  const range = { from: id, to: id };
  if (!draft.state.messages.get(channelId)?.has(id)) return true;
  if (!ledger.log.accepts(channelId, range, position)) return false;
  const current = replay(context, channelId, range, [message]).get(id);
  if (current === undefined) return true;
  ledger.log.cover(channelId, range, position, draft.state.cursor);
  draft.putIn('messages', channelId, id, current);
  return true;
}

function sortedIds(messages: ReadonlyMap<Id, Message>): Id[] {
  return [...messages.keys()].sort();
}
