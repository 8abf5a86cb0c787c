/**
 * What a client's store holds, as plain values of which two can be compared: a wanderer's and a fresh one's. Left out is
 * what depends on where somebody looked (windows, members met, presence) and what they alone know (archived threads that
 * were met); that is compared with what the server says of it.
 */
import { type State, select } from '@snug/client';
import type { Channel } from '@snug/protocol';

const sorted = <V>(map: Iterable<readonly [string, V]>): Record<string, V> =>
  Object.fromEntries([...map].sort(([a], [b]) => (a < b ? -1 : 1)));

/** A thread that sleeps is in no snapshot. */
export function isShown(channel: Channel): boolean {
  return channel.parent_id === undefined || !channel.is_archived;
}

export function storeFacts(state: State) {
  const me = state.me?.id ?? '';
  const shown = [...state.channels].filter(([, channel]) => isShown(channel));
  const ids = new Set(shown.map(([id]) => id));
  const targets = new Set([...ids, ...state.servers.keys()]);
  return {
    me: { ...state.me, status: '' },
    isAdmin: state.isAdmin,
    // It names a channel one can see, or none.
    servers: sorted(
      [...state.servers].map(([id, server]) => {
        const { system_channel_id: said } = server;
        return [id, { ...server, system_channel_id: said !== null && state.channels.has(said) ? said : null }];
      }),
    ),
    serverOrder: [...state.serverOrder].sort(),
    roles: sorted(state.roles),
    categories: sorted(state.categories),
    channels: sorted(shown),
    membership: sorted([...state.servers.keys()].map((id) => [id, state.members.get(id)?.get(me) ?? null])),
    relationships: sorted(state.relationships),
    settings: state.settings,
    notifications: sorted([...state.notifications].filter(([id]) => targets.has(id))),
    followedThreads: [...state.followedThreads].filter((id) => ids.has(id)).sort(),
    receipts: sorted([...state.receipts].map(([id, receipts]) => [id, sorted(receipts)])),
    permissions: sorted([...ids].map((id) => [id, String(select.channelPermissions(state, id))])),
    layout: sorted(
      [...state.servers.keys()].map((id) => [
        id,
        select.serverLayout(state, id).map(({ category, channels }) => [category?.id, channels.map((one) => one.id)]),
      ]),
    ),
    threads: sorted([...ids].map((id) => [id, select.threadsOf(state, id).map((thread) => thread.id)])),
    unread: sorted(
      [...state.reads].flatMap(([id, { unread, mentions }]) =>
        ids.has(id) && unread + mentions > 0 ? [[id, { unread, mentions }] as const] : [],
      ),
    ),
  };
}

/** Nothing of a channel that is not there may be left anywhere in a store. Answers what is. */
export function leftovers(state: State): string[] {
  const of = (slice: ReadonlyMap<string, unknown>, name: string): string[] =>
    [...slice.keys()].filter((id) => !state.channels.has(id)).map((id) => `${name} ${id}`);
  const orphans = [...state.channels.values()].filter(
    ({ server_id, parent_id }) =>
      (server_id !== undefined && !state.servers.has(server_id)) ||
      (parent_id !== undefined && !state.channels.has(parent_id)),
  );
  return [
    ...of(state.messages, 'messages'),
    ...of(state.windows, 'window'),
    ...of(state.reads, 'read mark'),
    ...of(state.typing, 'typing'),
    ...of(state.receipts, 'receipts'),
    ...of(state.rooms, 'room'),
    ...[...state.referenced.values()]
      .filter(({ channel_id }) => !state.channels.has(channel_id))
      .map(({ id }) => `referenced ${id}`),
    ...orphans.map(({ id }) => `channel ${id} of nothing`),
    ...[...state.members.keys()].filter((id) => !state.servers.has(id)).map((id) => `members ${id}`),
  ];
}
