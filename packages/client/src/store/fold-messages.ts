import type { EventBody, Id, Message } from '@snug/protocol';
import { applyMessageEvent } from './apply-message-event.ts';
import { showUnread } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { stopTyping } from './fold-presence.ts';
import { wantUser } from './fold-users.ts';
import { settleOutbox } from './settle-outbox.ts';
import type { UnreadCount } from './unread.ts';

export function foldMessageCreate(context: FoldContext, message: EventBody<'MESSAGE_CREATE'>): void {
  const { position } = context;
  settleOutbox(context, message);
  touchChannel(context, message);
  stopTyping(context, message.channel_id, message.author_id);
  wantUser(context, message.author_id);
  applyMessageEvent(context, { kind: 'create', id: message.id, message, channelId: message.channel_id, position });
  countCreated(context, message);
}

export function foldMessageUpdate(context: FoldContext, patch: EventBody<'MESSAGE_UPDATE'>): void {
  const { id, channel_id: channelId } = patch;
  applyMessageEvent(context, { kind: 'update', id, patch, channelId, position: context.position });
}

export function foldMessageDelete(
  context: FoldContext,
  { id, channel_id: channelId }: EventBody<'MESSAGE_DELETE'>,
): void {
  const { draft, ledger, position } = context;
  const known = draft.state.messages.get(channelId)?.get(id);
  ledger.unread.get(channelId)?.forget(id, position, known && countOf(context, known));
  applyMessageEvent(context, { kind: 'delete', id, channelId, position });
  showUnread(context, channelId);
}

export function foldHistoryChanged(
  context: FoldContext,
  { channel_id: channelId }: EventBody<'HISTORY_CHANGED'>,
): void {
  applyMessageEvent(context, { kind: 'history', channelId, position: context.position });
}

/** What one message adds to the unread count; null for what never does (READ1). */
export function countOf({ draft }: FoldContext, message: Message): UnreadCount | null {
  const { me } = draft.state;
  const spoken = message.type === 'default' || message.type === 'reply';
  if (!spoken || message.origin === 'import' || message.author_id === me?.id) return null;
  return { unread: 1, mentions: me !== null && mentions(draft.state, message, me.id) ? 1 : 0 };
}

function mentions(state: FoldContext['draft']['state'], message: Message, me: Id): boolean {
  if (message.mention_everyone || message.mentions.includes(me)) return true;
  const serverId = state.channels.get(message.channel_id)?.server_id;
  const roles = serverId === undefined ? undefined : state.members.get(serverId)?.get(me)?.role_ids;
  return roles?.some((role) => message.mention_roles.includes(role)) ?? false;
}

function countCreated(context: FoldContext, message: Message): void {
  const { draft, ledger, position } = context;
  const unread = ledger.unread.get(message.channel_id);
  if (unread === undefined) return;
  const count = countOf(context, message);
  const isOwn = message.author_id === draft.state.me?.id && message.origin !== 'import';
  if (count !== null) unread.add({ id: message.id, position, mention: count.mentions > 0 });
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
