/** Op 8: a stretch of a server's members, those who are here first, and from then on their presence (E30). */
import { type Id, LIMITS, type MembersChunk, Refusal, type RequestMembers } from '@snug/protocol';
import type { z } from 'zod';
import type { Reader } from '../delivery/reader.ts';
import { memberEntity } from '../delivery/snapshot.ts';
import type { MemberState, ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Presences } from './presence.ts';

export function membersChunk(
  world: World,
  presences: Presences,
  reader: Reader,
  asked: z.infer<typeof RequestMembers>,
): MembersChunk {
  const server = world.server(asked.server_id);
  if (server === undefined || !world.isIn(reader.userId, server)) throw new Refusal('UNKNOWN_SERVER');
  const offset = asked.offset ?? 0;
  const ordered = asked.user_ids === undefined ? order(world, presences, server) : { ids: asked.user_ids, online: 0 };
  const ids = ordered.ids.slice(offset, offset + (asked.limit ?? LIMITS.REQUEST_MEMBERS));
  const members = ids.flatMap((id) => server.members.get(id) ?? []);
  presences.followMembers(
    reader,
    server.id,
    members.map((member) => member.userId),
  );
  return {
    server_id: server.id,
    members: members.flatMap((member) => withUser(world, server, member)),
    presences: presences.of(members.map((member) => member.userId)),
    total: server.members.size,
    online: ordered.online,
    offset,
    ...(asked.nonce === undefined ? {} : { nonce: asked.nonce }),
  };
}

function withUser(world: World, server: ServerState, member: MemberState) {
  const state = world.users.get(member.userId);
  return state === undefined ? [] : [{ ...memberEntity(server, member), user: state.user }];
}

function order(world: World, presences: Presences, server: ServerState): { ids: Id[]; online: number } {
  const name = (id: Id): string => server.members.get(id)?.nickname || (world.users.get(id)?.user.display_name ?? '');
  const [here, away]: [Id[], Id[]] = [[], []];
  for (const id of server.members.keys()) (presences.isOnline(id) ? here : away).push(id);
  const byName = (ids: Id[]): Id[] =>
    ids
      .map((id) => ({ id, key: name(id).toLowerCase() }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ id }) => id);
  return { ids: [...byName(here), ...byName(away)], online: here.length };
}
