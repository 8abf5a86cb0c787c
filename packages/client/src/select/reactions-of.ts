import type { Message, Reaction } from '@snug/protocol';
import { withoutReaction, withReaction } from '../store/reactions.ts';
import type { ReactionWish, State } from '../store/state.ts';

const made = new WeakMap<readonly ReactionWish[], { readonly of: readonly Reaction[]; readonly shown: Reaction[] }>();

/** The reactions of a message, with what this user has just given or taken back already in them. */
export function reactionsOf(state: State, message: Message): readonly Reaction[] {
  const wishes = state.reactionWishes.get(message.id);
  const userId = state.me?.id;
  if (wishes === undefined || userId === undefined) return message.reactions;
  const last = made.get(wishes);
  if (last?.of === message.reactions) return last.shown;
  let shown = message.reactions;
  for (const { emoji, isOn, isSuper } of wishes) {
    const isMine = shown.find((one) => one.emoji === emoji)?.me ?? false;
    const reacted = { emoji, userId, isMe: true, isSuper };
    if (isOn && !isMine) shown = withReaction(shown, reacted);
    else if (!isOn && isMine) shown = withoutReaction(shown, reacted);
  }
  made.set(wishes, { of: message.reactions, shown });
  return shown;
}
