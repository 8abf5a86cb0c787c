import { CloseCode, LIMITS, Op, type PresencePatch, type Ready, type ServerFrame } from '@snug/protocol';
import type { Answer } from '../rest/rest.ts';
import { SnugError } from '../rest/snug-error.ts';
import type { Dispatch } from '../store/dispatch.ts';
import { type Ending, endingOfClose } from './ending.ts';
import { FrameBuffer } from './frame-buffer.ts';
import { Heartbeat } from './heartbeat.ts';
import { PendingRequests, type ResponseBody } from './pending-requests.ts';
import type { SocketConstructor, SocketLike } from './socket-like.ts';
import type { TransportContext } from './transport.ts';

export interface GatewayOptions {
  readonly url: string;
  readonly token: string;
  readonly WebSocket: SocketConstructor;
  readonly now: () => number;
  readonly random: () => number;
}

/** From opening to Hello; a proxy that swallows upgrades lets one wait for ever. */
const OPEN_TIMEOUT = 10_000;
/** A client's own close codes begin at 4900: no server sends them. */
const CLOSE_DEAD = 4900;
const OPEN = 1;

/** One WebSocket, from opening to its end: Hello, Identify or Resume, heartbeats, dispatches, requests (GW1 to GW18). */
export class GatewaySocket {
  /** Resolves once, when the socket is of no more use. */
  readonly ended: Promise<Ending>;
  readonly #options: GatewayOptions;
  readonly #context: TransportContext;
  readonly #requests = new PendingRequests();
  readonly #heartbeat: Heartbeat;
  readonly #buffer: FrameBuffer;
  readonly #openTimer: ReturnType<typeof setTimeout>;
  #token: string;
  #socket: SocketLike | null = null;
  #heard = false;
  #ready = false;
  #resolve: (ending: Ending) => void = () => undefined;

  constructor(options: GatewayOptions, context: TransportContext) {
    this.#options = options;
    this.#context = context;
    this.#token = options.token;
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#buffer = new FrameBuffer(context.cursor ?? 0, {
      onBatch: (dispatches: readonly Dispatch[], cursor: number) => context.onBatch(dispatches, cursor),
      now: options.now,
    });
    this.#heartbeat = new Heartbeat({
      send: () => this.#send(Op.HEARTBEAT, this.#buffer.cursor),
      onDead: () => this.#finish({ next: 'again', heard: true }, CLOSE_DEAD),
      random: options.random,
    });
    this.#openTimer = setTimeout(() => this.#finish({ next: 'again', heard: false }, CLOSE_DEAD), OPEN_TIMEOUT);
    this.#open();
  }

  /** READY or RESUMED came: requests can be sent. */
  get isReady(): boolean {
    return this.#ready;
  }

  /** One command over op 12. Rejects with CONNECTION_LOST when the socket ends before the answer. */
  request(command: string, params: unknown): Promise<Answer<unknown>> {
    if (!this.#ready) return Promise.reject(new SnugError('CONNECTION_LOST'));
    return this.#requests.add((id) => this.#send(Op.REQUEST, { id, command, params }));
  }

  /** Whether a request of this size fits into one frame. */
  fits(command: string, params: unknown): boolean {
    return new TextEncoder().encode(JSON.stringify({ command, params })).length < LIMITS.FRAME_BYTES - 256;
  }

  /** A fresh token before the old one ends (GW17). When it is refused, the connection is made anew with it. */
  async renew(token: string): Promise<void> {
    this.#token = token;
    if (!this.#ready) return;
    try {
      await this.request('session.renew', { token });
    } catch (error) {
      if (!(error instanceof SnugError)) throw error;
      this.#finish({ next: 'again', heard: true }, CloseCode.NORMAL);
    }
  }

  setPresence(presence: PresencePatch): void {
    if (this.#ready) this.#send(Op.PRESENCE_UPDATE, presence);
  }

  requestMembers(body: object): void {
    if (this.#ready) this.#send(Op.REQUEST_MEMBERS, body);
  }

  /** Is it still alive? Its end says so within seconds if not. */
  probe(): void {
    this.#heartbeat.probe();
  }

  close(): void {
    this.#finish({ next: 'stopped', heard: this.#heard }, CloseCode.NORMAL);
  }

  #open(): void {
    let socket: SocketLike;
    try {
      socket = new this.#options.WebSocket(this.#options.url);
    } catch {
      // A page's policy may forbid sockets altogether: the long poll is what is left.
      this.#finish({ next: 'again', heard: false }, CloseCode.NORMAL);
      return;
    }
    this.#socket = socket;
    socket.onmessage = (event: { data: unknown }) => this.#receive(event.data);
    socket.onclose = (event: { code: number }) => this.#finish(endingOfClose(event.code, this.#heard), null);
    // What went wrong is not told; the close that follows says as much.
    socket.onerror = () => undefined;
  }

  #receive(data: unknown): void {
    let frame: ServerFrame;
    try {
      frame = JSON.parse(String(data)) as ServerFrame;
    } catch {
      const complaint = 'the gateway sent something that is not JSON';
      this.#finish({ next: 'again', heard: this.#heard, complaint }, CloseCode.BAD_FRAME);
      return;
    }
    this.#heard = true;
    this.#handle(frame);
  }

  #handle({ op, t, s, d }: ServerFrame): void {
    if (op === Op.DISPATCH) this.#dispatch(t as string, d, s);
    else if (op === Op.HELLO) this.#hello(d as { heartbeat_interval: number });
    else if (op === Op.HEARTBEAT) this.#send(Op.HEARTBEAT, this.#buffer.cursor);
    else if (op === Op.HEARTBEAT_ACK) this.#acknowledged(s);
    else if (op === Op.RESPONSE) this.#answered(d as ResponseBody);
    else if (op === Op.RECONNECT) this.#finish({ next: 'again', heard: true }, CloseCode.NORMAL);
    else if (op === Op.INVALID_SESSION) this.#invalidSession(d);
  }

  #hello(d: { heartbeat_interval: number }): void {
    clearTimeout(this.#openTimer);
    this.#heartbeat.start(d.heartbeat_interval);
    if (this.#context.cursor === null) {
      this.#identify();
      return;
    }
    this.#buffer.catchingUp = true;
    const { presence, cursor } = this.#context;
    this.#send(Op.RESUME, { token: this.#token, seq: cursor, ...(presence !== null && { presence }) });
  }

  #identify(): void {
    const { presence } = this.#context;
    this.#send(Op.IDENTIFY, { token: this.#token, ...(presence !== null && { presence }) });
  }

  #dispatch(t: string, d: unknown, s: number | undefined): void {
    if (t === 'READY') {
      this.#buffer.restart(s ?? 0);
      this.#context.onSnapshot(d as Ready, s ?? 0);
      this.#online();
    } else if (t === 'RESUMED') {
      if (s !== undefined) this.#buffer.move(s);
      this.#online();
    } else {
      this.#buffer.push(t, d, s);
    }
  }

  #online(): void {
    this.#ready = true;
    this.#buffer.catchingUp = false;
    this.#context.onOnline();
    // A token that was refreshed while this socket was opening.
    if (this.#token !== this.#options.token) void this.renew(this.#token);
  }

  #acknowledged(s: number | undefined): void {
    this.#heartbeat.acknowledge();
    if (s !== undefined && this.#ready) this.#buffer.move(s);
  }

  /** Events that came before an answer are folded before whoever asked goes on. */
  #answered(response: ResponseBody): void {
    this.#buffer.flush();
    this.#requests.settle(response);
  }

  /** `false`: the cursor cannot be continued, and a snapshot follows on this socket (CONN5). */
  #invalidSession(d: unknown): void {
    if (d === false) this.#identify();
    else this.#finish({ next: 'again', heard: true }, CloseCode.NORMAL);
  }

  #send(op: number, d: unknown): void {
    if (this.#socket?.readyState === OPEN) this.#socket.send(JSON.stringify({ op, d }));
  }

  /** `code`: close the socket with it; null when it is closed already. Only the first end counts. */
  #finish(ending: Ending, code: number | null): void {
    clearTimeout(this.#openTimer);
    this.#heartbeat.stop();
    this.#ready = false;
    const socket = this.#socket;
    this.#socket = null;
    if (socket !== null) {
      socket.onmessage = null;
      socket.onclose = null;
      if (code !== null) socket.close(code);
    }
    this.#buffer.close();
    this.#requests.loseAll();
    this.#resolve(ending);
  }
}
