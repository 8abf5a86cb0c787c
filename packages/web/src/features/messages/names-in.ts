import { type State, select } from '@snug/client';
import type { Channel, Id, NameResolver, Role } from '@snug/protocol';

/** Names as somebody reads them in a server (null: in a DM). What is not known here has none. */
export function namesIn(state: State, serverId: Id | null): NameResolver {
  return {
    user: ({ id }) => (id !== undefined && state.users.has(id) ? select.memberName(state, serverId, id) : null),
    role: ({ id }) => roleIn(state, serverId, id)?.name ?? null,
    channel: ({ id, name }) => {
      const channel = id === undefined ? channelNamed(state, serverId, name ?? '') : state.channels.get(id);
      return channel === undefined || channel.name === '' ? null : channel.name;
    },
  };
}

export function roleIn(state: State, serverId: Id | null, roleId: Id | undefined): Role | undefined {
  const roles = serverId === null ? undefined : state.roles.get(serverId);
  return roles?.find(({ id }) => id === roleId);
}

type Named = ReadonlyMap<string, Channel>;
/** One index for each list of channels the store has had: it keeps a list as long as nothing in it changes. */
const indexes = new WeakMap<State['channels'], Named>();

/** The channel of a server that is called so; the first where several are. */
export function channelNamed(state: State, serverId: Id | null, name: string): Channel | undefined {
  if (serverId === null) return undefined;
  let index = indexes.get(state.channels);
  if (index === undefined) {
    const channels = [...state.channels.values()].reverse();
    index = new Map(channels.map((channel) => [key(channel.server_id ?? '', channel.name), channel]));
    indexes.set(state.channels, index);
  }
  return index.get(key(serverId, name));
}

function key(serverId: Id, name: string): string {
  return `${serverId} ${name.toLowerCase()}`;
}
