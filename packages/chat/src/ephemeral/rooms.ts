/**
 * Who is active in which room (devchitchat, PresenceService): said with op 3, told to those who are active there too
 * and see the channel, in batches. An invisible device is in no room, to others.
 */
import { type ChannelPresence, type Id, Intent, LIMITS, Permission } from '@snug/protocol';
import type { FanOut } from '../delivery/fan-out.ts';
import { Frame } from '../delivery/frames.ts';
import type { Reader } from '../delivery/reader.ts';
import { changesView } from '../features/channels/changes-view.ts';
import type { LogEvent } from '../log/envelope.ts';
import type { World } from '../world/world.ts';
import type { Presences } from './presence.ts';

interface Room {
  readonly readers: Set<Reader>;
  /** What they were last told. */
  told: string;
  /** Who came since and was told nothing yet. */
  readonly fresh: Set<Reader>;
}

const BATCH_MS = 200;

export class Rooms {
  readonly #world: World;
  readonly #fanOut: FanOut;
  readonly #presences: Presences;
  readonly #rooms = new Map<Id, Room>();
  readonly #roomOf = new Map<Reader, Id>();
  #changed = new Set<Id>();
  #timer: NodeJS.Timeout | null = null;

  constructor(world: World, fanOut: FanOut, presences: Presences) {
    this.#world = world;
    this.#fanOut = fanOut;
    this.#presences = presences;
    presences.onChange((devices) => this.#devicesChanged(devices));
  }

  /** Active here from now on, and nowhere else. Whether they see the channel was asked before. */
  enter(reader: Reader, channelId: Id): void {
    if (this.#roomOf.get(reader) === channelId) return;
    this.leave(reader);
    const room = this.#rooms.get(channelId) ?? { readers: new Set(), told: '', fresh: new Set() };
    this.#rooms.set(channelId, room);
    room.readers.add(reader);
    room.fresh.add(reader);
    this.#roomOf.set(reader, channelId);
    this.#touch(channelId);
  }

  leave(reader: Reader): void {
    const channelId = this.#roomOf.get(reader);
    if (channelId === undefined) return;
    this.#roomOf.delete(reader);
    const room = this.#rooms.get(channelId);
    room?.readers.delete(reader);
    room?.fresh.delete(reader);
    if (room?.readers.size === 0) this.#rooms.delete(channelId);
    else this.#touch(channelId);
  }

  /** After the fold of each event: whoever lost sight of a channel is active there no more. */
  heard(event: LogEvent): void {
    const touched = this.#rooms.size === 0 ? null : sightChanged(event);
    if (touched === null) return;
    for (const [reader, channelId] of this.#roomOf) {
      if (touched.userId !== null && touched.userId !== reader.userId) continue;
      if (!this.#sees(reader, channelId)) this.leave(reader);
    }
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #sees(reader: Reader, channelId: Id): boolean {
    const channel = this.#world.channel(channelId);
    return channel !== undefined && this.#world.can(reader.userId, channel, Permission.VIEW_CHANNEL);
  }

  #devicesChanged(devices: Iterable<Reader>): void {
    if (this.#rooms.size === 0) return;
    for (const reader of devices) {
      const channelId = this.#roomOf.get(reader);
      if (channelId !== undefined) this.#touch(channelId);
    }
  }

  #touch(channelId: Id): void {
    this.#changed.add(channelId);
    this.#timer ??= setTimeout(() => this.#tell(), BATCH_MS).unref();
  }

  #tell(): void {
    this.#timer = null;
    const changed = this.#changed;
    this.#changed = new Set();
    for (const channelId of changed) {
      const room = this.#rooms.get(channelId);
      if (room !== undefined) this.#tellRoom(channelId, room);
    }
    this.#fanOut.run();
  }

  #tellRoom(channelId: Id, room: Room): void {
    const shown = [...room.readers].filter((reader) => this.#presences.isShown(reader));
    const ids = [...new Set(shown.map((reader) => reader.userId))].sort();
    const user_ids = ids.slice(0, LIMITS.CHANNEL_PRESENCE_NAMES);
    const body: ChannelPresence = { channel_id: channelId, user_ids, count: ids.length };
    const json = JSON.stringify(body);
    const hearers = json === room.told ? room.fresh : room.readers;
    room.told = json;
    const frame = new Frame('CHANNEL_PRESENCE', null, Intent.PRESENCE, json);
    if (hearers.size > 0) this.#fanOut.toAll(frame, [[...hearers]]);
    room.fresh.clear();
  }
}

/** Whose sight of channels an event may have changed: one person's, or (null) anybody's. Null: nobody's. */
function sightChanged(event: LogEvent): { userId: Id | null } | null {
  switch (event.type) {
    case 'MEMBER_UPDATE':
      return event.body.role_ids === undefined ? null : { userId: event.body.user_id };
    case 'MEMBER_REMOVE':
    case 'RECIPIENT_REMOVE':
      return { userId: event.body.user_id };
    case 'CHANNEL_UPDATE':
      return changesView(event.body) ? { userId: null } : null;
    case 'SERVER_UPDATE':
      return event.body.owner_id === undefined ? null : { userId: null };
    case 'SERVER_DELETE':
    case 'ROLE_UPDATE':
    case 'ROLE_DELETE':
    case 'CATEGORY_UPDATE':
    case 'CATEGORY_DELETE':
    case 'CHANNEL_DELETE':
      return { userId: null };
    default:
      return null;
  }
}
