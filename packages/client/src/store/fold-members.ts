import type { EventBody, Id, Member, MembersChunk } from '@snug/protocol';
import { memberName } from '../select/member-name.ts';
import { defined } from './defined.ts';
import type { FoldContext } from './fold-context.ts';
import { foldPresence, isHere } from './fold-presence.ts';
import { foldServerDelete } from './fold-servers.ts';
import { learnUser } from './fold-users.ts';
import { countByRoles } from './show-unread.ts';

export function foldMemberAdd(context: FoldContext, body: EventBody<'MEMBER_ADD'>): void {
  const { user, via, ...member } = body;
  learnUser(context, user);
  context.draft.putIn('members', body.server_id, body.user_id, member);
  addToList(context, body.server_id, body.user_id);
  // A new server's own event counts its founder already.
  if (via !== 'founding') countMembers(context, body.server_id, 1);
}

/** One's own removal ends the view of the server, also where the derived SERVER_DELETE is still to come. */
export function foldMemberRemove(context: FoldContext, body: EventBody<'MEMBER_REMOVE'>): void {
  const { draft } = context;
  if (body.user_id === draft.state.me?.id) {
    foldServerDelete(context, { id: body.server_id });
    return;
  }
  draft.removeIn('members', body.server_id, body.user_id);
  countMembers(context, body.server_id, -1);
  removeFromList(context, body.server_id, body.user_id);
}

export function foldMemberUpdate(context: FoldContext, body: EventBody<'MEMBER_UPDATE'>): void {
  const { user, server_id, channel_id: _channel, ...change } = body;
  if (user !== undefined) learnUser(context, user);
  if (server_id === undefined) return;
  const known = context.draft.state.members.get(server_id)?.get(body.user_id);
  if (known !== undefined) {
    context.draft.putIn('members', server_id, body.user_id, { ...known, ...defined(change) });
  }
  if (change.role_ids !== undefined && body.user_id === context.draft.state.me?.id) countByRoles(context, server_id);
}

/** Requests by id carry this nonce: their answer is no part of the list. */
export const BY_ID_NONCE = 'ids';

/** The answer to op 8. Its members are as of now, which is at or after everything this connection has seen. */
export function foldMembersChunk(context: FoldContext, body: MembersChunk): void {
  const { draft } = context;
  if (!draft.state.servers.has(body.server_id)) return;
  for (const { user, ...member } of body.members) {
    learnUser(context, user);
    draft.putIn('members', body.server_id, member.user_id, member satisfies Member);
  }
  const here = new Map(body.presences.map((presence) => [presence.user_id, presence]));
  for (const { user_id: id } of body.members) {
    const presence = here.get(id);
    if (presence !== undefined) foldPresence(context, presence);
    // Who is not here is left out: they may have gone while nobody told.
    else if (id !== draft.state.me?.id) draft.remove('presences', id);
  }
  if (body.nonce === BY_ID_NONCE) return;
  const before = draft.state.memberLists.get(body.server_id)?.ids ?? [];
  const chunk = body.members.map((member) => member.user_id);
  // A chunk beyond what is loaded would leave a hole: the list grows from the top only.
  const isNext = body.offset <= before.length;
  const inChunk = new Set(chunk);
  const rest = before.slice(body.offset + chunk.length).filter((id) => !inChunk.has(id));
  const ids = isNext ? [...before.slice(0, body.offset).filter((id) => !inChunk.has(id)), ...chunk, ...rest] : before;
  draft.put('memberLists', body.server_id, { total: body.total, online: body.online, ids: ids.slice(0, body.total) });
}

/** A joiner takes their place in the list, where that lies within what is loaded. */
function addToList({ draft, ledger }: FoldContext, serverId: Id, userId: Id): void {
  const list = draft.state.memberLists.get(serverId);
  if (list === undefined) return;
  ledger.wanted.memberLists.add(serverId);
  if (list.ids.includes(userId)) return;
  const rank = (id: Id): string =>
    `${isHere(draft.state, id) ? 0 : 1}${memberName(draft.state, serverId, id).toLowerCase()}`;
  const own = rank(userId);
  const below = list.ids.findIndex((id) => rank(id) > own);
  const at = below < 0 ? list.ids.length : below;
  const isWithin = below >= 0 || list.ids.length >= list.total;
  draft.put('memberLists', serverId, {
    total: list.total + 1,
    online: list.online + (isHere(draft.state, userId) ? 1 : 0),
    ids: isWithin ? list.ids.toSpliced(at, 0, userId) : list.ids,
  });
}

function removeFromList({ draft, ledger }: FoldContext, serverId: Id, userId: Id): void {
  const list = draft.state.memberLists.get(serverId);
  if (list === undefined) return;
  ledger.wanted.memberLists.add(serverId);
  const isListed = list.ids.includes(userId);
  // All are loaded, and this one is not among them: the list is from after they went.
  if (!isListed && list.ids.length >= list.total) return;
  draft.put('memberLists', serverId, {
    total: Math.max(0, list.total - 1),
    online: Math.max(0, list.online - (isHere(draft.state, userId) ? 1 : 0)),
    ids: isListed ? list.ids.filter((id) => id !== userId) : list.ids,
  });
}

function countMembers({ draft, ledger, position }: FoldContext, serverId: string, change: number): void {
  const server = draft.state.servers.get(serverId);
  if (server === undefined || position <= (ledger.servers.get(serverId) ?? -1)) return;
  draft.put('servers', serverId, { ...server, member_count: Math.max(0, server.member_count + change) });
}
