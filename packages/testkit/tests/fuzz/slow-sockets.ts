/** Requests that come a byte at a time and never end: a server without limits would keep every one of them. */
import { connect, type Socket } from 'node:net';
import { type LaneAnswer, takeAnswer } from './http-lane.ts';

/** A request may take 30 s to arrive, and what took longer is looked for every 5 s. */
const ENDED_AFTER_MS = 40_000;

export class SlowSockets {
  readonly #sockets: Socket[];
  readonly #timer: NodeJS.Timeout;
  readonly #since = performance.now();
  /** What each was told. */
  readonly #received: Buffer[][] = [];

  constructor(port: number, count: number) {
    this.#sockets = Array.from({ length: count }, (_, index) => {
      const socket = connect(port, '127.0.0.1');
      // A reset is one way of being closed.
      socket.on('error', () => {});
      const received: Buffer[] = [];
      this.#received.push(received);
      socket.on('data', (chunk: Buffer) => received.push(chunk));
      // Some never finish the head, others never the body.
      socket.write(
        index % 2 === 0 ? 'GET / HTTP/1.1\r\nhost: x\r\nx: ' : 'POST /api/v1/auth/login HTTP/1.1\r\nhost: x\r\n',
      );
      if (index % 2 === 1) socket.write('content-type: application/json\r\ncontent-length: 10000\r\n\r\n{');
      return socket;
    });
    this.#timer = setInterval(() => {
      for (const socket of this.#sockets) if (socket.writable) socket.write('a');
    }, 2000);
  }

  /** How many the server still listens to, at the earliest when it has had the time to end them. */
  async stillOpen(): Promise<number> {
    while (performance.now() - this.#since < ENDED_AFTER_MS && this.#open > 0) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return this.#open;
  }

  /** The answers, one a socket. */
  answers(): LaneAnswer[] {
    return this.#received.map((chunks) => {
      const taken = takeAnswer(Buffer.concat(chunks));
      if (taken === null) throw new Error('ended without an answer');
      return taken.answer;
    });
  }

  get #open(): number {
    return this.#sockets.filter((socket) => !socket.destroyed).length;
  }

  close(): void {
    clearInterval(this.#timer);
    for (const socket of this.#sockets) socket.destroy();
  }
}
