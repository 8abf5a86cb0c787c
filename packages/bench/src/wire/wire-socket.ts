/**
 * The generator's WebSocket: a client that costs little enough to saturate a server from one core. All sockets of the
 * process read into one buffer, and frames are handed out as places in it, to be looked at at once and not kept.
 */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A whole text message in `buffer[start, end)`, valid only during the call. */
export type OnMessage = (buffer: Buffer, start: number, end: number) => void;

export interface WireOptions {
  readonly port: number;
  /** Source address within 127.0.0.0/8: ten thousand connections need more than one for their ports. */
  readonly from?: string;
  readonly path?: string;
}

const READ_BUFFER = Buffer.allocUnsafeSlow(1 << 18);
const MASK = randomBytes(4);
const TEXT = 1;
const CLOSE = 8;
const PING = 9;

export class WireSocket {
  onMessage: OnMessage = () => {};
  /** The other side ended it; not called after `close`. */
  onEnd: (reason: string) => void = () => {};
  readonly #socket: Socket;
  #partial: Buffer | null = null;
  #opened: ((error?: Error) => void) | null = null;
  #isClosed = false;

  static async open(options: WireOptions): Promise<WireSocket> {
    const socket = new WireSocket(options);
    await new Promise<void>((resolve, reject) => {
      socket.#opened = (error) => (error === undefined ? resolve() : reject(error));
    });
    return socket;
  }

  private constructor({ port, from, path = '/ws' }: WireOptions) {
    const key = randomBytes(16).toString('base64');
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      noDelay: true,
      ...(from === undefined ? {} : { localAddress: from }),
      onread: {
        buffer: READ_BUFFER,
        callback: (length) => {
          this.#read(length);
          return true;
        },
      },
    });
    this.#socket.on('connect', () => {
      this.#socket.write(
        `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
    });
    this.#socket.on('error', (error) => this.#ended(error.message));
    this.#socket.on('close', () => this.#ended('the socket closed'));
  }

  /** Sends messages in one write. */
  send(...messages: readonly string[]): void {
    const frames = messages.map((text) => clientFrame(TEXT, Buffer.from(text)));
    this.#socket.write(frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames));
  }

  async close(): Promise<void> {
    if (this.#socket.destroyed) return;
    this.#isClosed = true;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }

  #ended(reason: string): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#opened?.(new Error(`no connection: ${reason}`));
    this.onEnd(reason);
  }

  #read(length: number): void {
    let buffer = READ_BUFFER;
    let end = length;
    if (this.#partial !== null) {
      buffer = Buffer.concat([this.#partial, READ_BUFFER.subarray(0, length)]);
      end = buffer.length;
      this.#partial = null;
    }
    const at = this.#opened === null ? 0 : this.#readUpgrade(buffer, end);
    const rest = this.#opened === null ? this.#readFrames(buffer, at, end) : at;
    if (rest < end) this.#partial = Buffer.from(buffer.subarray(rest, end));
  }

  /** Where the first frame begins; 0 while the answer to the upgrade is incomplete. */
  #readUpgrade(buffer: Buffer, end: number): number {
    const headEnd = buffer.subarray(0, end).indexOf('\r\n\r\n');
    if (headEnd < 0) return 0;
    const status = buffer.toString('latin1', 0, Math.min(12, end));
    const opened = this.#opened;
    this.#opened = null;
    opened?.(status === 'HTTP/1.1 101' ? undefined : new Error(`the upgrade was answered with ${status}`));
    return headEnd + 4;
  }

  #readFrames(buffer: Buffer, from: number, end: number): number {
    let at = from;
    while (end - at >= 2) {
      const short = (buffer[at + 1] as number) & 0x7f;
      const header = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (end - at < header) break;
      const length =
        short < 126 ? short : short === 126 ? buffer.readUInt16BE(at + 2) : Number(buffer.readBigUInt64BE(at + 2));
      const next = at + header + length;
      if (next > end) break;
      this.#frame((buffer[at] as number) & 0x0f, buffer, at + header, next);
      at = next;
    }
    return at;
  }

  #frame(opcode: number, buffer: Buffer, start: number, end: number): void {
    if (opcode === TEXT) this.onMessage(buffer, start, end);
    else if (opcode === PING) this.#socket.write(clientFrame(10, Buffer.from(buffer.subarray(start, end))));
    else if (opcode === CLOSE) {
      const code = end - start >= 2 ? buffer.readUInt16BE(start) : 1005;
      this.#ended(`closed with ${code} ${buffer.toString('utf8', Math.min(end, start + 2), end)}`);
      this.#socket.destroy();
    } else throw new Error(`unexpected WebSocket opcode ${opcode}`);
  }
}

/** A final frame, masked as a client's must be. */
function clientFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length > 0xffff) throw new Error('the generator sends short messages only');
  const header = length < 126 ? 2 : 4;
  const frame = Buffer.allocUnsafe(header + 4 + length);
  frame[0] = 0x80 | opcode;
  frame[1] = 0x80 | (length < 126 ? length : 126);
  if (length >= 126) frame.writeUInt16BE(length, 2);
  MASK.copy(frame, header);
  const start = header + 4;
  for (let i = 0; i < length; i++) frame[start + i] = (payload[i] as number) ^ (MASK[i & 3] as number);
  return frame;
}
