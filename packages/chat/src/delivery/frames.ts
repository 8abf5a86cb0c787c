/**
 * A dispatch, encoded at most once per encoding whatever the number of readers (E27): as a ready WebSocket frame, as
 * an SSE block, as a sync entry.
 */
import { EVENTS, type EventType } from '@snug/protocol';

export class Frame {
  readonly type: string;
  /** The reader's cursor after this frame; null for what does not last. */
  readonly position: number | null;
  readonly intent: number;
  readonly json: string;
  /** Another frame of the same position follows: this one must not move the cursor there (E3). */
  readonly isHead: boolean;
  #socket: Buffer | null = null;
  #sse: string | null = null;

  constructor(type: string, position: number | null, intent: number, json: string, isHead = false) {
    this.type = type;
    this.position = position;
    this.intent = intent;
    this.json = json;
    this.isHead = isHead;
  }

  static ofEvent(type: EventType, position: number, json: string): Frame {
    return new Frame(type, position, EVENTS[type].intent, json);
  }

  get isEphemeral(): boolean {
    return this.position === null;
  }

  /** The same dispatch in front of others of its position. */
  asHead(): Frame {
    return new Frame(this.type, this.position, this.intent, this.json, true);
  }

  /** The same dispatch repeating a cursor: within a group only the last one arrives at the position (E3). */
  repeating(cursor: number): Frame {
    return new Frame(this.type, cursor, this.intent, this.json, true);
  }

  get socket(): Buffer {
    if (this.#socket === null) {
      const s = this.position === null ? '' : `"s":${this.position},`;
      this.#socket = socketFrame(`{"op":0,"t":"${this.type}",${s}"d":${this.json}}`);
    }
    return this.#socket;
  }

  get sse(): string {
    if (this.#sse === null) {
      const id = this.position === null || this.isHead ? '' : `id: ${this.position}\n`;
      this.#sse = `${id}event: ${this.type}\ndata: ${this.json}\n\n`;
    }
    return this.#sse;
  }

  /** An entry of sync's `events` or `ephemeral`. */
  get sync(): string {
    const s = this.position === null ? '' : `"s":${this.position},`;
    return `{"t":"${this.type}",${s}"d":${this.json}}`;
  }
}

/** A text frame from server to client (RFC 6455, section 5.2): final, unmasked. */
export function socketFrame(payload: string): Buffer {
  const length = Buffer.byteLength(payload);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(header + length);
  frame[0] = 0x81;
  if (header === 2) {
    frame[1] = length;
  } else if (header === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.write(payload, header, 'utf8');
  return frame;
}
