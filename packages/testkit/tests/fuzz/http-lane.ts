/**
 * A connection that speaks HTTP/1.1 in bytes of the test's choosing, many requests in flight: fetch() would tidy what is
 * meant to be hostile, and costs more than the server does.
 */
import { connect, type Socket } from 'node:net';

export interface LaneAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

const HANG_MS = 30_000;
const HEAD_END = Buffer.from('\r\n\r\n');

/** One answer at the front of what came, and the bytes after it; null while it is not all there. */
export function takeAnswer(bytes: Buffer): { answer: LaneAnswer; rest: Buffer } | null {
  const end = bytes.indexOf(HEAD_END);
  if (end < 0) return null;
  const [first = '', ...lines] = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? Number.NaN);
  if (Number.isNaN(status)) throw new Error(`no answer of HTTP: ${first.slice(0, 200)}`);
  const headers = new Map(lines.map((line) => split(line)));
  const start = end + HEAD_END.length;
  if (status < 200) return takeAnswer(bytes.subarray(start));
  if (headers.get('transfer-encoding') === 'chunked') return takeChunked(bytes, start, status, headers);
  const length = status === 204 || status === 304 ? 0 : Number(headers.get('content-length') ?? 0);
  if (bytes.length < start + length) return null;
  const body = bytes.subarray(start, start + length).toString('utf8');
  return { answer: { status, headers, body }, rest: bytes.subarray(start + length) };
}

function takeChunked(bytes: Buffer, start: number, status: number, headers: Map<string, string>) {
  const last = bytes.indexOf('0\r\n\r\n', start);
  if (last < 0) return null;
  const body = bytes.subarray(start, last).toString('utf8');
  return { answer: { status, headers, body }, rest: bytes.subarray(last + 5) };
}

function split(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

interface Waiting {
  readonly bytes: Buffer;
  readonly resolve: (answer: LaneAnswer) => void;
  readonly reject: (error: Error) => void;
}

export class HttpLane {
  readonly #port: number;
  readonly #depth: number;
  #socket: Socket | null = null;
  #received: Buffer = Buffer.alloc(0);
  /** Written and not answered, oldest first. */
  #flying: Waiting[] = [];
  #queue: Waiting[] = [];
  #timer: NodeJS.Timeout | null = null;
  #answeredHere = 0;
  /** How many are still to be sent without company. */
  #alone = 0;
  reconnects = 0;

  /** @param depth requests in flight at once */
  constructor(port: number, depth: number) {
    this.#port = port;
    this.#depth = depth;
  }

  /** @throws when no answer comes in time, or the connection ends where it should not */
  send(bytes: Buffer): Promise<LaneAnswer> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ bytes, resolve, reject });
      this.#pump();
    });
  }

  close(): void {
    this.#watch();
    this.#socket?.removeAllListeners().on('error', () => {});
    this.#socket?.destroy();
  }

  #pump(): void {
    if (this.#queue.length === 0) return;
    const room = (this.#alone > 0 ? 1 : this.#depth) - this.#flying.length;
    const batch = this.#queue.splice(0, Math.max(0, room));
    if (batch.length === 0) return;
    if (this.#alone > 0) this.#alone -= 1;
    this.#flying.push(...batch);
    const socket = this.#socket ?? this.#connect();
    socket.write(Buffer.concat(batch.map(({ bytes }) => bytes)));
    this.#watch();
  }

  #connect(): Socket {
    const socket = connect(this.#port, '127.0.0.1').setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    // The reason is in how many answers are missing; `close` follows.
    socket.on('error', () => {});
    socket.on('close', () => this.#ended(socket));
    this.#socket = socket;
    this.#received = Buffer.alloc(0);
    this.#answeredHere = 0;
    return socket;
  }

  #receive(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    for (;;) {
      const taken = takeAnswer(this.#received);
      if (taken === null) break;
      this.#received = taken.rest;
      this.#answeredHere += 1;
      this.#flying.shift()?.resolve(taken.answer);
    }
    this.#watch();
    this.#pump();
  }

  /**
   * The server closes after some refusals; what it had not looked at is asked again on a new connection. When it closed
   * without any answer, one of those in flight is to blame: they are asked again one by one.
   */
  #ended(socket: Socket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.reconnects += 1;
    if (this.#answeredHere === 0) {
      this.#alone = this.#flying.length;
      if (this.#flying.length === 1) {
        const { bytes, reject } = this.#flying.shift() as Waiting;
        reject(new Error(`the connection closed without an answer to ${bytes.toString('latin1').slice(0, 500)}`));
      }
    }
    this.#queue = [...this.#flying.splice(0), ...this.#queue];
    this.#watch();
    this.#pump();
  }

  #watch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const oldest = this.#flying[0];
    if (oldest === undefined) return;
    this.#timer = setTimeout(() => {
      const text = oldest.bytes.toString('latin1').slice(0, 500);
      oldest.reject(new Error(`no answer in ${HANG_MS} ms to ${text}`));
    }, HANG_MS);
  }
}
