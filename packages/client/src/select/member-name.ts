import type { Id } from '@snug/protocol';
import type { State } from '../store/state.ts';

const UNKNOWN_NAME = 'Unknown user';

/** How somebody is called where there is no server. */
export function userName(state: State, userId: Id): string {
  const user = state.users.get(userId);
  return user?.display_name || user?.username || UNKNOWN_NAME;
}

/** How somebody is called in a server (null: in a DM): nickname, display name, username. */
export function memberName(state: State, serverId: Id | null, userId: Id): string {
  const nickname = serverId === null ? '' : state.members.get(serverId)?.get(userId)?.nickname;
  return nickname || userName(state, userId);
}
