/** The gateway without the SDK: frames as they come, in order, and nothing that comes back by itself. */
import { Op, type Problem, type ServerFrame } from '@snug/protocol';

/** d of op 13. */
export interface GatewayAnswer<T = unknown> {
  readonly id: number;
  readonly ok: boolean;
  readonly result?: T;
  readonly error?: Problem;
  readonly position?: number;
}

export interface RawGateway extends AsyncIterable<ServerFrame>, AsyncDisposable {
  readonly socket: WebSocket;
  /** The last `s` seen: where a resume would begin. */
  readonly cursor: number;
  send(frame: { op: number; d?: unknown }): void;
  /** The next frame. @throws when none comes in time, or the socket closes first. */
  next(timeout?: number): Promise<ServerFrame>;
  /** Frames up to and including the first that fits; what came before it is dropped. */
  until(fits: (frame: ServerFrame) => boolean, timeout?: number): Promise<ServerFrame>;
  /** The first dispatch of this type. */
  dispatch<T = unknown>(type: string, timeout?: number): Promise<ServerFrame & { d: T }>;
  /** A command by op 12, and its op 13. Other frames that come meanwhile stay to be read. */
  request<T = unknown>(command: string, params?: Record<string, unknown>): Promise<GatewayAnswer<T>>;
  /** Whatever has come and was not read. */
  waiting(): readonly ServerFrame[];
  /** How the socket closed, once it has. */
  readonly closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 5000;

/** Opens `/ws` and waits until the socket is open. Sends nothing. @param url of the instance, http(s). */
export async function openGateway(url: string, query = ''): Promise<RawGateway> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws${query}`);
  const gateway = new Gateway(socket);
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('error', (event) => reject((event as ErrorEvent).error), { once: true });
  });
  return gateway;
}

/** Opens `/ws`, identifies, and waits for READY. */
export async function identify(
  url: string,
  token: string,
  more: Record<string, unknown> = {},
): Promise<{ gateway: RawGateway; ready: ServerFrame }> {
  const gateway = await openGateway(url);
  gateway.send({ op: Op.IDENTIFY, d: { token, ...more } });
  return { gateway, ready: await gateway.dispatch('READY') };
}

class Gateway implements RawGateway {
  readonly socket: WebSocket;
  readonly closed: Promise<{ code: number; reason: string }>;
  cursor = 0;
  #frames: ServerFrame[] = [];
  #wake: (() => void) | null = null;
  #end: Error | null = null;
  #requests = 0;
  readonly #answers = new Map<number, (answer: GatewayAnswer<never>) => void>();

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.addEventListener('message', (event) => this.#receive(JSON.parse(String(event.data)) as ServerFrame));
    this.closed = new Promise((resolve) => {
      socket.addEventListener('close', ({ code, reason }) => {
        this.#end ??= new Error(`the socket closed with ${code} ${reason}`);
        this.#wake?.();
        resolve({ code, reason });
      });
    });
  }

  #receive(frame: ServerFrame): void {
    if (frame.s !== undefined) this.cursor = frame.s;
    const answer = frame.op === Op.RESPONSE ? (frame.d as { id: number }) : null;
    const waiting = answer === null ? undefined : this.#answers.get(answer.id);
    if (answer !== null && waiting !== undefined) {
      this.#answers.delete(answer.id);
      waiting(answer as GatewayAnswer<never>);
      return;
    }
    this.#frames.push(frame);
    this.#wake?.();
  }

  send(frame: { op: number; d?: unknown }): void {
    this.socket.send(JSON.stringify(frame));
  }

  async next(timeout = TIMEOUT_MS): Promise<ServerFrame> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      if (this.#end !== null) throw this.#end;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`no frame came in ${timeout} ms`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
  }

  async until(fits: (frame: ServerFrame) => boolean, timeout = TIMEOUT_MS): Promise<ServerFrame> {
    const deadline = performance.now() + timeout;
    for (;;) {
      const frame = await this.next(Math.max(1, deadline - performance.now()));
      if (fits(frame)) return frame;
    }
  }

  async dispatch<T = unknown>(type: string, timeout = TIMEOUT_MS): Promise<ServerFrame & { d: T }> {
    return (await this.until((frame) => frame.op === Op.DISPATCH && frame.t === type, timeout)) as ServerFrame & {
      d: T;
    };
  }

  request<T>(command: string, params: Record<string, unknown> = {}): Promise<GatewayAnswer<T>> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${command} was not answered in ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
      this.#answers.set(id, (answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      this.send({ op: Op.REQUEST, d: { id, command, params } });
    });
  }

  waiting(): readonly ServerFrame[] {
    return this.#frames;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<ServerFrame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) yield frame;
      else if (this.#end !== null) return;
      else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  async close(): Promise<void> {
    if (this.socket.readyState !== WebSocket.CLOSED) this.socket.close();
    await this.closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
