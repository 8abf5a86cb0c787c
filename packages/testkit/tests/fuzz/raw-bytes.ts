/** Bytes on a bare socket: what no well-behaved client of HTTP or WebSocket would send. */
import { connect } from 'node:net';

export interface Exchange {
  /** Everything the server sent. */
  readonly received: Buffer;
  /** Whether the server ended the connection; false when it was still open after the wait. */
  readonly isClosed: boolean;
}

/** Sends the pieces one after another, and listens until the server closes or `ms` have passed. */
export function exchange(port: number, pieces: readonly Buffer[], ms: number, halfClose = false): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').setNoDelay(true);
    const chunks: Buffer[] = [];
    let timer: NodeJS.Timeout | undefined;
    const done = (isClosed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ received: Buffer.concat(chunks), isClosed });
    };
    timer = setTimeout(() => done(false), ms);
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A reset is one way of being closed.
    socket.on('error', () => done(true));
    socket.on('close', () => done(true));
    for (const piece of pieces) socket.write(piece);
    if (halfClose) socket.end();
  });
}

export function handshake(more = ''): Buffer {
  return Buffer.from(
    `GET /ws${more} HTTP/1.1\r\nhost: snug\r\nconnection: Upgrade\r\nupgrade: websocket\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
}

export interface FrameShape {
  readonly fin?: boolean;
  /** The three reserved bits, as a number. */
  readonly reserved?: number;
  readonly opcode: number;
  readonly masked?: boolean;
  readonly payload: Buffer;
  /** What the header claims, if not the truth. */
  readonly claimed?: number | bigint;
}

/** One WebSocket frame, right or wrong. */
export function wsFrame({ fin = true, reserved = 0, opcode, masked = true, payload, claimed }: FrameShape): Buffer {
  const length = claimed ?? payload.length;
  const first = (fin ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = masked ? 0x80 : 0;
  let header: Buffer;
  if (length < 126) header = Buffer.from([first, mask | Number(length)]);
  else if (length < 65_536) {
    header = Buffer.from([first, mask | 126, 0, 0]);
    header.writeUInt16BE(Number(length), 2);
  } else {
    header = Buffer.from([first, mask | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!masked) return Buffer.concat([header, payload]);
  const key = Buffer.from([0x12, 0x34, 0x56, 0x78]);
  const body = Buffer.from(payload);
  for (let at = 0; at < body.length; at++) body[at] = (body[at] as number) ^ (key[at & 3] as number);
  return Buffer.concat([header, key, body]);
}

/** Close codes in what the server sent after a handshake; its frames are not masked. */
export function closeCodes(received: Buffer): number[] {
  const codes: number[] = [];
  let at = received.indexOf('\r\n\r\n') + 4;
  while (at >= 4 && at + 2 <= received.length) {
    const opcode = (received[at] as number) & 0x0f;
    const short = (received[at + 1] as number) & 0x7f;
    const start = at + (short === 126 ? 4 : short === 127 ? 10 : 2);
    if (start > received.length) break;
    const length = short === 126 ? received.readUInt16BE(at + 2) : short === 127 ? Infinity : short;
    if (opcode === 8 && length >= 2 && start + 2 <= received.length) codes.push(received.readUInt16BE(start));
    at = start + length;
  }
  return codes;
}

export interface Flood {
  /** Bytes that left this process, or the kernel took from it. */
  readonly taken: number;
  /** Why it ended: the server read no further, it closed, or all was sent. */
  readonly end: 'held back' | 'closed' | 'all sent';
}

/** How long the server may leave what we write untouched until we say that it holds us back. */
const HELD_BACK_MS = 4000;

/** Writes and never reads. @param most bytes to send at most */
export function floodUnread(port: number, preamble: Buffer, chunk: Buffer, most: number): Promise<Flood> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1').pause();
    const done = (end: Flood['end']): void => {
      clearTimeout(timer);
      resolve({ taken: socket.bytesWritten - socket.writableLength, end });
      socket.destroy();
    };
    let timer: NodeJS.Timeout = setTimeout(() => done('held back'), HELD_BACK_MS);
    const pump = (): void => {
      while (socket.bytesWritten < most) {
        if (!socket.write(chunk)) {
          clearTimeout(timer);
          timer = setTimeout(() => done('held back'), HELD_BACK_MS);
          return;
        }
      }
      done('all sent');
    };
    socket.on('drain', pump);
    // A reset is one way of being closed.
    socket.on('error', () => done('closed'));
    socket.on('close', () => done('closed'));
    socket.write(preamble);
    pump();
  });
}
