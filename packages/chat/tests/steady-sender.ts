/** Several people on one gateway socket who send one message after the other, and never give up one that was not acknowledged. */
import { type Message, Op, type ServerFrame } from '@snug/protocol';

interface Sending {
  readonly name: string;
  readonly channelId: string;
  readonly index: number;
}

export interface Acknowledged {
  readonly channelId: string;
  /** Who sent it, and their how-manyth it is: `name:index`. */
  readonly content: string;
  readonly id: string;
  /** The log's head when it was answered: at or above the message. */
  readonly position: number;
}

interface Answer {
  id: number;
  ok: boolean;
  result: Message;
  position: number;
  error?: { code: string };
}

export class SteadySender {
  readonly #url: string;
  readonly #token: string;
  readonly #queue: Sending[];
  readonly #told: (one: Acknowledged) => void;
  #open = new Map<number, Sending>();
  #requests = 0;
  #socket: WebSocket | null = null;
  #isStopping = false;
  /** Refusals that are no answer to a restart: there must be none. */
  readonly refusals: string[] = [];
  /** How often something was sent again because its answer was lost. */
  retries = 0;

  constructor(
    url: string,
    token: string,
    people: readonly { name: string; channelId: string }[],
    told: (one: Acknowledged) => void,
  ) {
    this.#url = url;
    this.#token = token;
    this.#queue = people.map((person) => ({ ...person, index: 0 }));
    this.#told = told;
  }

  /** Connects, takes up what was not acknowledged, and goes on. Resolves when the socket has ended. */
  async run(): Promise<void> {
    // What is open was cut off: it goes first, with the nonce it had.
    this.retries += this.#open.size;
    this.#queue.unshift(...this.#open.values());
    this.#open = new Map();
    const socket = new WebSocket(`${this.#url.replace(/^http/, 'ws')}/ws`);
    this.#socket = socket;
    await new Promise<void>((resolve) => {
      socket.addEventListener('close', () => resolve());
      socket.addEventListener('message', ({ data }) => this.#heard(JSON.parse(String(data)) as ServerFrame));
    });
  }

  /** What is under way is still answered; nothing new is sent. */
  stop(): void {
    this.#isStopping = true;
    if (this.#open.size === 0) this.#socket?.close();
  }

  #heard(frame: ServerFrame): void {
    if (frame.op === Op.HELLO) this.#send(Op.IDENTIFY, { token: this.#token, intents: 0 });
    else if (frame.t === 'READY') for (const one of this.#queue.splice(0)) this.#request(one);
    else if (frame.op === Op.RESPONSE) this.#answered(frame.d as Answer);
  }

  #answered({ id, ok, result, position, error }: Answer): void {
    const one = this.#open.get(id) as Sending;
    this.#open.delete(id);
    if (!ok) {
      this.refusals.push(error?.code ?? '');
      this.#queue.push(one);
      return;
    }
    this.#told({ channelId: one.channelId, content: result.content, id: result.id, position });
    const next = { ...one, index: one.index + 1 };
    if (!this.#isStopping) this.#request(next);
    else if (this.#open.size === 0) this.#socket?.close();
  }

  #request(one: Sending): void {
    const id = ++this.#requests;
    this.#open.set(id, one);
    const content = `${one.name}:${one.index}`;
    const params = { channel_id: one.channelId, content, nonce: content };
    this.#send(Op.REQUEST, { id, command: 'message.send', params });
  }

  #send(op: number, d: unknown): void {
    this.#socket?.send(JSON.stringify({ op, d }));
  }
}
