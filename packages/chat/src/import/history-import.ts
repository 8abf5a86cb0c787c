/**
 * Brings history from elsewhere into the log, quietly (E24): projected, never dispatched, never unread. Every line has
 * a nonce made from its source, so a second run adds nothing, and an interrupted one goes on where it stopped.
 */
import { hash, randomFillSync } from 'node:crypto';
import {
  type Channel,
  type Id,
  ImportIds,
  LIMITS,
  type MessageType,
  newMessage,
  type Server,
  type User,
} from '@snug/protocol';
import type { Chat } from '../app.ts';
import type { Actor } from '../commands/handler.ts';
import { channelScope, type NewEvent, userScope } from '../log/envelope.ts';

export interface ImportedMessage {
  readonly channel_id: Id;
  readonly author_id: Id;
  /** The line it comes from, unique in its source: `irc:2004-11-15_03.raw.txt:17`. At most 57 characters. */
  readonly source: string;
  /** ms since 1970; calls of one import come in time order. */
  readonly at: number;
  readonly type: Extract<MessageType, 'default' | 'reply' | 'system_join' | 'system_leave'>;
  readonly content: string;
  readonly reply_to_id?: Id;
}

export interface Imported {
  readonly id: Id;
  /** False if an earlier run had brought it already. */
  readonly isNew: boolean;
}

export class HistoryImport {
  readonly #chat: Chat;
  readonly #owner: Actor;
  readonly #ids = new ImportIds((buffer) => randomFillSync(buffer));
  readonly #now: () => number;
  readonly #authors = new Map<string, Promise<Imported>>();
  /** Newest message this import brought, by channel. */
  readonly #touched = new Map<Id, { id: Id; at: number }>();

  constructor(chat: Chat, owner: Actor, now: () => number = Date.now) {
    this.#chat = chat;
    this.#owner = owner;
    this.#now = now;
  }

  /** The owner's server of this name; made if it is not there. */
  async server(name: string): Promise<Id> {
    await this.#chat.dispatcher.ensureUser(this.#owner);
    for (const server of this.#chat.world.users.get(this.#owner.userId)?.servers ?? []) {
      if (server.ownerId === this.#owner.userId && server.name === name && server.deletedAt === null) return server.id;
    }
    return (await this.#perform<Server>('server.create', { name })).id;
  }

  /** The channel of this name; made if it is not there. */
  async channel(serverId: Id, name: string): Promise<Id> {
    for (const state of this.#chat.world.servers.get(serverId)?.channels.values() ?? []) {
      if (state.channel.name === name && state.deletedAt === null) return state.channel.id;
    }
    return (await this.#perform<Channel>('channel.create', { server_id: serverId, name })).id;
  }

  /** The author of this name in this place: a display name and an origin, no username; claimable later. */
  author(serverId: Id, origin: string, name: string): Promise<Imported> {
    const key = `${serverId}:${origin}:${name}`;
    let author = this.#authors.get(key);
    if (author === undefined) {
      author = this.#createAuthor(serverId, origin, name);
      this.#authors.set(key, author);
    }
    return author;
  }

  async message(line: ImportedMessage): Promise<Imported> {
    const id = this.#ids.at(line.at);
    const message = newMessage({
      id,
      channel_id: line.channel_id,
      author_id: line.author_id,
      content: line.content,
      type: line.type,
      origin: 'import',
      created_at: new Date(line.at).toISOString(),
      ...(line.reply_to_id === undefined ? {} : { reply_to_id: line.reply_to_id }),
    });
    const event: NewEvent = {
      type: 'MESSAGE_CREATE',
      scope: channelScope(line.channel_id),
      subject: id,
      body: message,
    };
    const imported = await this.#append(line.author_id, `import:${line.source}`, event);
    const newest = this.#touched.get(line.channel_id);
    if (imported.isNew && (newest === undefined || imported.id > newest.id))
      this.#touched.set(line.channel_id, { id: imported.id, at: line.at });
    return imported;
  }

  /** Ends the import: one HISTORY_CHANGED for each channel that got something. Answers how many channels that were. */
  async finish(): Promise<number> {
    for (const [channelId, { id, at }] of this.#touched) {
      const last = this.#chat.world.channel(channelId)?.channel.last_message_id ?? null;
      const newest =
        last === null || id > last ? { last_message_id: id, last_message_at: new Date(at).toISOString() } : {};
      await this.#chat.log.append({
        actor: this.#owner.userId,
        at: this.#now(),
        trace: this.#owner.trace,
        origin: 'import',
        events: [
          {
            type: 'HISTORY_CHANGED',
            scope: channelScope(channelId),
            subject: channelId,
            body: { channel_id: channelId, ...newest },
          },
        ],
        guards: [],
      });
    }
    const channels = this.#touched.size;
    this.#touched.clear();
    return channels;
  }

  #createAuthor(serverId: Id, origin: string, name: string): Promise<Imported> {
    const id = this.#chat.ids.next();
    const user: User = {
      id,
      username: '',
      discriminator: '0',
      display_name: name,
      avatar_url: '',
      bio: '',
      status: 'offline',
      custom_status: '',
      is_bot: false,
      origin,
      created_at: new Date(this.#now()).toISOString(),
    };
    const event: NewEvent = { type: 'USER_CREATE', scope: userScope(id), subject: id, body: user };
    return this.#append(serverId, authorNonce(origin, name), event);
  }

  /** The subject of the event with this nonce: the new one's, or the one an earlier run appended. */
  async #append(actor: Id, nonce: string, event: NewEvent): Promise<Imported> {
    const { log } = this.#chat;
    const result = await log.append({
      actor,
      at: this.#now(),
      trace: this.#owner.trace,
      origin: 'import',
      nonce,
      events: [event],
      guards: [],
    });
    if (result.kind === 'committed') return { id: event.subject, isNew: true };
    if (result.kind !== 'duplicate') throw new Error(`an import line was ${result.kind}`);
    const [stored] = await log.events([result.position]);
    return { id: (stored as { subject: Id }).subject, isNew: false };
  }

  async #perform<T>(command: string, params: Record<string, unknown>): Promise<T> {
    const { json } = await this.#chat.dispatch(command, params, this.#owner);
    return JSON.parse(json as string) as T;
  }
}

/** A nonce has at most 64 characters; two long names that begin alike are still two people. */
function authorNonce(origin: string, name: string): string {
  const nonce = `import:${origin}:${name}`;
  return nonce.length <= LIMITS.NONCE_MAX ? nonce : `import:${hash('sha256', nonce, 'base64url')}`;
}
