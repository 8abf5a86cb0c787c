import { WireSocket } from '../wire/wire-socket.ts';
import type { Broadcaster } from './broadcasts.ts';
import { RollCall } from './roll-call.ts';

/** Connections to a bare broadcasting server, one of which speaks. */
export class BareBroadcaster implements Broadcaster, AsyncDisposable {
  readonly pid: number;
  readonly roll: RollCall;
  onFailure: (error: Error) => void = () => {};
  readonly #sockets: readonly WireSocket[];
  readonly #text: string;

  /** As many members as the other has, and messages as long as its own. */
  static async like(
    other: Broadcaster & { messageBytes(): Promise<number> },
    { port, pid }: { port: number; pid: number },
  ): Promise<BareBroadcaster> {
    const sockets: WireSocket[] = [];
    while (sockets.length < other.members) sockets.push(await WireSocket.open({ port }));
    return new BareBroadcaster(pid, sockets, await other.messageBytes());
  }

  private constructor(pid: number, sockets: readonly WireSocket[], bytes: number) {
    this.pid = pid;
    this.#sockets = sockets;
    this.#text = JSON.stringify({ op: 0, d: 'x'.repeat(bytes - '{"op":0,"d":""}'.length) });
    this.roll = new RollCall(sockets.length);
    for (const socket of sockets) {
      let received = 0;
      socket.onMessage = () => this.roll.heard(received++);
      socket.onEnd = (reason) => this.onFailure(new Error(`the broadcasting server ended a connection: ${reason}`));
    }
  }

  get members(): number {
    return this.#sockets.length;
  }

  say(count: number): void {
    this.#sockets[0]?.send(...Array.from({ length: count }, () => this.#text));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket.close()));
  }
}
