import { Op, type Ready, type ServerFrame } from '@snug/protocol';
import { Ending } from './ending.ts';
import type { Listening, ListenOptions } from './listener.ts';

/** The gateway as a listener: Identify or Resume, and Identify again after op 9. */
export function listenOnGateway({ url, token, since, ear, intents, raw }: ListenOptions): Listening {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`);
  const ending = new Ending();
  const send = (op: number, d: unknown): void => socket.send(JSON.stringify({ op, d }));
  const arrival = intents === undefined ? { token } : { token, intents };
  const lose = (): void => {
    ending.end('dropped');
    socket.close();
  };
  const dispatched = ({ t, s, d }: ServerFrame): void => {
    if (t === 'READY') {
      if (!ear.ready(d as Ready, s as number)) return lose();
      ending.alive();
    } else if (t === 'RESUMED') {
      ear.moved(s as number);
      ending.alive();
    } else if (!ear.event(t as string, s, d)) lose();
  };
  const heard = (frame: ServerFrame & { reason?: string }): void => {
    if (frame.op === Op.HELLO) {
      if (since === null) send(Op.IDENTIFY, arrival);
      else send(Op.RESUME, { ...arrival, seq: since });
    } else if (frame.op === Op.DISPATCH) dispatched(frame);
    else if (frame.op === Op.HEARTBEAT_ACK && frame.s !== undefined) ear.moved(frame.s);
    else if (frame.op === Op.INVALID_SESSION) {
      ear.reset(frame.reason ?? '');
      send(Op.IDENTIFY, arrival);
    }
  };
  socket.addEventListener('message', ({ data }) => {
    raw?.(String(data));
    if (!ending.isOver) heard(JSON.parse(String(data)) as ServerFrame);
  });
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', ({ code, reason }) => {
      ending.end(`${code} ${reason}`);
      resolve();
    });
  });
  const drop = async (): Promise<void> => {
    lose();
    await closed;
  };
  return { transport: 'gateway', live: ending.live, ended: ending.ended, drop, [Symbol.asyncDispose]: drop };
}
