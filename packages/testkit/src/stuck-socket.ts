/** A gateway client on bare TCP that can stop reading: what a phone in a tunnel looks like to the server. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { ServerFrame } from '@snug/protocol';

export interface StuckSocket {
  /** Frames that were read, in order. */
  readonly frames: readonly ServerFrame[];
  /** The last `s` read: where a resume would begin. */
  readonly cursor: number;
  /** How it ended: the close code, or null where the connection just broke. */
  readonly closed: Promise<number | null>;
  send(frame: { op: number; d?: unknown }): void;
  /** Reads nothing more: what the server writes fills its own buffer. */
  stopReading(): void;
  goOnReading(): void;
  until(fits: (frame: ServerFrame) => boolean): Promise<void>;
  destroy(): void;
}

export async function openStuckSocket(port: number): Promise<StuckSocket> {
  const socket = connect({ host: '127.0.0.1', port });
  await once(socket, 'connect');
  const key = randomBytes(16).toString('base64');
  socket.write(
    `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`,
  );
  return new Stuck(socket);
}

class Stuck implements StuckSocket {
  readonly #socket: Socket;
  readonly frames: ServerFrame[] = [];
  cursor = 0;
  readonly closed: Promise<number | null>;
  #code: number | null = null;
  #rest: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  #wake: () => void = () => {};

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#take(chunk));
    // A broken connection is one of the ends this is for.
    socket.on('error', () => {});
    this.closed = new Promise((resolve) => {
      socket.on('close', () => {
        this.#wake();
        resolve(this.#code);
      });
    });
  }

  /** A text frame from client to server, masked with zeroes (RFC 6455, section 5.3). */
  send(frame: { op: number; d?: unknown }): void {
    const payload = Buffer.from(JSON.stringify(frame));
    const long = payload.length >= 126;
    const header = Buffer.alloc(long ? 8 : 6);
    header[0] = 0x81;
    header[1] = 0x80 | (long ? 126 : payload.length);
    if (long) header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }

  stopReading(): void {
    this.#socket.pause();
  }

  goOnReading(): void {
    this.#socket.resume();
  }

  async until(fits: (frame: ServerFrame) => boolean): Promise<void> {
    while (!this.frames.some(fits)) {
      if (this.#socket.destroyed) throw new Error('the socket ended first');
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (!this.#isUpgraded) {
      const end = this.#rest.indexOf('\r\n\r\n');
      if (end < 0) return;
      this.#isUpgraded = true;
      this.#rest = this.#rest.subarray(end + 4);
    }
    while (this.#one());
    this.#wake();
  }

  /** One frame out of what has come; false when there is no whole one. */
  #one(): boolean {
    const rest = this.#rest;
    if (rest.length < 2) return false;
    const short = (rest[1] as number) & 0x7f;
    const header = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (rest.length < header) return false;
    const length = short < 126 ? short : short === 126 ? rest.readUInt16BE(2) : Number(rest.readBigUInt64BE(2));
    if (rest.length < header + length) return false;
    const payload = rest.subarray(header, header + length);
    this.#rest = rest.subarray(header + length);
    const opcode = (rest[0] as number) & 0x0f;
    if (opcode === 8) this.#code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
    if (opcode !== 1) return true;
    const frame = JSON.parse(payload.toString('utf8')) as ServerFrame;
    this.frames.push(frame);
    if (frame.s !== undefined) this.cursor = frame.s;
    return true;
  }
}
