/** Gateway connections under attack: what is asked on them, and what may come back. */
import { CloseCode, Op, type Problem, type ServerFrame } from '@snug/protocol';
import { identify, openGateway, type RawGateway } from '../../src/index.ts';
import type { RequestFrame } from './hostile-frames.ts';
import { problemFault } from './judge.ts';

const HANG_MS = 30_000;
/** Of the protocol below ours: wrong framing, wrong text, too big, and an ordinary end. */
const OF_THE_WIRE = [1000, 1001, 1002, 1003, 1005, 1007, 1009];
const NAMED = new Set<number>([...OF_THE_WIRE, ...Object.values(CloseCode)].filter((code) => code !== 4000));

/** Why a socket may not close like this; null when it may. */
function closeFault(code: number): string | null {
  // What is too big is refused before it is read, and a reset may overtake the reason.
  return NAMED.has(code) || code === 1006 ? null : `closed with ${code}`;
}

interface Owed {
  readonly frame: RequestFrame;
  left: number;
}

/**
 * Sends all requests on one connection, `depth` of them unanswered at once, every seventh with the id of the one before.
 * Tells of each answer what is wrong with it. @throws when answers stop coming
 */
export async function askAll(
  { url, token }: { url: string; token: string },
  frames: readonly RequestFrame[],
  depth: number,
  tell: (fault: string | null, frame: RequestFrame) => void,
): Promise<void> {
  const { gateway } = await identify(url, token, { intents: 0 });
  const owed = new Map<string, Owed>();
  let answered = 0;
  let wake = (): void => {};
  gateway.socket.addEventListener('message', ({ data }) => {
    const { op, d } = JSON.parse(String(data)) as { op: number; d: { id: string; ok: boolean; error?: Problem } };
    if (op !== Op.RESPONSE) return;
    answered += 1;
    const one = owed.get(d.id) as Owed;
    one.left -= 1;
    const fault = d.ok ? null : problemFault(d.error as Problem);
    tell(one.left < 0 ? 'answered once too often' : fault, one.frame);
    wake();
  });
  const untilOpen = async (limit: number, sent: number): Promise<void> => {
    while (sent - answered > limit) {
      const before = answered;
      await bounded(new Promise<void>((resolve) => (wake = resolve)), gateway);
      if (answered === before) throw new Error(`${sent - answered} requests were not answered`);
    }
  };
  for (const [index, frame] of frames.entries()) {
    const id = `r${index % 7 === 6 ? index - 1 : index}`;
    owed.set(id, { frame, left: (owed.get(id)?.left ?? 0) + 1 });
    gateway.send({ op: Op.REQUEST, d: { id, ...frame } });
    await untilOpen(depth - 1, index + 1);
  }
  await untilOpen(0, frames.length);
  await gateway.close();
}

/** Resolves when the work does, the socket closes, or nothing happened for too long. */
async function bounded(work: Promise<unknown>, gateway: RawGateway): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, HANG_MS);
  });
  await Promise.race([work, gateway.closed, limit]);
  clearTimeout(timer);
}

/** Connections that are sent one strange frame after another; a new one whenever the last was closed. */
export class FrameRun {
  readonly #url: string;
  /** Null runs without identifying. */
  readonly #token: string | null;
  #gateway: RawGateway | null = null;

  constructor(url: string, token: string | null) {
    this.#url = url;
    this.#token = token;
  }

  /** What is wrong with what became of the frame; null when nothing is. */
  async try(text: string): Promise<string | null> {
    const gateway = this.#gateway ?? (await this.#open());
    let hasAck = false;
    let fault: string | null = null;
    const acked = new Promise<void>((resolve) => {
      gateway.socket.onmessage = ({ data }) => {
        const { op, d } = JSON.parse(String(data)) as ServerFrame & { d?: { error?: Problem } };
        if (op === Op.RESPONSE && d?.error !== undefined) fault ??= problemFault(d.error);
        if (op === Op.HEARTBEAT_ACK) hasAck = true;
        if (op === Op.HEARTBEAT_ACK) resolve();
      };
    });
    gateway.socket.send(text);
    gateway.socket.send('{"op":1}');
    await bounded(acked, gateway);
    if (gateway.socket.readyState !== WebSocket.OPEN) {
      this.#gateway = null;
      const { code } = await gateway.closed;
      return fault ?? closeFault(code);
    }
    return fault ?? (hasAck ? null : 'neither acknowledged nor closed');
  }

  async close(): Promise<void> {
    await this.#gateway?.close();
  }

  async #open(): Promise<RawGateway> {
    const gateway =
      this.#token === null ? await openGateway(this.#url) : (await identify(this.#url, this.#token)).gateway;
    this.#gateway = gateway;
    return gateway;
  }
}
