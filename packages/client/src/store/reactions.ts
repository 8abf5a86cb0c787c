import { type Id, LIMITS, type Reaction } from '@snug/protocol';

/** Somebody reacted, or took it back. */
export interface Reacted {
  readonly emoji: string;
  readonly userId: Id;
  readonly isMe: boolean;
  readonly isSuper: boolean;
}

/** With one more, last among its emoji; a new emoji comes last (REACT). */
export function withReaction(reactions: readonly Reaction[], reacted: Reacted): Reaction[] {
  const { emoji, userId, isMe, isSuper } = reacted;
  const known = reactions.find((one) => one.emoji === emoji);
  if (known === undefined) {
    const first = { emoji, count: 1, users: [userId], me: isMe, ...(isSuper && { super_count: 1 }) };
    return [...reactions, first];
  }
  const users = known.users.length < LIMITS.REACTION_USERS ? [...known.users, userId] : known.users;
  const supers = isSuper ? { super_count: (known.super_count ?? 0) + 1 } : {};
  const more = { ...known, count: known.count + 1, users, me: known.me || isMe, ...supers };
  return reactions.map((one) => (one === known ? more : one));
}

export function withoutReaction(reactions: readonly Reaction[], reacted: Reacted): Reaction[] {
  const { emoji, userId, isMe, isSuper } = reacted;
  return reactions.flatMap((one) => {
    if (one.emoji !== emoji) return [one];
    if (one.count <= 1) return [];
    const { super_count: supers = 0, ...rest } = one;
    const left = isSuper ? supers - 1 : supers;
    const users = one.users.filter((id) => id !== userId);
    return [{ ...rest, count: one.count - 1, users, me: one.me && !isMe, ...(left > 0 && { super_count: left }) }];
  });
}

/**
 * Whether taking one back leaves something that only the server knows: who moves up among the first ten, or where the
 * emoji now stands, as its first use has become a later one.
 */
export function leavesUnclear(reactions: readonly Reaction[], { emoji, userId }: Reacted): boolean {
  const known = reactions.find((one) => one.emoji === emoji);
  if (known === undefined || known.count <= 1 || !known.users.includes(userId)) return false;
  if (known.count > known.users.length) return true;
  return known.users[0] === userId && known !== reactions.at(-1);
}
