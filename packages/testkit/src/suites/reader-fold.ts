/**
 * The least a client must do with what it hears: a snapshot, then events. Written against the protocol and without the
 * SDK, so that the two cannot be wrong in the same way. Whatever it hears of a place it cannot know is a fault.
 */
import type { Channel, Member, Message, Ready, Role, Server, ServerSnapshot, User } from '@snug/protocol';
import type { Entry, Follower } from '../listeners/journal.ts';

interface KnownServer {
  server: Server;
  roles: Map<string, Role>;
  isMember: boolean;
}

interface KnownChannel {
  channel: Channel;
  /** Messages above this position were heard, if anything was said. */
  since: number;
  messages: Map<string, Message>;
}

type Body = Record<string, never> & { id: string; server_id: string; channel_id: string; user_id: string };

export class ReaderFold implements Follower {
  readonly #me: string;
  readonly servers = new Map<string, KnownServer>();
  readonly channels = new Map<string, KnownChannel>();
  me: User | null = null;
  readonly #arriving = new Set<KnownChannel>();
  /** What should not have been heard. */
  readonly faults: string[] = [];

  constructor(me: string) {
    this.#me = me;
  }

  ready({ user, servers, dms }: Ready, s: number): void {
    this.me = user;
    this.servers.clear();
    this.channels.clear();
    this.#arriving.clear();
    for (const server of servers) this.#addServer(server, s);
    for (const channel of dms) this.#addChannel(channel, s);
    this.#arriving.clear();
  }

  event({ type, s, before, d }: Entry): void {
    if (s === null) return;
    this.#folds[type]?.(d as Body, s);
    // What the heads of a group brought holds from the position that the last of it arrives at.
    if (s === before) return;
    for (const known of this.#arriving) known.since = s;
    this.#arriving.clear();
  }

  readonly #folds: Readonly<Record<string, (d: Body, s: number) => void>> = {
    SERVER_CREATE: (d, s) => this.#addServer(d as unknown as ServerSnapshot, s),
    SERVER_UPDATE: (d) => this.#server(d.id, 'SERVER_UPDATE', (known) => Object.assign(known.server, d)),
    SERVER_DELETE: (d) => this.#removeServer(d.id),
    ROLE_CREATE: (d) => this.#server(d.server_id, 'ROLE_CREATE', ({ roles }) => roles.set(d.id, d as unknown as Role)),
    ROLE_UPDATE: (d) =>
      this.#server(d.server_id, 'ROLE_UPDATE', ({ roles }) => Object.assign(roles.get(d.id) as Role, d)),
    MEMBER_ADD: (d) => this.#memberAdd(d as unknown as Member & { via: string }),
    MEMBER_REMOVE: (d) => this.#memberRemove(d),
    CHANNEL_CREATE: (d, s) => this.#addChannel(d as unknown as Channel, s),
    CHANNEL_UPDATE: (d) => this.#channel(d.id, 'CHANNEL_UPDATE', ({ channel }) => Object.assign(channel, d)),
    CHANNEL_DELETE: (d) => {
      if (!this.channels.delete(d.id)) this.faults.push(`CHANNEL_DELETE of an unknown channel ${d.id}`);
    },
    MESSAGE_CREATE: (d) => this.#messageCreate(d as unknown as Message),
    MESSAGE_UPDATE: (d) =>
      this.#channel(d.channel_id, 'MESSAGE_UPDATE', ({ messages }) => {
        const message = messages.get(d.id);
        if (message !== undefined) Object.assign(message, d);
      }),
    MESSAGE_DELETE: (d) => this.#channel(d.channel_id, 'MESSAGE_DELETE', ({ messages }) => messages.delete(d.id)),
    USER_UPDATE: (d) => {
      this.me = d as unknown as User;
    },
  };

  #addServer(given: Server & Partial<Pick<ServerSnapshot, 'channels' | 'roles' | 'member'>>, s: number): void {
    const { channels = [], roles = [], member, ...server } = given;
    this.servers.set(server.id, {
      server: server as Server,
      roles: new Map(roles.map((role) => [role.id, role])),
      isMember: member !== undefined && member !== null,
    });
    for (const channel of channels) this.#addChannel(channel, s);
  }

  #removeServer(id: string): void {
    if (!this.servers.delete(id)) this.faults.push(`SERVER_DELETE of an unknown server ${id}`);
    for (const [channelId, { channel }] of this.channels) if (channel.server_id === id) this.channels.delete(channelId);
  }

  #addChannel(channel: Channel, s: number): void {
    if (channel.server_id !== undefined && !this.servers.has(channel.server_id))
      this.faults.push(`a channel of an unknown server ${channel.server_id}`);
    const known = this.channels.get(channel.id);
    const next = { channel: { ...channel }, since: known?.since ?? s, messages: known?.messages ?? new Map() };
    this.channels.set(channel.id, next);
    this.#arriving.add(next);
  }

  #memberAdd({ server_id, user_id, via }: Member & { via: string }): void {
    const known = this.servers.get(server_id);
    // The head of one's own joining comes before the server it is about.
    if (known === undefined && user_id === this.#me) return;
    if (known === undefined) return void this.faults.push(`MEMBER_ADD in an unknown server ${server_id}`);
    if (via !== 'founding') known.server.member_count += 1;
    if (user_id === this.#me) known.isMember = true;
  }

  #memberRemove({ server_id, user_id }: Body): void {
    this.#server(server_id, 'MEMBER_REMOVE', (known) => {
      known.server.member_count -= 1;
      if (user_id === this.#me) known.isMember = false;
    });
  }

  #messageCreate(message: Message): void {
    this.#channel(message.channel_id, 'MESSAGE_CREATE', ({ channel, messages }) => {
      if (messages.has(message.id)) this.faults.push(`MESSAGE_CREATE twice: ${message.id}`);
      messages.set(message.id, { ...message });
      channel.last_message_id = message.id;
      channel.last_message_at = message.created_at;
    });
  }

  #server(id: string, what: string, change: (known: KnownServer) => void): void {
    const known = this.servers.get(id);
    if (known === undefined) this.faults.push(`${what} in an unknown server ${id}`);
    else change(known);
  }

  #channel(id: string, what: string, change: (known: KnownChannel) => void): void {
    const known = this.channels.get(id);
    if (known === undefined) this.faults.push(`${what} in an unknown channel ${id}`);
    else change(known);
  }

  /** What it knows of places, in the shape of a snapshot's. */
  places() {
    const byId = <T extends { id: string }>(list: T[]): T[] => list.sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      display_name: this.me?.display_name,
      servers: byId(
        [...this.servers.values()].map(({ server, roles, isMember }) => ({
          ...server,
          isMember,
          roles: byId([...roles.values()]),
        })),
      ),
      channels: byId([...this.channels.values()].map(({ channel }) => channel)),
    };
  }
}
