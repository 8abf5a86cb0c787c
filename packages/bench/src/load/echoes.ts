/** The same load on a bare echo server: as many connections, messages as long, one at a time each. */
import { cpuSeconds } from '../process/proc-usage.ts';
import { HttpSocket } from '../wire/http-socket.ts';
import { WireSocket } from '../wire/wire-socket.ts';
import { ClosedLoop } from './closed-loop.ts';
import { Sends } from './sends.ts';

const CHANNEL = '0'.repeat(26);

export interface Echoes extends AsyncDisposable {
  /** Sends and hears so many messages. Answers CPU seconds of the server per answer. */
  round(count: number): Promise<number>;
}

export async function echoOverWebSocket({ port, pid }: { port: number; pid: number }, width: number): Promise<Echoes> {
  const sends = new Sends();
  const sockets: WireSocket[] = [];
  while (sockets.length < width) sockets.push(await WireSocket.open({ port }));
  const round: Echoes['round'] = async (count) => {
    const cpu = cpuSeconds(pid);
    const loop = new ClosedLoop(width, count, (slot) => sockets[slot]?.send(sends.nextFrame(CHANNEL)));
    for (const [slot, socket] of sockets.entries()) {
      socket.onMessage = () => loop.answered(slot);
      socket.onEnd = (reason) => loop.failed(new Error(`the echo server ended a connection: ${reason}`));
    }
    await loop.finished;
    return (cpuSeconds(pid) - cpu) / count;
  };
  return { round, [Symbol.asyncDispose]: () => closeAll(sockets) };
}

export async function echoOverHttp({ port, pid }: { port: number; pid: number }, width: number): Promise<Echoes> {
  const sends = new Sends();
  const sockets: HttpSocket[] = [];
  while (sockets.length < width) sockets.push(await HttpSocket.open(port));
  const round: Echoes['round'] = async (count) => {
    const cpu = cpuSeconds(pid);
    const loop = new ClosedLoop(width, count, (slot) => {
      const { content, nonce } = sends.next(CHANNEL);
      const body = JSON.stringify({ content, nonce });
      const path = `/api/v1/channels/${CHANNEL}/messages`;
      void (sockets[slot] as HttpSocket).request('POST', path, 'none', body).then(
        () => loop.answered(slot),
        (error: Error) => loop.failed(error),
      );
    });
    await loop.finished;
    return (cpuSeconds(pid) - cpu) / count;
  };
  return { round, [Symbol.asyncDispose]: () => closeAll(sockets) };
}

async function closeAll(sockets: readonly { close(): Promise<void> }[]): Promise<void> {
  await Promise.all(sockets.map((socket) => socket.close()));
}
