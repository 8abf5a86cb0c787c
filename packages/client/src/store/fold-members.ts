import type { EventBody, Member, MembersChunk } from '@snug/protocol';
import { defined } from './defined.ts';
import type { FoldContext } from './fold-context.ts';
import { foldServerDelete } from './fold-servers.ts';
import { learnUser } from './fold-users.ts';

export function foldMemberAdd(context: FoldContext, body: EventBody<'MEMBER_ADD'>): void {
  const { user, via, ...member } = body;
  learnUser(context, user);
  context.draft.putIn('members', body.server_id, body.user_id, member);
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
  const list = draft.state.memberLists.get(body.server_id);
  if (list?.ids.includes(body.user_id)) {
    const ids = list.ids.filter((id) => id !== body.user_id);
    draft.put('memberLists', body.server_id, { ...list, ids, total: Math.max(0, list.total - 1) });
  }
}

export function foldMemberUpdate(context: FoldContext, body: EventBody<'MEMBER_UPDATE'>): void {
  const { user, server_id, channel_id: _channel, ...change } = body;
  if (user !== undefined) learnUser(context, user);
  if (server_id === undefined) return;
  const known = context.draft.state.members.get(server_id)?.get(body.user_id);
  if (known !== undefined) {
    context.draft.putIn('members', server_id, body.user_id, { ...known, ...defined(change) });
  }
}

/** The same fact in a conversation. */
export function foldRecipientUpdate(context: FoldContext, body: EventBody<'RECIPIENT_UPDATE'>): void {
  if (body.user !== undefined) learnUser(context, body.user);
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
  for (const presence of body.presences) draft.put('presences', presence.user_id, presence);
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

function countMembers({ draft, ledger, position }: FoldContext, serverId: string, change: number): void {
  const server = draft.state.servers.get(serverId);
  if (server === undefined || position <= (ledger.servers.get(serverId) ?? -1)) return;
  draft.put('servers', serverId, { ...server, member_count: Math.max(0, server.member_count + change) });
}
