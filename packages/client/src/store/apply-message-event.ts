import type { Id, Message } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';
import { isWithin, type MessageEvent, type MessageFact } from './message-log.ts';
import { putWindow, trimWindow, withId } from './window.ts';

/** Folds what happened to a message into the window of its channel, and into what is referenced. */
export function applyMessageEvent(context: FoldContext, event: MessageEvent): void {
  const { draft, ledger } = context;
  ledger.log.add(event);
  const { channelId } = event;
  if (event.kind === 'history') {
    if (draft.state.windows.has(channelId)) putWindow(draft, channelId, { stale: true });
    return;
  }
  if (ledger.log.isCovered(channelId, event.id, event.position)) return;
  if (event.kind === 'create') insert(context, event.message);
  else if (event.kind === 'change') change(context, channelId, event);
  else remove(context, channelId, event.id);
}

function insert(context: FoldContext, message: Message): void {
  const { draft, ledger } = context;
  const window = draft.state.windows.get(message.channel_id);
  if (window === undefined || !isWithin(window, message.id)) return;
  draft.putIn('messages', message.channel_id, message.id, message);
  const ids = withId(window.ids, message.id);
  if (ids !== window.ids) putWindow(draft, message.channel_id, { ids });
  wantReference(context, message);
  trimWindow(context, message.channel_id, ledger.notFollowing.has(message.channel_id) ? 'newest' : 'oldest');
}

function change(context: FoldContext, channelId: Id, event: ChangeFact): void {
  const { draft } = context;
  const shown = draft.state.messages.get(channelId)?.get(event.id);
  if (shown !== undefined) draft.putIn('messages', channelId, event.id, changed(context, shown, event));
  const referenced = draft.state.referenced.get(event.id);
  if (referenced !== undefined) draft.put('referenced', event.id, event.change(referenced));
}

function remove({ draft }: FoldContext, channelId: Id, id: Id): void {
  draft.remove('referenced', id);
  const window = draft.state.windows.get(channelId);
  if (!window?.ids.includes(id)) return;
  draft.removeIn('messages', channelId, id);
  putWindow(draft, channelId, { ids: window.ids.filter((one) => one !== id) });
}

type ChangeFact = Extract<MessageFact, { kind: 'change' }>;

/** The message after a change; where that is not certain the server is asked. */
export function changed({ ledger }: FoldContext, message: Message, event: ChangeFact): Message {
  if (event.isUnclear?.(message)) ledger.wanted.messages.set(message.id, message.channel_id);
  return event.change(message);
}

/** Asks for the message this one replies to, if it lies outside what is loaded. */
function wantReference({ draft, ledger }: FoldContext, message: Message): void {
  const target = message.reply_to_id;
  if (target === undefined || draft.state.referenced.has(target)) return;
  if (draft.state.messages.get(message.channel_id)?.has(target)) return;
  ledger.wanted.references.set(target, message.channel_id);
}
