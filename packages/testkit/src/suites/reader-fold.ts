/**
 * The least a client must do with what it hears: a snapshot, then events. Written against the protocol and without the
 * SDK, so that the two cannot be wrong in the same way. Whatever it hears of a place it cannot know is a fault.
 */
import type {
  Category,
  Channel,
  Member,
  Message,
  Ready,
  Recipient,
  Role,
  Server,
  ServerSnapshot,
  User,
} from '@snug/protocol';
import type { Entry, Follower } from '../listeners/journal.ts';

interface KnownServer {
  server: Server;
  roles: Map<string, Role>;
  categories: Map<string, Category>;
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

  /** Threads that slept when this reader came, and did something since: a client fetches those. */
  readonly woken = new Set<string>();
  /** Threads that went with their channel, each with its own word for it still to come. */
  readonly #gone = new Set<string>();
  readonly #parentOf: (channelId: string) => string | undefined;

  /** @param parentOf of a thread: what it hangs under. A thread that sleeps is in no snapshot, and yet heard of. */
  constructor(me: string, parentOf: (channelId: string) => string | undefined) {
    this.#me = me;
    this.#parentOf = parentOf;
  }

  ready({ user, servers, dms }: Ready, s: number): void {
    this.me = user;
    this.servers.clear();
    this.channels.clear();
    this.woken.clear();
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
    ROLE_UPDATE: ({ is_shifted: _why, ...d }) =>
      this.#server(d.server_id, 'ROLE_UPDATE', ({ roles }) => Object.assign(roles.get(d.id) as Role, d)),
    ROLE_DELETE: (d) => this.#server(d.server_id, 'ROLE_DELETE', ({ roles }) => roles.delete(d.id)),
    CATEGORY_CREATE: (d) =>
      this.#server(d.server_id, 'CATEGORY_CREATE', ({ categories }) => categories.set(d.id, d as unknown as Category)),
    CATEGORY_UPDATE: (d) =>
      this.#server(d.server_id, 'CATEGORY_UPDATE', ({ categories }) =>
        Object.assign(categories.get(d.id) as Category, d),
      ),
    CATEGORY_DELETE: (d) => this.#categoryDelete(d),
    MEMBER_ADD: (d) => this.#memberAdd(d as unknown as Member & { via: string }),
    MEMBER_REMOVE: (d) => this.#memberRemove(d),
    CHANNEL_CREATE: (d, s) => this.#addChannel(d as unknown as Channel, s),
    CHANNEL_UPDATE: (d) => this.#channel(d.id, 'CHANNEL_UPDATE', ({ channel }) => Object.assign(channel, d)),
    CHANNEL_DELETE: (d) => this.#channelDelete(d.id),
    RECIPIENT_ADD: (d) => this.#people(d.channel_id, d.user_id, d as unknown as Recipient),
    RECIPIENT_UPDATE: (d) => this.#people(d.channel_id, d.user_id, d as unknown as Partial<Recipient>),
    RECIPIENT_REMOVE: (d) => this.#people(d.channel_id, d.user_id, null),
    THREAD_MEMBER_ADD: (d) => this.#count(d.channel_id, 'member_count', 1),
    THREAD_MEMBER_REMOVE: (d) => this.#count(d.channel_id, 'member_count', -1),
    MESSAGE_PIN: (d) =>
      this.#channel(d.channel_id, 'MESSAGE_PIN', ({ channel }) => {
        channel.last_pin_at = (d as unknown as { pinned_at: string }).pinned_at;
      }),
    MESSAGE_CREATE: (d) => this.#messageCreate(d as unknown as Message),
    MESSAGE_UPDATE: (d) =>
      this.#channel(d.channel_id, 'MESSAGE_UPDATE', ({ messages }) => {
        const message = messages.get(d.id);
        if (message !== undefined) Object.assign(message, d);
      }),
    MESSAGE_DELETE: (d) => this.#deleted(d.channel_id, [d.id]),
    MESSAGE_DELETE_BULK: (d) => this.#deleted(d.channel_id, (d as unknown as { ids: string[] }).ids),
    USER_UPDATE: (d) => {
      this.me = d as unknown as User;
    },
  };

  #addServer(
    given: Server & Partial<Pick<ServerSnapshot, 'channels' | 'roles' | 'categories' | 'member'>>,
    s: number,
  ): void {
    const { channels = [], roles = [], categories = [], member, ...server } = given;
    this.servers.set(server.id, {
      server: server as Server,
      roles: new Map(roles.map((role) => [role.id, role])),
      categories: new Map(categories.map((category) => [category.id, category])),
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
    if (channel.parent_id !== undefined) this.woken.delete(channel.id);
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
      if (channel.message_count !== undefined) channel.message_count += 1;
    });
  }

  #deleted(channelId: string, ids: readonly string[]): void {
    this.#channel(channelId, 'MESSAGE_DELETE', ({ channel, messages }) => {
      for (const id of ids) messages.delete(id);
      if (channel.message_count !== undefined) channel.message_count -= ids.length;
    });
  }

  #categoryDelete({ id, server_id }: Body): void {
    this.#server(server_id, 'CATEGORY_DELETE', ({ categories }) => categories.delete(id));
    for (const { channel } of this.channels.values()) if (channel.category_id === id) channel.category_id = null;
  }

  #channelDelete(id: string): void {
    const wasKnown = this.channels.delete(id) || this.#gone.delete(id) || this.#isAsleep(id);
    if (!wasKnown) this.faults.push(`CHANNEL_DELETE of an unknown channel ${id}`);
    for (const [threadId, { channel }] of this.channels) {
      if (channel.parent_id !== id) continue;
      this.channels.delete(threadId);
      this.#gone.add(threadId);
    }
  }

  #count(channelId: string, what: 'member_count', change: number): void {
    this.#channel(channelId, what, ({ channel }) => {
      channel[what] = (channel[what] ?? 0) + change;
    });
  }

  /** Somebody of a group came, changed, or went. */
  #people(channelId: string, userId: string, change: Partial<Recipient> | null): void {
    // One's own coming stands before the group itself, one's own going after it.
    if (userId === this.#me && (change === null || !this.channels.has(channelId))) return;
    this.#channel(channelId, 'RECIPIENT', ({ channel }) => {
      const { recipients } = channel;
      // A DM's people are who they are.
      if (recipients === undefined) return;
      const { role, joined_at } = { ...recipients.find((one) => one.user_id === userId), ...given(change) };
      const others = recipients.filter((one) => one.user_id !== userId);
      const people = change === null ? others : [...others, { user_id: userId, role, joined_at } as Recipient];
      people.sort((a, b) => (a.user_id < b.user_id ? -1 : 1));
      const owner = people.find((one) => one.role === 'owner')?.user_id;
      Object.assign(channel, { recipients: people, recipient_ids: people.map((one) => one.user_id) });
      if (owner !== undefined) channel.owner_id = owner;
    });
  }

  #isAsleep(channelId: string): boolean {
    const isAsleep = this.channels.has(this.#parentOf(channelId) ?? '');
    if (isAsleep) this.woken.add(channelId);
    return isAsleep;
  }

  #server(id: string, what: string, change: (known: KnownServer) => void): void {
    const known = this.servers.get(id);
    if (known === undefined) this.faults.push(`${what} in an unknown server ${id}`);
    else change(known);
  }

  #channel(id: string, what: string, change: (known: KnownChannel) => void): void {
    const known = this.channels.get(id);
    if (known !== undefined) change(known);
    else if (!this.#isAsleep(id)) this.faults.push(`${what} in an unknown channel ${id}`);
  }

  /** What it knows of places, in the shape of a snapshot's; without threads that sleep, and those given. */
  places(without: ReadonlySet<string> = this.woken) {
    const byId = <T extends { id: string }>(list: T[]): T[] => list.sort((a, b) => (a.id < b.id ? -1 : 1));
    return {
      display_name: this.me?.display_name,
      servers: byId(
        [...this.servers.values()].map(({ server, roles, categories, isMember }) => ({
          ...server,
          // It names a channel one can see, or none.
          system_channel_id: this.channels.has(server.system_channel_id ?? '') ? server.system_channel_id : null,
          isMember,
          roles: byId([...roles.values()]),
          categories: byId([...categories.values()]),
        })),
      ),
      channels: byId(
        [...this.channels.values()]
          .map(({ channel }) => channel)
          .filter(({ id, parent_id, is_archived }) => !without.has(id) && (parent_id === undefined || !is_archived)),
      ),
    };
  }
}

/** Without what is left out. */
function given<T extends object>(change: T | null): Partial<T> {
  return Object.fromEntries(Object.entries(change ?? {}).filter(([, value]) => value !== undefined)) as Partial<T>;
}
