/**
 * After a commit: fold each event, work out who hears it, hand it to the fan-out (design section 2). Nobody else
 * announces anything.
 */
import { EVENTS, type Id } from '@snug/protocol';
import type { LogEvent } from '../log/envelope.ts';
import type { World } from '../world/world.ts';
import type { Audience } from './audience.ts';
import type { FanOut } from './fan-out.ts';
import { Frame } from './frames.ts';
import { watchView } from './view-change.ts';

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
    this.#place(event);
  }

  #announce(event: LogEvent): void {
    const { when, intent } = EVENTS[event.type];
    const before = when === 'after' ? [] : this.#audience.hearers(event);
    const finish = watchView(this.#world, this.#audience, event);
    this.#world.fold(event);
    this.#place(event);
    const after = when === 'before' ? [] : this.#audience.hearers(event);
    const lists = when === 'both' ? [...new Set([...before, ...after])] : [...before, ...after];
    const derived = finish?.() ?? null;
    const frame = new Frame(event.type, event.position, intent, event.json);
    if (derived === null || derived.size === 0) {
      this.#fanOut.toAll(frame, lists);
      return;
    }
    const hears = new Set(lists.flat());
    for (const [reader, frames] of derived) {
      const isTold = hears.has(reader) && !bringsItself(event, frames);
      this.#fanOut.toOne(reader, isTold ? [frame, ...frames] : frames);
    }
    this.#fanOut.toAll(frame, lists, new Set(derived.keys()));
  }

  /** After a fold: readers whose permission class is another now go there. */
  #place(event: LogEvent): void {
    const moved = movedBy(event);
    if (moved === null) return;
    const server = this.#world.servers.get(moved.serverId);
    if (server === undefined) return;
    if (moved.userId === null) this.#audience.placeAll(server);
    else this.#audience.placeUser(moved.userId, server);
  }
}

/** A change that shows a channel to somebody tells them of one they do not know yet: CHANNEL_CREATE says all of it. */
function bringsItself({ type }: LogEvent, frames: readonly Frame[]): boolean {
  return type === 'CHANNEL_UPDATE' && frames.some((frame) => frame.type === 'CHANNEL_CREATE');
}

/** Whose permission class an event may have changed: one member's, or anybody's in a server. */
function movedBy(event: LogEvent): { serverId: Id; userId: Id | null } | null {
  switch (event.type) {
    case 'SERVER_CREATE':
      return { serverId: event.body.id, userId: event.body.owner_id };
    case 'MEMBER_ADD':
    case 'MEMBER_REMOVE':
      return { serverId: event.body.server_id, userId: event.body.user_id };
    case 'MEMBER_UPDATE': {
      const { server_id, user_id, role_ids, timed_out_until } = event.body;
      const isMoved = role_ids !== undefined || timed_out_until !== undefined;
      return isMoved && server_id !== undefined ? { serverId: server_id, userId: user_id } : null;
    }
    case 'SERVER_UPDATE':
      return event.body.owner_id === undefined ? null : { serverId: event.body.id, userId: null };
    case 'ROLE_DELETE':
    case 'CATEGORY_DELETE':
      return { serverId: event.body.server_id, userId: null };
    case 'CATEGORY_UPDATE':
      return event.body.permission_overrides === undefined ? null : { serverId: event.body.server_id, userId: null };
    case 'CHANNEL_CREATE': {
      const { server_id, permission_overrides } = event.body;
      const isMoved = permission_overrides?.some((one) => one.target_type === 'member') === true;
      return isMoved && server_id !== undefined ? { serverId: server_id, userId: null } : null;
    }
    case 'CHANNEL_UPDATE': {
      const { server_id, permission_overrides } = event.body;
      const isMoved = permission_overrides !== undefined && server_id !== undefined;
      return isMoved ? { serverId: server_id, userId: null } : null;
    }
    default:
      return null;
  }
}
