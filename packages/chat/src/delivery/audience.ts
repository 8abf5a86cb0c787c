/**
 * Who hears an event: an index that the fold keeps, never a query (E26). Readers of a server are grouped by
 * permission class, so one decision per class says who hears an event, whatever the number of channels.
 */
import { EVENTS, type Id, Permission, type PermissionBits } from '@snug/protocol';
import { type LogEvent, scopeId } from '../log/envelope.ts';
import {
  type ClassStanding,
  classChannelBits,
  classKey,
  classServerBits,
  classStanding,
} from '../world/permissions.ts';
import type { ChannelState, ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Reader } from './reader.ts';

/** The readers of a server who may do the same: same roles, same timeout, and no override of their own. */
export class AudienceClass {
  readonly key: string;
  readonly #standing: ClassStanding;
  readonly #readers = new Set<Reader>();
  #list: readonly Reader[] | null = null;

  constructor(key: string, standing: ClassStanding) {
    this.key = key;
    this.#standing = standing;
  }

  add(reader: Reader): void {
    this.#readers.add(reader);
    this.#list = null;
  }

  delete(reader: Reader): void {
    if (this.#readers.delete(reader)) this.#list = null;
  }

  get size(): number {
    return this.#readers.size;
  }

  /** A list that stays as it is when the class changes: fan-out walks it over several turns (E27). */
  get readers(): readonly Reader[] {
    this.#list ??= [...this.#readers];
    return this.#list;
  }

  permissions(server: ServerState): PermissionBits {
    return classServerBits(server, this.key, this.#standing);
  }

  permissionsInChannel(server: ServerState, channel: ChannelState): PermissionBits {
    return classChannelBits(server, this.key, this.#standing, channel);
  }
}

export class Audience {
  readonly #world: World;
  readonly #byUser = new Map<Id, Set<Reader>>();

  constructor(world: World) {
    this.#world = world;
  }

  get size(): number {
    let size = 0;
    for (const readers of this.#byUser.values()) size += readers.size;
    return size;
  }

  get onlineUsers(): number {
    return this.#byUser.size;
  }

  *all(): Iterable<Reader> {
    for (const readers of this.#byUser.values()) yield* readers;
  }

  of(userId: Id): readonly Reader[] {
    const readers = this.#byUser.get(userId);
    return readers === undefined ? [] : [...readers];
  }

  add(reader: Reader): void {
    let readers = this.#byUser.get(reader.userId);
    if (readers === undefined) {
      readers = new Set();
      this.#byUser.set(reader.userId, readers);
    }
    readers.add(reader);
    for (const server of this.#world.users.get(reader.userId)?.servers ?? [])
      this.#classOf(server, reader.userId).add(reader);
  }

  delete(reader: Reader): void {
    const readers = this.#byUser.get(reader.userId);
    if (readers === undefined || !readers.delete(reader)) return;
    if (readers.size === 0) this.#byUser.delete(reader.userId);
    for (const server of this.#world.users.get(reader.userId)?.servers ?? []) this.#leaveClass(server, reader);
  }

  /** After a fold that changed where a user stands in a server. */
  placeUser(userId: Id, server: ServerState): void {
    const readers = this.of(userId);
    if (readers.length === 0) return;
    const stays = this.#world.isIn(userId, server);
    for (const reader of readers) {
      for (const group of server.classes.values()) group.delete(reader);
      if (stays) this.#classOf(server, userId).add(reader);
    }
    for (const [key, group] of server.classes) if (group.size === 0) server.classes.delete(key);
  }

  /** After a fold that moved many at once from one permission class to another. */
  placeAll(server: ServerState): void {
    const readers = [...server.classes.values()].flatMap((group) => group.readers);
    server.classes.clear();
    for (const reader of readers) {
      if (this.#world.isIn(reader.userId, server)) this.#classOf(server, reader.userId).add(reader);
    }
  }

  /** Those who hear this event, as the index stands now. Lists, because they are walked over several turns. */
  hearers(event: LogEvent): (readonly Reader[])[] {
    const { audience } = EVENTS[event.type];
    const id = scopeId(event.scope);
    switch (audience.to) {
      case 'none':
        return [];
      case 'subject':
        return [this.of(id)];
      case 'members':
        return this.#inServer(this.#world.servers.get(id), 0n);
      case 'managers':
        return this.#inServer(this.#world.servers.get(id), audience.bit);
      case 'viewers':
        return this.viewers(id);
    }
  }

  viewers(channelId: Id): (readonly Reader[])[] {
    const channel = this.#world.channels.get(channelId);
    if (channel === undefined) return [];
    if (channel.server !== null) return this.#whoSee(channel.server, channel);
    return channel.recipients.map((userId) => this.of(userId));
  }

  #inServer(server: ServerState | undefined, bit: PermissionBits): (readonly Reader[])[] {
    if (server === undefined) return [];
    const lists: (readonly Reader[])[] = [];
    for (const group of server.classes.values())
      if ((group.permissions(server) & bit) === bit) lists.push(group.readers);
    return lists;
  }

  #whoSee(server: ServerState, channel: ChannelState): (readonly Reader[])[] {
    const lists: (readonly Reader[])[] = [];
    for (const group of server.classes.values()) {
      if ((group.permissionsInChannel(server, channel) & Permission.VIEW_CHANNEL) !== 0n) lists.push(group.readers);
    }
    return lists;
  }

  #classOf(server: ServerState, userId: Id): AudienceClass {
    const key = classKey(userId, server) ?? '';
    let group = server.classes.get(key);
    if (group === undefined) {
      group = new AudienceClass(key, classStanding(userId, server));
      server.classes.set(key, group);
    }
    return group;
  }

  #leaveClass(server: ServerState, reader: Reader): void {
    for (const [key, group] of server.classes) {
      group.delete(reader);
      if (group.size === 0) server.classes.delete(key);
    }
  }
}
