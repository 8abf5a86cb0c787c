import type { Id, MemberWithUser } from '@snug/protocol';
import type { MemberRequest } from '../connection/connection-api.ts';
import { foldMembersChunk } from '../store/fold-members.ts';
import type { LiveStore } from '../store/live-store.ts';
import type { Caller } from './caller.ts';

const PAGE = 100;
const MAX_PAGES = 5;

/**
 * Members over REST, where there is no op 8: in the order of their ids and without presence, which long poll does not
 * bring. Members asked for by id come with what they write.
 */
export async function listMembers(
  caller: Caller,
  store: LiveStore,
  serverId: Id,
  request: MemberRequest,
): Promise<void> {
  if (request.user_ids !== undefined) return;
  const wanted = (request.offset ?? 0) + (request.limit ?? PAGE);
  const members: MemberWithUser[] = [];
  let position = store.getState().cursor;
  for (let page = 0; page < MAX_PAGES && members.length < wanted; page++) {
    const last = members.at(-1)?.user_id;
    const after = last === undefined ? {} : { after: last };
    const answer = await caller.call('member.list', { server_id: serverId, limit: PAGE, ...after });
    members.push(...answer.result.items);
    position = answer.position ?? position;
    if (!answer.result.has_more) break;
  }
  const state = store.getState();
  const total = state.servers.get(serverId)?.member_count ?? members.length;
  // Not asked for, so not known better than before.
  const presences = members.flatMap((member) => state.presences.get(member.user_id) ?? []);
  const chunk = { server_id: serverId, members, presences, total, online: 0, offset: 0 };
  store.applyAt(position, (context) => foldMembersChunk(context, chunk));
}
