import type { EventBody, Id, User } from '@snug/protocol';
import type { FoldContext } from './fold-context.ts';

/** Takes a profile unless a newer one is known. Profiles are always whole. */
export function learnUser({ draft, ledger, position }: FoldContext, user: User): void {
  if (position < (ledger.users.get(user.id) ?? -1)) return;
  ledger.users.set(user.id, position);
  if (!isSame(draft.state.users.get(user.id), user)) draft.put('users', user.id, user);
  if (draft.state.me?.id === user.id && !isSame(draft.state.me, user)) draft.set('me', user);
}

export function foldUserUpdate(context: FoldContext, body: EventBody<'USER_UPDATE'>): void {
  learnUser(context, body);
}

/** Asks for somebody's profile if there is none, or only one that may have missed a change: from before a reset or a join. */
export function wantUser({ draft, ledger }: FoldContext, userId: Id): void {
  const isKnown = draft.state.users.has(userId) && (ledger.users.get(userId) ?? -1) >= ledger.usersSince;
  if (!isKnown) ledger.wanted.users.add(userId);
}

/** Somebody came into the same place as this user: what was known of them before may have changed unheard. */
export function meetUser({ draft, ledger, position }: FoldContext, userId: Id): void {
  const known = ledger.users.get(userId) ?? -1;
  if (userId !== draft.state.me?.id && known < position) ledger.wanted.users.add(userId);
}

function isSame(known: User | undefined, user: User): boolean {
  if (known === undefined) return false;
  const keys = new Set([...Object.keys(known), ...Object.keys(user)]) as Set<keyof User>;
  return [...keys].every((key) => known[key] === user[key]);
}
