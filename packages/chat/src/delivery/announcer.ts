/**
 * After a commit: fold each event, work out who hears it, hand it to the fan-out (design section 2). Nobody else
 * announces anything.
 */
import { EVENTS, Permission } from '@snug/protocol';
import type { LogEvent } from '../log/envelope.ts';
import type { ChannelState, ServerState } from '../world/state.ts';
import type { World } from '../world/world.ts';
import type { Audience, AudienceClass } from './audience.ts';
import type { FanOut } from './fan-out.ts';
import { Frame } from './frames.ts';
import type { Reader } from './reader.ts';
import { channelFrame, serverSnapshotFrame } from './snapshot.ts';

/** Readers with frames of their own for one event, beside or instead of the event itself. */
type Derived = Map<Reader, Frame[]>;

export class Announcer {
  readonly #world: World;
  readonly #audience: Audience;
  readonly #fanOut: FanOut;
  readonly #listeners: ((event: LogEvent) => void)[] = [];

  constructor(world: World, audience: Audience, fanOut: FanOut) {
    this.#world = world;
    this.#audience = audience;
    this.#fanOut = fanOut;
  }

  /** Told of every event after its fold, in the same turn: id clock, presence, jobs. */
  onEvent(listener: (event: LogEvent) => void): void {
    this.#listeners.push(listener);
  }

  announce(events: readonly LogEvent[]): void {
    for (const event of events) {
      if (event.origin === 'import' && event.type !== 'HISTORY_CHANGED') this.#foldQuietly(event);
      else this.#announce(event);
      for (const listener of this.#listeners) listener(event);
    }
    this.#fanOut.run();
  }

  /** Imports are projected and folded, never dispatched (E24). */
  #foldQuietly(event: LogEvent): void {
    this.#world.fold(event);
    if (event.type === 'MEMBER_ADD') this.#place(event.body.server_id, event.body.user_id);
  }

  #announce(event: LogEvent): void {
    const { when, intent } = EVENTS[event.type];
    const before = when === 'after' ? [] : this.#audience.hearers(event);
    const finish = this.#watchView(event);
    this.#world.fold(event);
    this.#placeMember(event);
    const after = when === 'before' ? [] : this.#audience.hearers(event);
    const lists = when === 'both' ? [...new Set([...before, ...after])] : [...before, ...after];
    const derived = finish?.() ?? null;
    const frame = new Frame(event.type, event.position, intent, event.json);
    if (derived === null || derived.size === 0) {
      this.#fanOut.toAll(frame, lists);
      return;
    }
    const hears = new Set(lists.flat());
    for (const [reader, frames] of derived) this.#fanOut.toOne(reader, hears.has(reader) ? [frame, ...frames] : frames);
    this.#fanOut.toAll(frame, lists, new Set(derived.keys()));
  }

  #placeMember(event: LogEvent): void {
    if (event.type === 'MEMBER_ADD' || event.type === 'MEMBER_REMOVE')
      this.#place(event.body.server_id, event.body.user_id);
    if (event.type === 'SERVER_CREATE') this.#place(event.body.id, event.body.owner_id);
  }

  #place(serverId: string, userId: string): void {
    const server = this.#world.servers.get(serverId);
    if (server !== undefined) this.#audience.placeUser(userId, server);
  }

  /**
   * For an event that changes who sees an existing channel: looks at the view now, and gives a function that looks
   * again after the fold and says which readers gained or lost what.
   */
  #watchView(event: LogEvent): (() => Derived) | null {
    switch (event.type) {
      case 'MEMBER_ADD':
        return event.body.via === 'invite'
          ? () => this.#joined(event.body.server_id, event.body.user_id, event.position)
          : null;
      case 'MEMBER_REMOVE':
        return this.#watchLeaving(event.body.server_id, event.body.user_id, event.position);
      case 'ROLE_UPDATE':
        return event.body.permissions === undefined ? null : this.#watchClasses(event.body.server_id, event.position);
      default:
        return null;
    }
  }

  #joined(serverId: string, userId: string, position: number): Derived {
    const server = this.#world.server(serverId);
    const derived: Derived = new Map();
    if (server === undefined) return derived;
    const visible = this.#world.visibleChannels(userId, server);
    const frames = [
      serverSnapshotFrame(this.#world, server, userId, position),
      ...visible.map((channel) => channelFrame('CHANNEL_CREATE', channel, position)),
    ];
    for (const reader of this.#audience.of(userId)) derived.set(reader, frames);
    return derived;
  }

  #watchLeaving(serverId: string, userId: string, position: number): (() => Derived) | null {
    const server = this.#world.server(serverId);
    if (server === undefined) return null;
    const frames = this.#world
      .visibleChannels(userId, server)
      .map((channel) => channelFrame('CHANNEL_DELETE', channel, position));
    const json = JSON.stringify({ id: serverId, deleted_at: null });
    frames.push(new Frame('SERVER_DELETE', position, EVENTS.SERVER_DELETE.intent, json));
    return () => new Map(this.#audience.of(userId).map((reader) => [reader, frames]));
  }

  #watchClasses(serverId: string, position: number): (() => Derived) | null {
    const server = this.#world.server(serverId);
    if (server === undefined) return null;
    const before = views(server);
    return () => {
      const derived: Derived = new Map();
      for (const [group, seen] of views(server)) {
        const frames = difference(before.get(group) ?? new Set(), seen, position);
        if (frames.length > 0) for (const reader of group.readers) derived.set(reader, frames);
      }
      return derived;
    };
  }
}

/** What each class of a server sees. */
function views(server: ServerState): Map<AudienceClass, Set<ChannelState>> {
  const living = [...server.channels.values()].filter((channel) => channel.deletedAt === null);
  return new Map(
    [...server.classes.values()].map((group) => {
      const seesAll = (group.permissions(server) & Permission.VIEW_CHANNEL) !== 0n;
      return [group, new Set(seesAll ? living : [])];
    }),
  );
}

function difference(before: Set<ChannelState>, after: Set<ChannelState>, position: number): Frame[] {
  return [
    ...[...before.difference(after)].map((channel) => channelFrame('CHANNEL_DELETE', channel, position)),
    ...[...after.difference(before)].map((channel) => channelFrame('CHANNEL_CREATE', channel, position)),
  ];
}
