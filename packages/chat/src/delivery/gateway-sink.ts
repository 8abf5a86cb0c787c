/** One gateway connection: decodes frames, answers opcodes, and is the sink of its reader (Blueprint "Connection"). */
import {
  ALL_INTENTS,
  type ClientFrame,
  CloseCode,
  type Identify,
  Op,
  Refusal,
  type RequestMembers,
  type Resume,
} from '@snug/protocol';
import type { WebSocket } from 'ws';
import type { z } from 'zod';
import type { Actor } from '../commands/handler.ts';
import { arrivalOf, CLOSE_CODES, parseFrame } from '../edge/client-frames.ts';
import type { GatewayParts } from '../edge/websocket.ts';
import { membersChunk } from '../ephemeral/members-chunk.ts';
import { setPresence } from '../ephemeral/set-presence.ts';
import { Frame, socketFrame } from './frames.ts';
import { GatewayRequests } from './gateway-requests.ts';
import type { Reader, ResetReason, Sink } from './reader.ts';
import type { Snapshot } from './snapshot.ts';
import { SocketWriter } from './socket-writer.ts';

const ACK = socketFrame('{"op":11}');

export class GatewayConnection implements Sink {
  readonly transport = 'gateway';
  readonly #parts: GatewayParts;
  readonly #ws: WebSocket;
  readonly #writer: SocketWriter;
  readonly #requests: GatewayRequests;
  readonly trace: string;
  #reader: Reader | null = null;
  readonly #address: string;
  #actor: Actor | null = null;
  /** auth's session, from the moment its reader arrives. */
  #authSessionId: string | null = null;
  #isIdentifying = false;
  #isClosing = false;
  /** Not reading from the client until it has read what waits for it. */
  #isHeldBack = false;
  /** A snapshot on its way may be larger than the buffer: until it has left, it does not count as slowness. */
  #snapshotBytes = 0;
  lastHeard: number;

  constructor(parts: GatewayParts, ws: WebSocket, trace: string, address: string) {
    this.#parts = parts;
    this.#address = address;
    this.#ws = ws;
    this.#writer = new SocketWriter(ws, parts.flusher);
    this.trace = trace;
    this.lastHeard = parts.services.now();
    this.#requests = new GatewayRequests(parts, {
      trace,
      address,
      standing: () =>
        this.#actor === null || this.#reader === null ? null : { actor: this.#actor, reader: this.#reader },
      become: (actor) => {
        this.#actor = actor;
      },
      say: (text) => this.#answer(text),
      close: (code, reason) => this.close(code, reason),
    });
    this.#send(`{"op":10,"d":{"heartbeat_interval":${parts.heartbeatInterval}}}`);
  }

  /** One message from the client. Never throws: whatever is wrong with it gets a name. */
  receive(data: Buffer, isBinary: boolean): void {
    this.lastHeard = this.#parts.services.now();
    try {
      this.#parts.frameLimit.take(this.trace);
      if (isBinary) throw new Refusal('BAD_REQUEST', { detail: 'Frames are JSON text.' });
      const frame = parseFrame(data);
      if (frame.op === Op.REQUEST) void this.#requests.answer(frame.d);
      else this.#handle(frame).catch((error: unknown) => this.#failed(error));
    } catch (error) {
      this.#failed(error);
    }
  }

  /** A ping of the protocol below ours; it counts as a frame, and its pong waits like any answer. */
  pinged(data: Buffer): void {
    if (this.#isClosing) return;
    this.lastHeard = this.#parts.services.now();
    try {
      this.#parts.frameLimit.take(this.trace);
      this.#ws.pong(data, false);
      this.#holdBack();
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Identifies at once with a token from the URL, as Blueprint's `/ws?token=` asks. */
  async identifyWith(credential: { token: string } | { ticket: string }): Promise<void> {
    this.#isIdentifying = true;
    const { actorOf, actorOfTicket } = this.#parts;
    try {
      const actor =
        'token' in credential
          ? await actorOf(credential.token, this.trace, this.#address)
          : await actorOfTicket(credential.ticket, this.trace, this.#address);
      await this.#identify({ token: '' }, actor);
    } catch (error) {
      this.#failed(error);
    }
  }

  get capacity(): number {
    return this.#parts.services.settings.reader_buffer;
  }

  get isFilling(): boolean {
    return this.#isClosing || this.#writer.buffered > this.capacity / 2;
  }

  write(frame: Frame): void {
    // What does not last must not take the place of what does.
    if (this.#isClosing || (frame.isEphemeral && this.isFilling)) return;
    if (this.#writer.buffered <= this.capacity) this.#snapshotBytes = 0;
    if (this.#writer.buffered > this.capacity + this.#snapshotBytes) {
      // What this turn brought has not been offered yet: a burst does not make a reader slow.
      this.#writer.flush();
      if (this.#writer.buffered > this.capacity + this.#snapshotBytes) return this.#tooSlow();
    }
    this.#writer.push(frame.socket);
  }

  reset(reason: ResetReason): void {
    this.#leave();
    this.#send(JSON.stringify({ op: Op.INVALID_SESSION, d: false, reason }));
  }

  close(code: number, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    this.#leave();
    this.#writer.flush();
    this.#ws.close(code, reason);
    // A reader that does not read will not answer the close either.
    setTimeout(() => this.#ws.terminate(), 3000).unref();
  }

  /** The node is going away: the client resumes elsewhere (op 7). */
  reconnect(): void {
    this.#send(`{"op":${Op.RECONNECT}}`);
  }

  /** The socket is gone. */
  ended(): void {
    this.#isClosing = true;
    this.#leave();
  }

  #leave(): void {
    if (this.#reader !== null) this.#parts.sessions.end(this.#reader);
    this.#reader = null;
  }

  #send(text: string): void {
    if (!this.#isClosing) this.#writer.push(socketFrame(text));
  }

  /** What the client asked for is written whatever waits already; then nothing more is read until it was read (E28). */
  #answer(text: string): void {
    this.#send(text);
    this.#holdBack();
  }

  #holdBack(): void {
    const { reader_buffer } = this.#parts.services.settings;
    if (this.#isClosing || this.#isHeldBack || this.#writer.buffered <= reader_buffer) return;
    this.#isHeldBack = true;
    this.#ws.pause();
    void this.#room().then((goesOn) => {
      this.#isHeldBack = false;
      if (goesOn) this.#ws.resume();
    });
  }

  #tooSlow(): void {
    if (this.#isClosing) return;
    if (this.#authSessionId !== null) this.#parts.sessions.wasSlow(this.#authSessionId);
    this.close(CloseCode.READER_TOO_SLOW, 'READER_TOO_SLOW');
  }

  /** Waits until most of what was written has left, so that a long catch-up stays within the buffer. */
  readonly #room = async (): Promise<boolean> => {
    const limit = this.#parts.services.settings.reader_buffer / 2;
    while (!this.#isClosing && this.#writer.buffered > limit) {
      if (!(await this.#writer.drained(this.#parts.drainTimeout))) this.#tooSlow();
    }
    return !this.#isClosing;
  };

  async #handle(frame: Exclude<ClientFrame, { op: 12 }>): Promise<void> {
    switch (frame.op) {
      case Op.HEARTBEAT:
        return this.#heartbeat(frame.d ?? null);
      case Op.IDENTIFY:
        return this.#identify(frame.d, await this.#actorFor(frame.d.token));
      case Op.RESUME:
        return this.#resume(frame.d, await this.#actorFor(frame.d.token));
      case Op.PRESENCE_UPDATE:
        return setPresence(this.#parts.services, this.#requireReader(), frame.d);
      case Op.REQUEST_MEMBERS:
        return this.#members(frame.d);
      case Op.VOICE_STATE_UPDATE:
        throw new Refusal('NOT_AVAILABLE', { detail: 'There are no calls on this instance yet.' });
    }
  }

  #heartbeat(confirmed: number | null): void {
    const reader = this.#reader;
    if (reader !== null && confirmed !== null) this.#parts.sessions.confirm(reader, confirmed);
    if (reader === null) {
      this.#writer.push(ACK);
      this.#holdBack();
    } else this.#answer(`{"op":11,"s":${this.#parts.sessions.advance(reader)}}`);
  }

  async #actorFor(token: string): Promise<Actor> {
    if (this.#reader !== null || this.#isIdentifying) {
      this.close(CloseCode.ALREADY_IDENTIFIED, 'ALREADY_IDENTIFIED');
      throw new Refusal('BAD_REQUEST');
    }
    this.#isIdentifying = true;
    try {
      return await this.#parts.actorOf(token, this.trace, this.#address);
    } catch (error) {
      this.#isIdentifying = false;
      throw error;
    }
  }

  async #identify(given: z.infer<typeof Identify>, actor: Actor): Promise<void> {
    this.#authSessionId = actor.claims.sid;
    try {
      const arrival = arrivalOf(given);
      const begin = ({ position, json }: Snapshot): void => {
        this.#snapshotBytes = Buffer.byteLength(json);
        this.#send(`{"op":0,"t":"READY","s":${position},"d":${json}}`);
      };
      this.#enter(actor, await this.#parts.sessions.start(actor, this, arrival, this.trace, begin, this.#room));
    } finally {
      this.#isIdentifying = false;
    }
  }

  async #resume(given: z.infer<typeof Resume>, actor: Actor): Promise<void> {
    this.#authSessionId = actor.claims.sid;
    try {
      const outcome = await this.#parts.sessions.resume(actor, this, arrivalOf(given), given.seq, this.#room);
      if (typeof outcome === 'string') {
        this.#send(JSON.stringify({ op: Op.INVALID_SESSION, d: false, reason: outcome }));
        return;
      }
      this.#enter(actor, outcome);
      this.#send(`{"op":0,"t":"RESUMED","s":${outcome.cursor},"d":{}}`);
    } catch (error) {
      if (error instanceof Refusal && error.code === 'NODE_BEHIND') return this.reconnect();
      throw error;
    } finally {
      this.#isIdentifying = false;
    }
  }

  #enter(actor: Actor, reader: Reader): void {
    if (this.#isClosing || reader.isClosed) return this.#parts.sessions.end(reader);
    this.#actor = actor;
    this.#reader = reader;
  }

  #members(asked: z.infer<typeof RequestMembers>): void {
    const { world, presences } = this.#parts.services;
    const json = JSON.stringify(membersChunk(world, presences, this.#requireReader(), asked));
    this.write(new Frame('SERVER_MEMBERS_CHUNK', null, ALL_INTENTS, json));
  }

  #requireReader(): Reader {
    if (this.#reader === null) throw new Refusal('NOT_READY');
    return this.#reader;
  }

  /** A frame that failed: a name and, where going on makes no sense, a close code. */
  #failed(error: unknown): void {
    if (this.#isClosing) return;
    const problem = this.#parts.problemOf(error, this.trace);
    const code = CLOSE_CODES[problem.code];
    if (code !== undefined) this.close(code, problem.code);
    // What was asked cannot be had; the connection itself is fine.
    else this.#answer(JSON.stringify({ op: Op.RESPONSE, d: { id: 0, ok: false, error: problem } }));
  }
}
