/** The world in memory: maps, the fold, and the questions everybody asks of it. */
import { type Id, Permission, type PermissionBits, type Server } from '@snug/protocol';
import { type LogEvent, type Scope, scopeId } from '../log/envelope.ts';
import { folds } from './folds.ts';
import { isShown } from './is-shown.ts';
import { channelPermissions } from './permissions.ts';
import type { ChannelState, ServerState, UserState } from './state.ts';

export class World {
  readonly users = new Map<Id, UserState>();
  readonly servers = new Map<Id, ServerState>();
  readonly channels = new Map<Id, ChannelState>();
  /** Folded username to user, for mentions and profiles. */
  readonly usernames = new Map<string, Id>();
  /** Groups that anybody may join. */
  readonly discoverable = new Set<ChannelState>();
  /** The threads that somebody follows, archived and deleted ones too. */
  readonly followed = new Map<Id, Set<ChannelState>>();
  /** When a custom status empties itself, in ms since 1970, by user. */
  readonly statusExpiries = new Map<Id, number>();
  /** The last position of each scope: what catch-up need not look at (E7). */
  readonly scopeTails = new Map<Scope, number>();
  /** Position of the last event folded. */
  tail = 0;

  fold(event: LogEvent): void {
    (folds[event.type] as ((world: World, event: LogEvent) => void) | undefined)?.(this, event);
    this.scopeTails.set(event.scope, event.position);
    if (event.scope.startsWith('channel:')) this.#stirred(scopeId(event.scope), event.position);
    this.tail = event.position;
  }

  /** What is hidden lies in the order of its last events. */
  #stirred(channelId: Id, position: number): void {
    const state = this.channels.get(channelId);
    if (state?.server?.hidden.has(state) === true) state.server.hidden.put(state, position);
  }

  /** A server that is there; deleted ones are not. */
  server(id: Id): ServerState | undefined {
    const server = this.servers.get(id);
    return server?.deletedAt === null ? server : undefined;
  }

  /** A channel that is there; deleted ones, and those of deleted servers or under deleted channels, are not. */
  channel(id: Id): ChannelState | undefined {
    const channel = this.channels.get(id);
    if (channel === undefined || channel.deletedAt !== null) return undefined;
    if (channel.parent !== null && channel.parent.deletedAt !== null) return undefined;
    return channel.server === null || channel.server.deletedAt === null ? channel : undefined;
  }

  /** Whether the user stands in the server at all: a member, or its owner. */
  isIn(userId: Id, server: ServerState): boolean {
    return server.ownerId === userId || server.members.has(userId);
  }

  can(userId: Id, channel: ChannelState, wanted: PermissionBits): boolean {
    return (
      (channelPermissions(userId, channel) & (wanted | Permission.VIEW_CHANNEL)) === (wanted | Permission.VIEW_CHANNEL)
    );
  }

  /** Channels of a server that the user sees, and its threads that are not archived. */
  visibleChannels(userId: Id, server: ServerState): ChannelState[] {
    if (server.deletedAt !== null || !this.isIn(userId, server)) return [];
    const seen: ChannelState[] = [];
    for (const channel of server.shown) {
      if (isShown(channel) && this.can(userId, channel, Permission.VIEW_CHANNEL)) seen.push(channel);
    }
    return seen;
  }

  /** Every scope with events after a position that the user may hear today, tombstones included (E4). */
  scopesOf(userId: Id, after = 0): Scope[] {
    const user = this.users.get(userId);
    const scopes: Scope[] = [`user:${userId}`];
    for (const server of user?.servers ?? []) {
      scopes.push(`server:${server.id}`);
      for (const channels of [server.shown, server.hidden.since(after)]) {
        for (const state of channels) {
          if (this.can(userId, state, Permission.VIEW_CHANNEL)) scopes.push(`channel:${state.channel.id}`);
        }
      }
    }
    for (const dm of user?.dms ?? []) scopes.push(`channel:${dm.channel.id}`);
    return scopes.filter((scope) => (this.scopeTails.get(scope) ?? 0) > after);
  }

  /** The oldest cursor from which a catch-up is exact for this reader (E4). */
  visibleSince(userId: Id): number {
    const user = this.users.get(userId);
    if (user === undefined) return 0;
    let since = user.visibleSince;
    for (const server of user.servers) if (server.visibleSince > since) since = server.visibleSince;
    return since;
  }

  /** Whether two people may know of each other: a shared server or a DM. */
  sharesPlace(a: Id, b: Id): boolean {
    if (a === b) return true;
    const user = this.users.get(a);
    if (user === undefined) return false;
    for (const server of user.servers) if (server.deletedAt === null && this.isIn(b, server)) return true;
    for (const dm of user.dms) if (dm.recipients.includes(b)) return true;
    return false;
  }
}

/** A server as one of its members is told of it: a system channel out of their sight is none (PERM4). */
export function serverFor(world: World, userId: Id, server: ServerState): Server {
  const entity = serverEntity(server);
  const said = world.channels.get(server.systemChannelId ?? '');
  return said === undefined || world.can(userId, said, Permission.VIEW_CHANNEL)
    ? entity
    : { ...entity, system_channel_id: null };
}

export function serverEntity(server: ServerState): Server {
  return {
    id: server.id,
    name: server.name,
    description: server.description,
    icon_url: server.iconUrl,
    owner_id: server.ownerId,
    is_public: server.isPublic,
    invite_code: '',
    member_count: server.members.size,
    system_channel_id: server.systemChannelId,
    created_at: new Date(server.createdAt).toISOString(),
    updated_at: new Date(server.updatedAt).toISOString(),
  };
}
