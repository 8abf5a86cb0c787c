/** One member of a channel at the gateway: identifies, hears, sends, and keeps no frame. */
import { Op } from '@snug/protocol';
import { answeredId, answeredPosition, createdAt, opOf } from '../wire/scan-frame.ts';
import { WireSocket } from '../wire/wire-socket.ts';
import type { Heard } from './heard.ts';

export interface GatewayOptions {
  readonly port: number;
  readonly token: string;
  /** The channel it listens to; a reader of several cannot be followed this cheaply. */
  readonly heard: Heard;
  readonly from?: string;
  /** Resumes from here instead of asking for a snapshot. */
  readonly cursor?: number;
}

const ENTER_LIMIT_MS = 60_000;
const HEARTBEAT_MS = 30_000;

export class GatewayClient implements AsyncDisposable {
  readonly heard: Heard;
  /** Messages heard so far. */
  received = 0;
  /** Position of READY, RESUMED or the last message heard. */
  cursor = 0;
  /** Length of the last message heard, as it came. */
  messageBytes = 0;
  /** Told of each message heard, after it was counted. */
  onMessage: (client: GatewayClient) => void = () => {};
  /** Bytes of all frames so far, without their headers. */
  bytes = 0;
  /** Told of each other dispatch, by its type. */
  onDispatch: (type: string) => void = () => {};
  /** Told of each answer to a request. */
  onAnswer: (id: number, position: number) => void = () => {};
  /** Told that it was disconnected, or that a request was refused: nothing more will come. */
  onFailure: (error: Error) => void = () => {};
  readonly #socket: WireSocket;
  readonly #options: GatewayOptions;
  readonly #heart: NodeJS.Timeout;
  #failure: string | null = null;
  #onReady: (() => void) | null = null;

  /** Opens, identifies (or resumes) and waits until it is live. */
  static async open(options: GatewayOptions): Promise<GatewayClient> {
    const client = await GatewayClient.connect(options);
    await client.enter();
    return client;
  }

  /** Opens the socket and nothing more. */
  static async connect(options: GatewayOptions): Promise<GatewayClient> {
    const { port, from } = options;
    return new GatewayClient(await WireSocket.open({ port, ...(from === undefined ? {} : { from }) }), options);
  }

  private constructor(socket: WireSocket, options: GatewayOptions) {
    this.#socket = socket;
    this.#options = options;
    this.heard = options.heard;
    socket.onMessage = (buffer, start, end) => this.#frame(buffer, start, end);
    socket.onEnd = (reason) => this.#fail(`the gateway ended it: ${reason}`);
    this.#heart = setInterval(() => this.#beat(), HEARTBEAT_MS);
  }

  /** Identifies, or resumes where a cursor was given. Resolves with READY or RESUMED, after everything before it. */
  enter(): Promise<void> {
    const { token, cursor } = this.#options;
    const d = cursor === undefined ? { token } : { token, seq: cursor };
    this.#socket.send(JSON.stringify({ op: cursor === undefined ? Op.IDENTIFY : Op.RESUME, d }));
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no READY came in time')), ENTER_LIMIT_MS);
      this.#onReady = () => {
        clearTimeout(timer);
        this.onFailure = () => {};
        resolve();
      };
      this.onFailure = (error) => {
        clearTimeout(timer);
        reject(error);
      };
    });
  }

  /** Why it is not connected any more; null while it is. */
  get failure(): string | null {
    return this.#failure;
  }

  send(...frames: readonly string[]): void {
    this.#socket.send(...frames);
  }

  /** Sends a request of this id and waits for its answer. @throws if it is refused. */
  request(id: number, frame: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.onFailure = reject;
      this.onAnswer = (answered) => {
        if (answered === id) resolve();
      };
      this.#socket.send(frame);
    });
  }

  close(): Promise<void> {
    clearInterval(this.#heart);
    return this.#socket.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #beat(): void {
    this.#socket.send(`{"op":${Op.HEARTBEAT},"d":${this.cursor}}`);
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
    clearInterval(this.#heart);
    this.onFailure(new Error(reason));
  }

  #frame(buffer: Buffer, start: number, end: number): void {
    this.bytes += end - start;
    const position = createdAt(buffer, start, end);
    if (position >= 0) {
      this.heard.add(this.received, position);
      this.received += 1;
      this.cursor = position;
      this.messageBytes = end - start;
      this.onMessage(this);
      return;
    }
    const id = answeredId(buffer, start, end);
    if (id >= 0) this.#answered(id, buffer, start, end);
    else this.#other(opOf(buffer, start), buffer, start, end);
  }

  #answered(id: number, buffer: Buffer, start: number, end: number): void {
    const position = answeredPosition(buffer, start, end);
    if (position >= 0) this.onAnswer(id, position);
    else this.#fail(`a request was refused: ${buffer.toString('utf8', start, Math.min(end, start + 300))}`);
  }

  #other(op: number, buffer: Buffer, start: number, end: number): void {
    if (op === Op.INVALID_SESSION || op === Op.RECONNECT) {
      this.#fail(buffer.toString('utf8', start, Math.min(end, start + 200)));
    } else if (op === Op.DISPATCH) {
      const head = buffer.toString('latin1', start, Math.min(end, start + 60));
      const entered = /^\{"op":0,"t":"(?:READY|RESUMED)","s":(\d+),/.exec(head);
      if (entered === null) {
        this.onDispatch(/^\{"op":0,"t":"(\w+)"/.exec(head)?.[1] ?? '');
        return;
      }
      this.cursor = Number(entered[1]);
      this.#onReady?.();
      this.#onReady = null;
    }
  }
}
