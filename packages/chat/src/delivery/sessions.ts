/**
 * What every transport does to bring somebody into delivery: the snapshot, the catch-up, the bookkeeping around both,
 * and the end when a token ends or auth says so (E32).
 */
import { CloseCode, type FeedEntry, type Id, type PresencePatch } from '@snug/protocol';
import type { z } from 'zod';
import type { Actor } from '../commands/handler.ts';
import type { Device } from '../ephemeral/presence.ts';
import { arrivePresent } from '../ephemeral/set-presence.ts';
import type { Services } from '../services.ts';
import { type CatchUpSource, catchUp, type Room } from './catch-up.ts';
import { Reader, type ResetReason, type Sink } from './reader.ts';
import { ReplayCache } from './replay-cache.ts';
import { readySnapshot, type Snapshot } from './snapshot.ts';

const SWEEP_MS = 5000;
const SLOW_WINDOW_MS = 60_000;
const SLOW_LIMIT = 3;

export interface Arrival {
  readonly intents: number;
  readonly device: Device;
  readonly presence?: z.infer<typeof PresencePatch> | undefined;
}

export class Sessions {
  readonly #services: Services;
  readonly #replays: ReplayCache;
  readonly #source: CatchUpSource;
  /** On their way in: not in the audience yet, and already to be ended with their session. */
  readonly #arriving = new Set<Reader>();
  /** Present, and hearing nothing: between two polls. */
  readonly #paused = new Set<Reader>();
  /** When each auth session was cut off for reading too slowly, within the last minute (E28). */
  readonly #slow = new Map<Id, number[]>();
  /** Who began or ceased to administer since the start of this process, and the auth sessions that were told since. */
  readonly #adminChanges = new Map<Id, Set<Id>>();
  readonly #sweeper: NodeJS.Timeout;
  readonly stats = { ready: 0, resumed: 0, resets: 0, slow: 0 };

  constructor(services: Services) {
    this.#services = services;
    const { log, world, audience, settings } = services;
    this.#replays = new ReplayCache(log);
    this.#source = { log, replays: this.#replays, world, audience, resumeLimit: settings.resume_limit };
    this.#sweeper = setInterval(() => this.#sweep(), SWEEP_MS).unref();
  }

  /** A fresh start: the snapshot, then everything after it. `begin` writes the snapshot before anything live. */
  async start(
    actor: Actor,
    sink: Sink,
    arrival: Arrival,
    sessionId: string,
    begin: (snapshot: Snapshot) => void,
    room: Room,
  ): Promise<Reader> {
    const { audience, world, log, presences, now, auth } = this.#services;
    const reader = this.#reader(actor, sink, arrival);
    const isAdmin = auth.isAdmin(actor.userId);
    const began = now();
    this.#arriving.add(reader);
    reader.hold();
    audience.add(reader);
    this.#arrive(reader, arrival);
    try {
      const source = { world, reader: log, presences, now };
      const snapshot = await readySnapshot(source, actor.userId, sessionId, isAdmin);
      reader.cursor = snapshot.position;
      begin(snapshot);
      this.#adminChanges.get(actor.userId)?.add(actor.claims.sid);
      this.stats.ready += 1;
      if (!reader.goLive(snapshot.position)) await this.#catchUpAgain(reader, room);
      if (!reader.isClosed) presences.begin(reader, began);
      // What changed while the snapshot was read, it does not say.
      if (auth.isAdmin(actor.userId) !== isAdmin) this.#startAgain(reader);
      return reader;
    } catch (error) {
      this.end(reader);
      throw error;
    } finally {
      this.#arriving.delete(reader);
    }
  }

  /** From a cursor: the reader is live, or the reason why it needs a snapshot. */
  async resume(actor: Actor, sink: Sink, arrival: Arrival, cursor: number, room: Room): Promise<Reader | ResetReason> {
    if (this.#isTooSlow(actor.claims.sid)) return this.#reset('READER_TOO_SLOW');
    if (!this.#knowsOfAdmin(actor)) return this.#reset('ADMIN_CHANGED');
    const reader = this.#reader(actor, sink, arrival);
    this.#arriving.add(reader);
    const reason = await catchUp(this.#source, reader, cursor, room).finally(() => this.#arriving.delete(reader));
    if (reason !== null) return this.#reset(reason);
    if (reader.isClosed) return reader;
    this.#services.deliveries.confirmed(reader, cursor);
    if (!this.#knowsOfAdmin(actor)) {
      this.end(reader);
      return this.#reset('ADMIN_CHANGED');
    }
    this.#arrive(reader, arrival);
    this.#services.presences.goOn(reader);
    this.stats.resumed += 1;
    return reader;
  }

  end(reader: Reader): void {
    reader.isClosed = true;
    this.#paused.delete(reader);
    this.#services.audience.delete(reader);
    this.#services.rooms.leave(reader);
    this.#services.presences.leave(reader);
    this.#services.deliveries.left(reader);
  }

  /** No more events for now; presence goes on until `end`. */
  pause(reader: Reader): void {
    reader.isClosed = true;
    this.#paused.add(reader);
    this.#services.audience.delete(reader);
    this.#services.presences.away(reader);
  }

  /** A reader that could not keep up was cut off; it may come back and catch up. */
  wasSlow(authSessionId: Id): void {
    this.stats.slow += 1;
    const now = this.#services.now();
    const times = (this.#slow.get(authSessionId) ?? []).filter((at) => at > now - SLOW_WINDOW_MS);
    this.#slow.set(authSessionId, [...times, now]);
  }

  /** A client says how far it got; further than it was sent counts as that far. */
  confirm(reader: Reader, position: number): void {
    this.#services.deliveries.confirmed(reader, Math.min(position, reader.cursor));
  }

  /** The cursor of a live reader moves without events (E7), once everything before the tail was handed to it. */
  advance(reader: Reader): number {
    const { world, fanOut } = this.#services;
    if (reader.isLive && fanOut.waiting === 0 && world.tail > reader.cursor) reader.cursor = world.tail;
    return reader.cursor;
  }

  /** Something was erased: what was read of the log before is not to be sent any more (E25). */
  forget(): void {
    this.#replays.clear();
  }

  /** What auth's feed means for live connections: they end at once (E32). */
  heard(entry: FeedEntry): void {
    if (entry.kind === 'admin_changed') {
      this.#adminChanges.set(entry.user_id, new Set());
      const live = [...this.#services.audience.of(entry.user_id)].filter((reader) => !this.#arriving.has(reader));
      for (const reader of live) this.#startAgain(reader);
      return;
    }
    for (const reader of this.#paused) if (isEnded(reader, entry)) this.end(reader);
    const arriving = [...this.#arriving].filter((reader) => reader.userId === entry.user_id);
    for (const reader of new Set([...this.#services.audience.of(entry.user_id), ...arriving])) {
      if (entry.kind === 'session_revoked' && reader.authSessionId === entry.session_id) {
        reader.sink.close(CloseCode.SESSION_REVOKED, 'SESSION_REVOKED');
      } else if (entry.kind === 'account_suspended' || entry.kind === 'account_deleted') {
        reader.sink.close(CloseCode.ACCOUNT_CLOSED, 'ACCOUNT_SUSPENDED');
      }
    }
  }

  close(): void {
    clearInterval(this.#sweeper);
  }

  #reader({ userId, claims }: Actor, sink: Sink, { intents }: Arrival): Reader {
    return new Reader(userId, claims.sid, sink, intents, claims.exp * 1000);
  }

  #arrive(reader: Reader, { device, presence }: Arrival): void {
    if (reader.isClosed) return;
    arrivePresent(this.#services, reader, device, presence);
  }

  async #catchUpAgain(reader: Reader, room: Room): Promise<void> {
    const reason = await catchUp(this.#source, reader, reader.cursor, room);
    if (reason === null) return;
    this.end(reader);
    reader.sink.reset(this.#reset(reason));
  }

  /** No event says who administers, so a cursor is no good across a change of that: only a snapshot tells. */
  #knowsOfAdmin({ userId, claims }: Actor): boolean {
    return this.#adminChanges.get(userId)?.has(claims.sid) ?? true;
  }

  /** A fresh snapshot says what the client may do from here on. */
  #startAgain(reader: Reader): void {
    if (reader.isClosed) return;
    this.end(reader);
    reader.sink.reset(this.#reset('ADMIN_CHANGED'));
  }

  #reset(reason: ResetReason): ResetReason {
    this.stats.resets += 1;
    return reason;
  }

  #isTooSlow(authSessionId: Id): boolean {
    const since = this.#services.now() - SLOW_WINDOW_MS;
    const times = (this.#slow.get(authSessionId) ?? []).filter((at) => at > since);
    if (times.length === 0) this.#slow.delete(authSessionId);
    return times.length >= SLOW_LIMIT;
  }

  #sweep(): void {
    const now = this.#services.now();
    for (const reader of this.#services.audience.all()) {
      if (reader.expiresAt <= now) reader.sink.close(CloseCode.TOKEN_EXPIRED, 'TOKEN_EXPIRED');
    }
    for (const [id, times] of this.#slow) if (times.every((at) => at <= now - SLOW_WINDOW_MS)) this.#slow.delete(id);
  }
}

/** Whether the entry of auth's feed ends what this reader stands for. */
function isEnded(reader: Reader, entry: FeedEntry): boolean {
  if (reader.userId !== entry.user_id) return false;
  if (entry.kind === 'session_revoked') return reader.authSessionId === entry.session_id;
  return entry.kind === 'account_suspended' || entry.kind === 'account_deleted';
}
