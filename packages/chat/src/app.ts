/** Composes chat and delivery: the only file that knows every part. */
import { randomBytes, randomFillSync } from 'node:crypto';
import { join } from 'node:path';
import {
  type App,
  type AppRequest,
  bearerToken,
  type Logger,
  mountCommands,
  type Registry,
  toRefusal,
  traceIds,
} from '@snug/edge';
import { type AccessClaims, CHAT_COMMANDS, type FeedEntry, type Id, IdClock, Refusal, type User } from '@snug/protocol';
import { actorFrom } from './commands/actors.ts';
import { Dispatcher, type Lanes, nobody, type Outcome } from './commands/dispatch.ts';
import type { Actor } from './commands/handler.ts';
import { Announcer } from './delivery/announcer.ts';
import { Audience } from './delivery/audience.ts';
import { FanOut } from './delivery/fan-out.ts';
import { Sessions } from './delivery/sessions.ts';
import type { SseStream } from './delivery/sse-sink.ts';
import { Sync } from './delivery/sync-sink.ts';
import { mountStreams } from './edge/streams.ts';
import { Gateway } from './edge/websocket.ts';
import { Presences } from './ephemeral/presence.ts';
import { Rooms } from './ephemeral/rooms.ts';
import { Typing } from './ephemeral/typing.ts';
import { Deliveries } from './features/receipts/deliveries.ts';
import { ownsServers } from './features/servers/succession.ts';
import { Jobs } from './jobs/jobs.ts';
import { keyEvents } from './key-events.ts';
import { erasureOf } from './log/erase.ts';
import type { Log, Query } from './log/log.ts';
import { SqliteLog } from './log/sqlite/sqlite-log.ts';
import { chatMetrics } from './metrics.ts';
import type { AuthPort, Services } from './services.ts';
import type { ChatSettings } from './settings.ts';
import { loadWorld } from './world/load.ts';
import type { World } from './world/world.ts';

export interface ChatOptions {
  readonly settings: ChatSettings;
  readonly auth: AuthPort;
  readonly logger: Logger;
  readonly registry: Registry;
  /** ms since 1970. */
  readonly now?: () => number;
  /** The disk failed: the process cannot go on (E15). */
  readonly onFatal?: (reason: string) => void;
  /** Wraps the log: tests put latency in front of it. */
  readonly wrapLog?: (log: Log) => Log;
}

export interface Profiles {
  /** Null until the account was seen here for the first time. */
  get(userId: Id): Promise<User | null>;
  update(claims: AccessClaims, patch: Record<string, string | undefined>): Promise<User>;
  /** @throws Refusal OWNS_SERVERS where others would be left without an owner. */
  mayDelete(userId: Id): Promise<void>;
}

const DRAIN_LIMIT_MS = 5000;
/** An id clock this far ahead of the wall clock is a fault to look at (E20). */
const MAX_ID_DRIFT_MS = 60_000;

export async function createChat(options: ChatOptions): Promise<Chat> {
  const { settings, logger } = options;
  const file = join(settings.data, 'chat.db');
  const onFatal = options.onFatal ?? ((reason) => logger.error({ reason }, 'no way to go on'));
  const sqlite = await SqliteLog.open({ file, logger, onFatal });
  const log = options.wrapLog?.(sqlite) ?? sqlite;
  const chat = new Chat(options, log, await loadWorld(log), sqlite);
  // Ids of this run lie after those of the last, whatever the clock did in between (E20).
  const { value } = await log.read({ recent: RECENT_SUBJECTS });
  for (const id of value.recent) chat.ids.observe(id);
  return chat;
}

const RECENT_SUBJECTS: Query<Id[]> = {
  sql: 'SELECT subject FROM events WHERE origin IS NULL ORDER BY position DESC LIMIT 1000',
  params: [],
  map: (rows) => rows.map((row) => row.subject as Id),
};

export class Chat {
  readonly world: World;
  readonly log: Log;
  readonly dispatcher: Dispatcher;
  readonly ids: IdClock;
  readonly profile: Profiles;
  readonly #services: Services;
  readonly #sessions: Sessions;
  readonly #gateway: Gateway;
  readonly #sync: Sync;
  readonly #streams = new Set<SseStream>();
  readonly #jobs: Jobs;
  readonly #unsubscribe: () => void;
  readonly #stopMetrics: () => void;
  #isDraining = false;

  constructor(options: ChatOptions, log: Log, world: World, sqlite: SqliteLog) {
    const { settings, auth, logger, now = Date.now } = options;
    this.world = world;
    this.log = log;
    const fanOut = new FanOut();
    const audience = new Audience(world);
    const presences = new Presences(world, fanOut, now);
    const rooms = new Rooms(world, fanOut, presences);
    const ephemeral = { presences, rooms, typing: new Typing(), deliveries: new Deliveries(log, world, now, logger) };
    const randomCode = (bytes: number): string => randomBytes(bytes).toString('base64url');
    this.#services = { world, log, auth, audience, fanOut, ...ephemeral, logger, settings, now, randomCode };
    this.ids = new IdClock({ now, random: (buffer) => randomFillSync(buffer), node: settings.node });
    this.dispatcher = new Dispatcher(this.#services, this.ids);
    this.profile = this.#profilePort();
    this.#sessions = new Sessions(this.#services);
    this.#sync = new Sync(this.#sessions);
    const nextTrace = traceIds();
    this.#gateway = new Gateway({
      services: this.#services,
      sessions: this.#sessions,
      nextTrace,
      actorOf: (token, trace, address) => this.actorOf(token, trace, address),
      actorOfTicket: async (ticket, trace, address) => this.#enter(await auth.redeemTicket(ticket), trace, address),
      dispatch: (command, params, actor, lanes) => this.#dispatch(command, params, actor, lanes),
      problemOf: (error, trace) => this.#problemOf(error, trace),
    });
    this.#jobs = new Jobs(this.#services);
    this.#announceWith(new Announcer(world, audience, fanOut));
    this.#unsubscribe = auth.onFeed((entry) => this.#heard(entry));
    this.#stopMetrics = chatMetrics(options.registry, {
      ...this.#services,
      gateway: this.#gateway,
      sync: this.#sync,
      streams: this.#streams,
      sessions: this.#sessions,
      stats: sqlite.stats,
    });
    this.#jobs.start();
  }

  /** Mounts REST, sync and SSE, and the gateway on the app's HTTP server. */
  mount(app: App): void {
    mountCommands(app, CHAT_COMMANDS, async (name, params, { request, address }) => {
      const isOpen = CHAT_COMMANDS[name as keyof typeof CHAT_COMMANDS].caller === 'anyone';
      return this.#dispatch(name, params, await this.#callerOf(request, isOpen, address), null);
    });
    mountStreams(app, {
      sync: this.#sync,
      sessions: this.#sessions,
      streams: this.#streams,
      readerBuffer: this.#services.settings.reader_buffer,
      isDraining: () => this.#isDraining,
      onFailure: (error, trace) => this.#problemOf(error, trace),
      actorOf: async (request, ticket) => {
        if (ticket !== undefined) return this.#arrive(await this.#services.auth.redeemTicket(ticket), request);
        const token = bearerToken(request.headers.authorization);
        if (token === null) throw new Refusal('NOT_SIGNED_IN');
        return this.#arrive((await this.actorOf(token, request.id)).claims, request);
      },
    });
    this.#gateway.listen(app.server);
  }

  /** Where anybody may call, a token that is no good, or no more, makes nobody of its bearer. */
  async #callerOf(request: AppRequest, isOpen: boolean, address: string): Promise<Actor> {
    try {
      const token = bearerToken(request.headers.authorization);
      return token === null ? nobody(request.id, address) : await this.actorOf(token, request.id, address);
    } catch (error) {
      if (isOpen && error instanceof Refusal) return nobody(request.id, address);
      throw error;
    }
  }

  /** Who a token speaks for. */
  async actorOf(token: string, trace: string, address?: string): Promise<Actor> {
    const actor = actorFrom(await this.#services.auth.verify(token), trace, address);
    if (!this.world.users.has(actor.userId)) await this.dispatcher.ensureUser(actor);
    return actor;
  }

  /** The same table, for the CLI and for tools in this process. */
  dispatch(name: string, params: Record<string, unknown>, actor: Actor): Promise<Outcome> {
    return this.#dispatch(name, params, actor, null);
  }

  /** The owner of a server, for tools that act in their name; null if there is no such server. */
  ownerOf(serverId: Id): User | null {
    const server = this.world.server(serverId);
    return server === undefined ? null : (this.world.users.get(server.ownerId)?.user ?? null);
  }

  ready(): boolean {
    return !this.#isDraining && this.ids.drift() <= MAX_ID_DRIFT_MS;
  }

  /** Nothing new comes in; what is under way finishes; readers are told to resume elsewhere. */
  async drain(): Promise<void> {
    this.#isDraining = true;
    this.#jobs.stop();
    this.#gateway.drain();
    this.#sync.drain();
    const until = performance.now() + DRAIN_LIMIT_MS;
    while ((this.dispatcher.inFlight > 0 || this.log.pending > 0) && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const stream of this.#streams) stream.close(0, 'SHUTTING_DOWN');
    this.#gateway.close();
    // One more turn, so that what was written last reaches the sockets.
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async close(): Promise<void> {
    this.#isDraining = true;
    this.#unsubscribe();
    this.#jobs.stop();
    this.#gateway.close();
    this.#sync.drain();
    this.#sync.close();
    for (const stream of this.#streams) stream.close(0, 'SHUTTING_DOWN');
    this.#sessions.close();
    this.#services.presences.close();
    this.#services.rooms.close();
    this.#stopMetrics();
    await this.#services.deliveries.close();
    await this.#jobs.close();
    await this.log.close();
  }

  #dispatch(name: string, params: Record<string, unknown>, actor: Actor, lanes: Lanes | null): Promise<Outcome> {
    if (this.#isDraining) return Promise.reject(new Refusal('SHUTTING_DOWN', { retry_after: 1 }));
    return this.dispatcher.dispatch(name, params, actor, lanes);
  }

  async #enter(claims: AccessClaims, trace: string, address?: string): Promise<Actor> {
    const actor = actorFrom(claims, trace, address);
    await this.dispatcher.ensureUser(actor);
    return actor;
  }

  /** A poll or a stream begins: it counts as a read. */
  async #arrive(claims: AccessClaims, request: AppRequest): Promise<Actor> {
    const actor = await this.#enter(claims, request.id, request.ip);
    this.dispatcher.take('read', actor);
    return actor;
  }

  #announceWith(announcer: Announcer): void {
    const logKeyEvent = keyEvents(this.#services.logger);
    announcer.onEvent((event) => {
      if (event.origin !== 'import') this.ids.observe(event.subject);
      if (erasureOf(event.type, event.body) !== null) this.#sessions.forget();
      logKeyEvent(event);
      this.#services.typing.heard(event);
      this.#services.presences.heard(event);
      this.#services.rooms.heard(event);
      this.#services.deliveries.heard(event);
      this.#jobs.heard(event);
    });
    this.log.onBatch((events) => announcer.announce(events));
  }

  #heard(entry: FeedEntry): void {
    this.#sessions.heard(entry);
    this.#jobs.heardFromAuth(entry);
  }

  #problemOf(error: unknown, trace: string) {
    const refusal = toRefusal(error);
    if (refusal !== null) return refusal.toProblem(trace);
    this.#services.logger.error({ err: error, trace_id: trace }, 'unexpected failure');
    return new Refusal('INTERNAL').toProblem(trace);
  }

  /** auth's `/auth/me` shows and changes the profile through this (E31). */
  #profilePort(): Profiles {
    return {
      get: async (userId) => this.world.users.get(userId)?.user ?? null,
      update: async (claims, patch) => {
        const actor = await this.#enter(claims, 'auth:me');
        const { json } = await this.#dispatch('user.update', patch, actor, null);
        return JSON.parse(json as string) as User;
      },
      mayDelete: async (userId) => {
        if (ownsServers(this.world, userId)) throw new Refusal('OWNS_SERVERS');
      },
    };
  }
}
