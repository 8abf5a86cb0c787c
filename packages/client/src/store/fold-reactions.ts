import type { EventBody, Message } from '@snug/protocol';
import { applyMessageEvent } from './apply-message-event.ts';
import type { FoldContext } from './fold-context.ts';
import { leavesUnclear, type Reacted, withoutReaction, withReaction } from './reactions.ts';

export function foldReactionAdd(context: FoldContext, body: EventBody<'MESSAGE_REACTION_ADD'>): void {
  const reacted = reactedBy(context, body);
  applyMessageEvent(context, {
    kind: 'change',
    ...placeOf(context, body),
    change: (message) => ({ ...message, reactions: withReaction(message.reactions, reacted) }),
  });
}

export function foldReactionRemove(context: FoldContext, body: EventBody<'MESSAGE_REACTION_REMOVE'>): void {
  const reacted = reactedBy(context, body);
  applyMessageEvent(context, {
    kind: 'change',
    ...placeOf(context, body),
    change: (message) => ({ ...message, reactions: withoutReaction(message.reactions, reacted) }),
    isUnclear: (message) => leavesUnclear(message.reactions, reacted),
  });
}

export function foldReactionClear(context: FoldContext, body: EventBody<'MESSAGE_REACTION_CLEAR'>): void {
  const { emoji } = body;
  const cleared = ({ reactions }: Message): Message['reactions'] =>
    emoji === null ? [] : reactions.filter((one) => one.emoji !== emoji);
  applyMessageEvent(context, {
    kind: 'change',
    ...placeOf(context, body),
    change: (message) => ({ ...message, reactions: cleared(message) }),
  });
}

export function foldPin(context: FoldContext, body: EventBody<'MESSAGE_PIN'>): void {
  const { draft } = context;
  applyMessageEvent(context, {
    kind: 'change',
    ...placeOf(context, body),
    change: (message) => ({ ...message, is_pinned: true }),
  });
  const channel = draft.state.channels.get(body.channel_id);
  if (channel === undefined || (channel.last_pin_at ?? '') >= body.pinned_at) return;
  draft.put('channels', channel.id, { ...channel, last_pin_at: body.pinned_at });
}

/** The channel keeps the moment of its last pin. */
export function foldUnpin(context: FoldContext, body: EventBody<'MESSAGE_UNPIN'>): void {
  applyMessageEvent(context, {
    kind: 'change',
    ...placeOf(context, body),
    change: (message) => ({ ...message, is_pinned: false }),
  });
}

function reactedBy(
  { draft }: FoldContext,
  { emoji, user_id: userId, is_super: isSuper }: { emoji: string; user_id: string; is_super: boolean },
): Reacted {
  return { emoji, userId, isSuper, isMe: userId === draft.state.me?.id };
}

function placeOf({ position }: FoldContext, { channel_id, message_id }: { channel_id: string; message_id: string }) {
  return { id: message_id, channelId: channel_id, position };
}
