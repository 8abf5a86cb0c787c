/** The gateway's door: upgrades at `/ws`, heartbeats, and the connections of this node. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { bareProblem, clientAddresses, TokenBuckets } from '@snug/edge';
import { CloseCode, LIMITS, type Problem, Refusal } from '@snug/protocol';
import { WebSocketServer } from 'ws';
import type { Lanes, Outcome } from '../commands/dispatch.ts';
import type { Actor } from '../commands/handler.ts';
import { GatewayConnection } from '../delivery/gateway-sink.ts';
import type { Sessions } from '../delivery/sessions.ts';
import { Flusher } from '../delivery/socket-writer.ts';
import type { Services } from '../services.ts';

/** What a connection needs of the node it is on. */
export interface GatewayParts {
  readonly services: Services;
  readonly sessions: Sessions;
  readonly flusher: Flusher;
  readonly frameLimit: TokenBuckets;
  readonly heartbeatInterval: number;
  /** ms a catch-up waits for a full socket to drain. */
  readonly drainTimeout: number;
  readonly maxOpenRequests: number;
  actorOf(token: string, trace: string, address: string): Promise<Actor>;
  actorOfTicket(ticket: string, trace: string, address: string): Promise<Actor>;
  dispatch(command: string, params: Record<string, unknown>, actor: Actor, lanes: Lanes): Promise<Outcome>;
  problemOf(error: unknown, trace: string): Problem;
}

const FRAME_RATE = { burst: 300, per_second: 60 };

export type GatewayOptions = Pick<
  GatewayParts,
  'services' | 'sessions' | 'actorOf' | 'actorOfTicket' | 'dispatch' | 'problemOf'
> & {
  readonly nextTrace: () => string;
};

export class Gateway {
  readonly parts: GatewayParts;
  readonly #nextTrace: () => string;
  readonly #addressOf: (request: IncomingMessage) => string;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    // The connection answers pings itself: a client that only pings and never reads must not fill memory.
    autoPong: false,
  });
  readonly #connections = new Set<GatewayConnection>();
  readonly #sweeper: NodeJS.Timeout;
  #isDraining = false;

  constructor({ nextTrace, ...options }: GatewayOptions) {
    const { services } = options;
    this.#nextTrace = nextTrace;
    this.#addressOf = clientAddresses(services.settings.trusted_proxies);
    this.parts = {
      ...options,
      flusher: new Flusher(),
      frameLimit: new TokenBuckets(services.settings.rate_limits === 'off' ? 'off' : FRAME_RATE, services.now),
      heartbeatInterval: LIMITS.HEARTBEAT_INTERVAL,
      drainTimeout: 10_000,
      maxOpenRequests: 100,
    };
    this.#sockets.on('wsClientError', (error, socket) =>
      this.#refuse(socket, new Refusal('BAD_REQUEST', { detail: error.message }), { 'sec-websocket-version': '13' }),
    );
    this.#sweeper = setInterval(() => this.#dropSilent(), LIMITS.HEARTBEAT_INTERVAL / 4).unref();
  }

  listen(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
  }

  get size(): number {
    return this.#connections.size;
  }

  /** Every connection is told to resume elsewhere, then closed with a resumable code. */
  drain(): void {
    this.#isDraining = true;
    for (const connection of this.#connections) connection.reconnect();
  }

  close(): void {
    clearInterval(this.#sweeper);
    for (const connection of this.#connections) connection.close(CloseCode.SHUTTING_DOWN, 'SHUTTING_DOWN');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    // Whatever stands in a request line; `//` for one is no address.
    const url = URL.parse(request.url ?? '/', 'http://snug');
    if (url === null) return this.#refuse(socket, new Refusal('BAD_REQUEST'));
    if (url.pathname !== '/ws') return this.#refuse(socket, new Refusal('UNKNOWN_ROUTE'));
    if (this.#isDraining) return this.#refuse(socket, new Refusal('SHUTTING_DOWN', { retry_after: 1 }));
    if (!this.#isOriginAllowed(request)) return this.#refuse(socket, new Refusal('ORIGIN_REFUSED'));
    this.#sockets.handleUpgrade(request, socket, head, (ws) => {
      const connection = new GatewayConnection(this.parts, ws, this.#nextTrace(), this.#addressOf(request));
      this.#connections.add(connection);
      ws.on('message', (data, isBinary) => connection.receive(data as Buffer, isBinary));
      ws.on('ping', (data) => connection.pinged(data));
      ws.on('close', () => {
        this.#connections.delete(connection);
        connection.ended();
      });
      ws.on('error', () => ws.terminate());
      const [token, ticket] = [url.searchParams.get('token'), url.searchParams.get('ticket')];
      if (token !== null) void connection.identifyWith({ token });
      else if (ticket !== null) void connection.identifyWith({ ticket });
    });
  }

  /** A page of another origin could not use the refresh cookie here, but has no business opening sockets either. */
  #isOriginAllowed({ headers: { origin, host } }: IncomingMessage): boolean {
    if (origin === undefined || this.parts.services.settings.origins.includes(origin)) return true;
    return host !== undefined && host !== '' && URL.parse(origin)?.host === host.toLowerCase();
  }

  #dropSilent(): void {
    const oldest = this.parts.services.now() - LIMITS.HEARTBEAT_INTERVAL * 2;
    for (const connection of this.#connections) {
      if (connection.lastHeard < oldest) connection.close(CloseCode.SESSION_TIMEOUT, 'SESSION_TIMEOUT');
    }
  }

  #refuse(socket: Duplex, refusal: Refusal, headers: Record<string, string> = {}): void {
    socket.end(bareProblem(refusal, this.#nextTrace(), headers));
  }
}
