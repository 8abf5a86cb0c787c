/**
 * Writes prebuilt frames straight to the sockets under `ws` (E27): every connection is flushed once a turn, and
 * connections with the same frames waiting share one buffer. The only file that knows `ws` from the inside; its
 * version is pinned because of it.
 */
import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** Beyond `ws`'s public types: the socket it writes its own frames to. */
interface WithSocket {
  readonly _socket: Socket | null;
}

export class SocketWriter {
  readonly #ws: WebSocket;
  readonly #flusher: Flusher;
  /** What waits for the end of this turn. */
  frames: Buffer[] = [];
  bytes = 0;

  constructor(ws: WebSocket, flusher: Flusher) {
    this.#ws = ws;
    this.#flusher = flusher;
  }

  push(frame: Buffer): void {
    if (this.frames.length === 0) this.#flusher.add(this);
    this.frames.push(frame);
    this.bytes += frame.length;
  }

  /** Bytes that were pushed and have not left the process. */
  get buffered(): number {
    return this.bytes + (this.socket?.writableLength ?? 0);
  }

  get socket(): Socket | null {
    return (this.#ws as unknown as WithSocket)._socket;
  }

  get isOpen(): boolean {
    return this.#ws.readyState === this.#ws.OPEN;
  }

  /** Writes what waits, so that a close frame comes after it. */
  flush(): void {
    const frames = this.take();
    if (frames.length > 0 && this.isOpen) this.socket?.write(Buffer.concat(frames));
  }

  /** Once some of what waits has left, or the socket is gone. False: nothing left in `timeout` ms. */
  async drained(timeout: number): Promise<boolean> {
    this.flush();
    const { socket } = this;
    if (socket === null || !socket.writableNeedDrain) {
      // Less than the socket would ever say it drained: a turn later it has left, or more has come.
      await new Promise((resolve) => setImmediate(resolve));
      return true;
    }
    return new Promise((resolve) => {
      const settle = (hasDrained: boolean): void => {
        socket.off('drain', onDrain);
        socket.off('close', onDrain);
        clearTimeout(timer);
        resolve(hasDrained);
      };
      const onDrain = (): void => settle(true);
      const timer = setTimeout(() => settle(false), timeout);
      socket.once('drain', onDrain);
      socket.once('close', onDrain);
    });
  }

  take(): Buffer[] {
    const frames = this.frames;
    this.frames = [];
    this.bytes = 0;
    return frames;
  }
}

/** The end of a turn for all connections of a process. */
export class Flusher {
  #waiting: SocketWriter[] = [];
  /** What the last connection was sent, and from which frames: a broadcast's next connection has the same. */
  #frames: readonly Buffer[] = [];
  #joined: Buffer = Buffer.alloc(0);
  /** Writes to sockets, for `/metrics`. */
  writes = 0;

  add(writer: SocketWriter): void {
    if (this.#waiting.length === 0) setImmediate(() => this.#flush());
    this.#waiting.push(writer);
  }

  #flush(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const writer of waiting) {
      const frames = writer.take();
      if (frames.length === 0 || !writer.isOpen) continue;
      this.writes += 1;
      writer.socket?.write(this.#join(frames));
    }
    this.#frames = [];
    this.#joined = Buffer.alloc(0);
  }

  #join(frames: readonly Buffer[]): Buffer {
    if (frames.length === 1) return frames[0] as Buffer;
    const isSame =
      frames.length === this.#frames.length && frames.every((frame, index) => frame === this.#frames[index]);
    if (!isSame) {
      this.#frames = frames;
      this.#joined = Buffer.concat(frames);
    }
    return this.#joined;
  }
}
