import type { Id } from '@snug/protocol';
import { rankIn } from '../../world/permissions.ts';
import type { MemberState, ServerState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** Who a server goes to when its owner's account ends: the highest-ranked, of those the earliest; null: nobody is left. */
export function successor(server: ServerState): Id | null {
  let best: MemberState | null = null;
  for (const member of server.members.values()) {
    if (member.userId !== server.ownerId && (best === null || isAhead(server, member, best))) best = member;
  }
  return best?.userId ?? null;
}

function isAhead(server: ServerState, a: MemberState, b: MemberState): boolean {
  const rank = rankIn(a.userId, server).position - rankIn(b.userId, server).position;
  return rank === 0 ? a.joinedPosition < b.joinedPosition : rank > 0;
}

/** Whether some server would be without its owner. */
export function ownsServers(world: World, userId: Id): boolean {
  for (const server of world.users.get(userId)?.servers ?? [])
    if (server.deletedAt === null && server.ownerId === userId) return true;
  return false;
}
