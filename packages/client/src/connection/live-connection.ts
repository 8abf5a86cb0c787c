import type { Id, Ready } from '@snug/protocol';
import type { Answer, Rest } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { Session } from '../session/session.ts';
import type { Dispatch } from '../store/dispatch.ts';
import { BY_ID_NONCE } from '../store/fold-members.ts';
import type { ConnectionState } from '../store/state.ts';
import { BackOff } from './back-off.ts';
import type { Connection, MemberRequest, PresenceChange } from './connection-api.ts';
import type { Ending } from './ending.ts';
import { FollowedMembers } from './followed-members.ts';
import { GatewaySocket } from './gateway-socket.ts';
import { listenToNetwork, saysOffline } from './network-signals.ts';
import { OwnPresence } from './own-presence.ts';
import { Pause } from './pause.ts';
import type { SocketConstructor } from './socket-like.ts';
import { SyncPoll } from './sync-poll.ts';
import type { TransportContext } from './transport.ts';

export interface ConnectionOptions {
  readonly socketUrl: string;
  readonly session: Session;
  readonly rest: Rest;
  readonly WebSocket: SocketConstructor | null;
  readonly now: () => number;
  readonly random: () => number;
  readonly onError: (error: unknown) => void;
  readonly onSnapshot: (snapshot: Ready, position: number) => void;
  readonly onBatch: (dispatches: readonly Dispatch[], cursor: number) => void;
  /** What this client says of its own presence. */
  readonly onPresence: (presence: PresenceChange) => void;
  /** Long poll has no op 8: somebody answers it by REST. */
  readonly onMembersWanted: (serverId: string, request: MemberRequest) => void;
}

/** Sockets that did not open, in a row, after which the long poll takes over. */
const SOCKETS_BEFORE_POLL = 2;
/** How long a long poll goes on before a WebSocket is tried again, in ms. */
const UPGRADE_AFTER = 3 * 60_000;
/** A connection that lived this long (ms) has worked: the next back-off begins anew. */
const STABLE_AFTER = 5_000;

/** Keeps one transport open for as long as somebody is signed in and wants it (CONN1 to CONN6). */
export class LiveConnection implements Connection {
  readonly #options: ConnectionOptions;
  readonly #listeners = new Set<() => void>();
  readonly #pause = new Pause();
  readonly #backOff: BackOff;
  readonly #unsubscribe: (() => void)[];
  readonly #members = new FollowedMembers((serverId, request) => this.#askMembers(serverId, request));
  #state: ConnectionState = { status: 'stopped', transport: null, retryAt: null };
  #cursor: number | null = null;
  readonly #presence = new OwnPresence();
  #wanted = false;
  #running: Promise<void> | null = null;
  #gateway: GatewaySocket | null = null;
  #poll: SyncPoll | null = null;
  #onlineSince: number | null = null;
  #failedSockets = 0;
  #socketAt = 0;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#backOff = new BackOff(options.random);
    this.#unsubscribe = [
      options.session.onToken((token) => this.#renew(token)),
      options.session.subscribe(() => this.#follow()),
      listenToNetwork({ online: () => this.retryNow(), doubt: () => this.#gateway?.probe() }),
    ];
  }

  get state(): ConnectionState {
    return this.#state;
  }
  get status(): Connection['status'] {
    return this.#state.status;
  }
  get transport(): Connection['transport'] {
    return this.#state.transport;
  }
  get retryAt(): number | null {
    return this.#state.retryAt;
  }
  get cursor(): number {
    return this.#cursor ?? 0;
  }

  start(): void {
    this.#wanted = true;
    this.#follow();
  }

  stop(): void {
    this.#wanted = false;
    this.#follow();
  }

  retryNow(): void {
    this.#pause.wake();
    this.#options.session.retryNow();
    this.#gateway?.probe();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  setActiveChannel(channelId: Id | null): void {
    if (this.#presence.enter(channelId)) this.#sayPresence();
  }

  setPresence(presence: PresenceChange): void {
    this.#presence.set(presence);
    this.#options.onPresence(presence);
    this.#sayPresence();
  }

  requestMembers(serverId: string, request: MemberRequest): void {
    this.#members.request(serverId, request);
  }

  /** Somebody came to this server, or went: what is followed of its members is asked for again. */
  membersChanged(serverId: string): void {
    this.#members.changed(serverId);
  }

  /** One command over the open WebSocket; null when there is none, or it does not fit into a frame. */
  request(command: string, params: unknown): Promise<Answer<unknown>> | null {
    const gateway = this.#gateway;
    return gateway?.isReady && gateway.fits(command, params) ? gateway.request(command, params) : null;
  }

  /** Another user: nothing of the last one's place in the log counts. */
  forget(): void {
    this.#gateway?.close();
    this.#poll?.close();
    this.#cursor = null;
    this.#presence.forget();
    this.#members.forget();
  }

  close(): void {
    this.stop();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#members.forget();
    this.#listeners.clear();
  }

  get #isDue(): boolean {
    return this.#wanted && this.#options.session.state.status === 'signed_in';
  }

  /** Runs while it is wanted and somebody is signed in; ends what is open as soon as not. */
  #follow(): void {
    if (!this.#isDue) {
      this.#gateway?.close();
      this.#poll?.close();
      this.#pause.wake();
      return;
    }
    this.#running ??= this.#run().then(
      () => this.#stopped(),
      (error: unknown) => {
        this.#options.onError(error);
        this.#stopped();
      },
    );
  }

  #stopped(): void {
    this.#running = null;
    this.#setState({ status: 'stopped', transport: null, retryAt: null });
    // Wanted again while the last run was ending.
    if (this.#isDue) this.#follow();
  }

  async #run(): Promise<void> {
    while (this.#isDue) {
      const ending = await this.#connect();
      if (ending.complaint !== undefined) this.#options.onError(new Error(ending.complaint));
      if (ending.next === 'revoked' || ending.next === 'closed') {
        await this.#options.session.end(ending.next);
      } else if (ending.next === 'afresh') {
        this.#cursor = null;
      }
      const goesOn = ending.next === 'upgrade' || ending.next === 'stopped' || this.#pollInstead(ending);
      if (this.#isDue && !goesOn) await this.#wait(ending);
    }
  }

  /** A socket that cannot even be opened is followed by a poll at once. */
  #pollInstead(ending: Ending): boolean {
    return !ending.heard && this.#failedSockets >= SOCKETS_BEFORE_POLL && this.#options.now() < this.#socketAt;
  }

  async #connect(): Promise<Ending> {
    this.#onlineSince = null;
    try {
      const token = await this.#options.session.accessToken();
      const { WebSocket, now } = this.#options;
      const ending =
        WebSocket !== null && now() >= this.#socketAt ? await this.#bySocket(token, WebSocket) : await this.#byPoll();
      if (ending.next === 'new_token') await this.#options.session.replaceToken(token);
      return ending;
    } catch (error) {
      if (!(error instanceof SnugError)) throw error;
      return { next: 'again', heard: true, ...(error.retryAfter !== null && { delay: error.retryAfter * 1000 }) };
    }
  }

  async #bySocket(token: string, WebSocket: SocketConstructor): Promise<Ending> {
    const { socketUrl: url, now, random } = this.#options;
    if (this.#failedSockets < SOCKETS_BEFORE_POLL) this.#setState({ ...CONNECTING, transport: 'websocket' });
    this.#gateway = new GatewaySocket({ url, token, WebSocket, now, random }, this.#context('websocket'));
    const ending = await this.#gateway.ended;
    this.#gateway = null;
    this.#failedSockets = ending.heard ? 0 : this.#failedSockets + 1;
    if (this.#failedSockets >= SOCKETS_BEFORE_POLL) this.#socketAt = now() + UPGRADE_AFTER;
    return ending;
  }

  async #byPoll(): Promise<Ending> {
    const { session, rest, now } = this.#options;
    if (this.#state.status !== 'online') this.#setState({ ...CONNECTING, transport: 'sync' });
    const token = (): Promise<string> => session.accessToken();
    const replaceToken = (refused: string): Promise<string> => session.replaceToken(refused);
    const upgradeAt = this.#options.WebSocket === null ? Number.POSITIVE_INFINITY : this.#socketAt;
    this.#poll = new SyncPoll({ rest, token, replaceToken, upgradeAt, now }, this.#context('sync'));
    const ending = await this.#poll.ended;
    this.#poll = null;
    // The server is away rather than the socket blocked: the next round begins with a socket again.
    if (ending.next === 'again') this.#socketAt = 0;
    return { ...ending, heard: true };
  }

  #context(transport: 'websocket' | 'sync'): TransportContext {
    const own = this.#presence;
    return {
      cursor: this.#cursor,
      // As it is when it is sent: a poll says it anew each time.
      get presence() {
        return own.patch;
      },
      onOnline: () => this.#online(transport),
      onSnapshot: (snapshot, position) => {
        this.#cursor = position;
        this.#members.startOver();
        this.#options.onSnapshot(snapshot, position);
      },
      onBatch: (dispatches, cursor) => {
        this.#cursor = cursor;
        this.#options.onBatch(dispatches, cursor);
      },
    };
  }

  #online(transport: 'websocket' | 'sync'): void {
    this.#onlineSince = this.#options.now();
    this.#setState({ status: 'online', transport, retryAt: null });
    this.#sayPresence();
    this.#members.askAgain();
  }

  #sayPresence(): void {
    if (this.#presence.patch !== null) this.#gateway?.setPresence(this.#presence.patch);
  }

  #askMembers(serverId: string, request: MemberRequest): void {
    if (this.#state.status !== 'online') return;
    const nonce = request.user_ids === undefined ? {} : { nonce: BY_ID_NONCE };
    if (this.#gateway !== null) this.#gateway.requestMembers({ server_id: serverId, ...request, ...nonce });
    else this.#options.onMembersWanted(serverId, request);
  }

  #renew(token: string): void {
    this.#gateway?.renew(token).catch((error: unknown) => this.#options.onError(error));
  }

  async #wait(ending: Ending): Promise<void> {
    const now = this.#options.now();
    if (this.#onlineSince !== null && now - this.#onlineSince >= STABLE_AFTER) this.#backOff.reset();
    const delay = Math.max(ending.delay ?? 0, this.#backOff.next());
    const status = saysOffline() ? 'offline' : 'waiting';
    this.#setState({ status, transport: null, retryAt: now + delay });
    await this.#pause.wait(delay);
  }

  #setState(state: ConnectionState): void {
    const { status, transport, retryAt } = this.#state;
    if (status === state.status && transport === state.transport && retryAt === state.retryAt) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}

const CONNECTING = { status: 'connecting', retryAt: null } as const;
