/** Rounds of broadcasts: so many messages at once, or so many always under way, until the time is over. */
import { cpuSeconds } from '../process/proc-usage.ts';
import { WireSocket } from '../wire/wire-socket.ts';

/** Somebody who speaks to everybody. */
export interface Broadcaster {
  readonly pid: number;
  readonly members: number;
  say(count: number): void;
  /** Calls back once everybody has heard a message. */
  onHeardByAll(listener: () => void): void;
}

export interface BroadcastUsage {
  /** Of the server. */
  readonly cpuPerDelivery: number;
  readonly deliveriesPerSecond: number;
  /** How much of its core the server used, 0 to 1. */
  readonly busy: number;
}

/**
 * Says `burst` messages at once, waits until everybody heard them all, and again: `count` messages in all.
 * A `burst` of one is one message a turn.
 */
export function sayInBursts(broadcaster: Broadcaster, burst: number, count: number): Promise<BroadcastUsage> {
  return measure(broadcaster, count, (heard) => {
    if (heard % burst === 0 && heard < count) broadcaster.say(Math.min(burst, count - heard));
  });
}

/** Keeps `width` messages under way: each one that everybody heard is followed by the next. */
export function sayContinuously(broadcaster: Broadcaster, width: number, count: number): Promise<BroadcastUsage> {
  return measure(broadcaster, count, (heard) => {
    if (heard === 0) for (let each = 0; each < Math.min(width, count); each++) broadcaster.say(1);
    else if (heard + width <= count) broadcaster.say(1);
  });
}

/** @param pace told how many messages everybody has heard, 0 at the beginning: says what comes next. */
async function measure(
  broadcaster: Broadcaster,
  count: number,
  pace: (heard: number) => void,
): Promise<BroadcastUsage> {
  const cpu = cpuSeconds(broadcaster.pid);
  const began = performance.now();
  let heard = 0;
  await new Promise<void>((resolve) => {
    broadcaster.onHeardByAll(() => {
      heard += 1;
      pace(heard);
      if (heard === count) resolve();
    });
    pace(0);
  });
  const seconds = (performance.now() - began) / 1000;
  const used = cpuSeconds(broadcaster.pid) - cpu;
  const deliveries = count * broadcaster.members;
  return { cpuPerDelivery: used / deliveries, deliveriesPerSecond: deliveries / seconds, busy: used / seconds };
}

/** As many connections to a bare broadcasting server. `bytes` is how long its messages are. */
export class BareBroadcaster implements Broadcaster, AsyncDisposable {
  readonly pid: number;
  readonly #sockets: readonly WireSocket[];
  readonly #text: string;
  #heard = 0;
  #onHeardByAll: () => void = () => {};

  static async open({ port, pid }: { port: number; pid: number }, members: number, bytes: number) {
    const sockets: WireSocket[] = [];
    while (sockets.length < members) sockets.push(await WireSocket.open({ port }));
    return new BareBroadcaster(pid, sockets, bytes);
  }

  private constructor(pid: number, sockets: readonly WireSocket[], bytes: number) {
    this.pid = pid;
    this.#sockets = sockets;
    this.#text = JSON.stringify({ op: 0, d: 'x'.repeat(bytes - '{"op":0,"d":""}'.length) });
    for (const socket of sockets) {
      socket.onMessage = () => this.#count();
      socket.onEnd = (reason) => {
        throw new Error(`the broadcasting server ended a connection: ${reason}`);
      };
    }
  }

  get members(): number {
    return this.#sockets.length;
  }

  say(count: number): void {
    this.#sockets[0]?.send(...Array.from({ length: count }, () => this.#text));
  }

  onHeardByAll(listener: () => void): void {
    this.#onHeardByAll = listener;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.close()));
  }

  /** Nothing is lost or overtaken on a bare socket: every `members` messages make one that all have heard. */
  #count(): void {
    this.#heard += 1;
    if (this.#heard % this.#sockets.length === 0) this.#onHeardByAll();
  }
}
