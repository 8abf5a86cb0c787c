import type { EventBody, Id, Message } from '@snug/protocol';
import { applyMessageEvent } from './apply-message-event.ts';
import type { FoldContext } from './fold-context.ts';
import { stopTyping } from './fold-presence.ts';
import { countMessages, isNews } from './fold-threads.ts';
import { wantUser } from './fold-users.ts';
import { settleOutbox } from './settle-outbox.ts';
import { showUnread } from './show-unread.ts';
import type { MentionOf } from './unread.ts';

export function foldMessageCreate(context: FoldContext, message: EventBody<'MESSAGE_CREATE'>): void {
  const { position } = context;
  settleOutbox(context, message);
  const isNew = isNews(context, message.channel_id);
  touchChannel(context, message);
  if (isNew && message.parent_id !== undefined) countMessages(context, message.channel_id, 1);
  stopTyping(context, message.channel_id, message.author_id);
  wantUser(context, message.author_id);
  applyMessageEvent(context, { kind: 'create', id: message.id, message, channelId: message.channel_id, position });
  countCreated(context, message);
}

export function foldMessageUpdate(context: FoldContext, body: EventBody<'MESSAGE_UPDATE'>): void {
  const { id, channel_id: channelId } = body;
  const change = (message: Message): Message => ({ ...message, ...body });
  applyMessageEvent(context, { kind: 'change', id, change, channelId, position: context.position });
}

export function foldMessageDelete(context: FoldContext, body: EventBody<'MESSAGE_DELETE'>): void {
  const { id, channel_id: channelId, parent_id: parentId } = body;
  remove(context, channelId, [id], parentId !== undefined);
}

export function foldMessageDeleteBulk(context: FoldContext, body: EventBody<'MESSAGE_DELETE_BULK'>): void {
  const { ids, channel_id: channelId, parent_id: parentId } = body;
  remove(context, channelId, ids, parentId !== undefined);
}

function remove(context: FoldContext, channelId: Id, ids: readonly Id[], isInThread: boolean): void {
  const { draft, ledger, position } = context;
  if (isNews(context, channelId) && isInThread) countMessages(context, channelId, -ids.length);
  for (const id of ids) {
    const known = draft.state.messages.get(channelId)?.get(id);
    ledger.unread.get(channelId)?.forget(id, position, known && mentionOf(context, known), known?.is_edited ?? true);
    applyMessageEvent(context, { kind: 'delete', id, channelId, position });
  }
  showUnread(context, channelId);
}

export function foldHistoryChanged(context: FoldContext, body: EventBody<'HISTORY_CHANGED'>): void {
  const { draft, position } = context;
  const { channel_id: channelId, last_message_id, last_message_at } = body;
  applyMessageEvent(context, { kind: 'history', channelId, position });
  const channel = draft.state.channels.get(channelId);
  if (channel === undefined || last_message_id === undefined) return;
  const at = last_message_at ?? channel.last_message_at;
  draft.put('channels', channelId, { ...channel, last_message_id, last_message_at: at });
}

/** Said by somebody, here: not by the system, and not elsewhere. */
function isSpoken({ type, origin }: Message): boolean {
  return (type === 'default' || type === 'reply') && origin !== 'import';
}

/** Whom one message that counts as unread mentions; null for what never counts (READ1). */
function mentionOf({ draft }: FoldContext, message: Message): MentionOf | null {
  const { me } = draft.state;
  if (!isSpoken(message) || message.author_id === me?.id) return null;
  const isDirect = message.mention_everyone || (me !== null && message.mentions.includes(me.id));
  return { isDirect, roles: message.mention_roles };
}

function countCreated(context: FoldContext, message: Message): void {
  const { draft, ledger, position } = context;
  const unread = ledger.unread.get(message.channel_id);
  if (unread === undefined) return;
  const mention = mentionOf(context, message);
  const isOwn = message.author_id === draft.state.me?.id && isSpoken(message);
  if (mention !== null) unread.add({ id: message.id, position, ...mention });
  else if (isOwn) {
    // Sending acknowledges the channel up to what was sent (READ4).
    unread.mark({ position, readPosition: position, lastReadId: message.id });
  }
  showUnread(context, message.channel_id);
}

function touchChannel({ draft }: FoldContext, message: Message): void {
  const channel = draft.state.channels.get(message.channel_id);
  if (channel === undefined || (channel.last_message_id ?? '') >= message.id) return;
  const last = { last_message_id: message.id, last_message_at: message.created_at };
  draft.put('channels', channel.id, { ...channel, ...last });
}
