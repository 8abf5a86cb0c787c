import type { EventBody, Id, Role, Server, ServerSnapshot } from '@snug/protocol';
import { defined } from './defined.ts';
import { takeCategories } from './fold-categories.ts';
import { dropChannel, putChannel } from './fold-channels.ts';
import type { FoldContext } from './fold-context.ts';
import { countByRoles } from './show-unread.ts';

/** A bare server is the event of its founding; a snapshot is what somebody gets who has just joined (DLV6). */
export function foldServerCreate(context: FoldContext, body: Server | ServerSnapshot): void {
  const { draft, ledger, position } = context;
  if ('channels' in body) {
    for (const { id } of body.channels) ledger.askFollows.add(id);
    takeServer(context, body);
    // Its members may be people who were met elsewhere, and have changed since.
    ledger.usersSince = Math.max(ledger.usersSince, position);
    // Whoever was here before may have said what they want to be told.
    ledger.wanted.notifications.add('all');
    return;
  }
  ledger.servers.set(body.id, position);
  draft.put('servers', body.id, body);
  takeCategories(context, body.id, []);
  addToOrder(context, body.id);
}

/** Everything of one server as it is at the context's position. */
export function takeServer(context: FoldContext, snapshot: ServerSnapshot): void {
  const { draft, ledger, position } = context;
  const { channels, roles, categories, member, ...server } = snapshot;
  ledger.servers.set(server.id, position);
  draft.put('servers', server.id, server);
  addToOrder(context, server.id);
  draft.put('roles', server.id, roles.toSorted(byRank));
  takeCategories(context, server.id, categories);
  if (member !== null) draft.putIn('members', server.id, member.user_id, member);
  const visible = new Set(channels.map((channel) => channel.id));
  for (const channel of [...draft.state.channels.values()]) {
    if (channel.server_id === server.id && !visible.has(channel.id)) dropChannel(context, channel.id);
  }
  // Parents before their threads. What was said before somebody joined is not unread for them (READ10).
  const parentsFirst = channels.toSorted(
    (a, b) => Number(a.parent_id !== undefined) - Number(b.parent_id !== undefined),
  );
  for (const channel of parentsFirst) putChannel(context, channel, false);
}

export function foldServerUpdate({ draft }: FoldContext, body: EventBody<'SERVER_UPDATE'>): void {
  const server = draft.state.servers.get(body.id);
  if (server !== undefined) draft.put('servers', body.id, { ...server, ...defined(body) });
}

/** Also what somebody gets who has left: nothing of the server stays (STORE2). */
export function foldServerDelete(context: FoldContext, body: { id: Id }): void {
  const { draft, ledger } = context;
  const { servers, serverOrder, channels } = draft.state;
  for (const channel of [...channels.values()]) {
    if (channel.server_id === body.id) dropChannel(context, channel.id);
  }
  ledger.servers.delete(body.id);
  if (servers.has(body.id)) {
    draft.set(
      'serverOrder',
      serverOrder.filter((id) => id !== body.id),
    );
  }
  for (const slice of ['servers', 'roles', 'categories', 'members', 'memberLists'] as const)
    draft.remove(slice, body.id);
}

export function foldRoleCreate(context: FoldContext, body: Role): void {
  putRole(context, body.server_id, body);
}

export function foldRoleUpdate(context: FoldContext, body: EventBody<'ROLE_UPDATE'>): void {
  const known = context.draft.state.roles.get(body.server_id)?.find((role) => role.id === body.id);
  // Why it moved is the event's, not the role's.
  const { is_shifted: _shifted, ...change } = body;
  if (known !== undefined) putRole(context, body.server_id, { ...known, ...defined(change) });
}

/** Who held it holds it no more (one event for any number of members). */
export function foldRoleDelete(context: FoldContext, body: EventBody<'ROLE_DELETE'>): void {
  const { draft } = context;
  const { id, server_id: serverId } = body;
  const rest = (draft.state.roles.get(serverId) ?? []).filter((role) => role.id !== id);
  draft.put('roles', serverId, rest);
  for (const member of [...(draft.state.members.get(serverId)?.values() ?? [])]) {
    if (!member.role_ids.includes(id)) continue;
    const held = member.role_ids.filter((one) => one !== id);
    draft.putIn('members', serverId, member.user_id, { ...member, role_ids: held });
  }
  countByRoles(context, serverId);
}

function putRole({ draft }: FoldContext, serverId: Id, role: Role): void {
  const others = (draft.state.roles.get(serverId) ?? []).filter((one) => one.id !== role.id);
  draft.put('roles', serverId, [...others, role].sort(byRank));
}

function byRank(a: Role, b: Role): number {
  return b.position - a.position || (a.id < b.id ? -1 : 1);
}

function addToOrder({ draft }: FoldContext, serverId: Id): void {
  const { serverOrder } = draft.state;
  if (!serverOrder.includes(serverId)) draft.set('serverOrder', [...serverOrder, serverId]);
}
