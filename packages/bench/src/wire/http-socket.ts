/** The generator's HTTP client: one kept-alive connection, one request at a time, nothing parsed but what is needed. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

export interface HttpAnswer {
  readonly status: number;
  /** `Snug-Position`; -1 without one. */
  readonly position: number;
  readonly body: string;
}

const HEAD_END = '\r\n\r\n';

export class HttpSocket {
  readonly #socket: Socket;
  readonly #port: number;
  #received: Buffer = Buffer.alloc(0);
  #onAnswer: ((answer: HttpAnswer) => void) | null = null;
  #onFailure: (error: Error) => void = () => {};

  static async open(port: number): Promise<HttpSocket> {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true });
    await once(socket, 'connect');
    return new HttpSocket(socket, port);
  }

  private constructor(socket: Socket, port: number) {
    this.#socket = socket;
    this.#port = port;
    socket.on('data', (chunk) => this.#read(chunk as Buffer));
    socket.on('error', (error) => this.#onFailure(error));
    socket.on('close', () => this.#onFailure(new Error('the server closed an HTTP connection')));
  }

  /** Resolves with the answer. A second request must wait for the first. */
  request(method: string, path: string, token: string | null, body?: string): Promise<HttpAnswer> {
    const authorization = token === null ? '' : `Authorization: Bearer ${token}\r\n`;
    const entity =
      body === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`;
    return new Promise((resolve, reject) => {
      this.#onAnswer = resolve;
      this.#onFailure = reject;
      if (this.#socket.destroyed) reject(new Error('the server closed an HTTP connection'));
      this.#socket.write(
        `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${this.#port}\r\n${authorization}${entity}\r\n${body ?? ''}`,
      );
    });
  }

  async close(): Promise<void> {
    this.#onFailure = () => {};
    if (this.#socket.destroyed) return;
    const closed = once(this.#socket, 'close');
    this.#socket.destroy();
    await closed;
  }

  #read(chunk: Buffer): void {
    this.#received = this.#received.length === 0 ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = this.#received.indexOf(HEAD_END);
    if (headEnd < 0) return;
    const head = this.#received.toString('latin1', 0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (length === null) return this.#onFailure(new Error(`an answer without a length:\n${head}`));
    const end = headEnd + HEAD_END.length + Number(length[1]);
    if (this.#received.length < end) return;
    const body = this.#received.toString('utf8', headEnd + HEAD_END.length, end);
    this.#received = this.#received.subarray(end);
    const position = /\r\nsnug-position: (\d+)/i.exec(head);
    this.#onAnswer?.({ status: Number(head.slice(9, 12)), position: Number(position?.[1] ?? -1), body });
  }
}
