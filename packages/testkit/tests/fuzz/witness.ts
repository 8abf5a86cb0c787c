/** Two people in a server of their own, who talk on while the rest is attacked: what they notice of it is nothing. */
import { Op, type ServerFrame } from '@snug/protocol';
import { createServer, identify, join, type Person, type RawGateway, send, signUp } from '../../src/index.ts';

export interface Report {
  /** What was said, in order. */
  readonly said: readonly string[];
  /** What the witness heard, in order. */
  readonly heard: readonly string[];
  /** ms from before the send until the witness heard it, at worst. */
  readonly slowest: number;
}

const EVERY_MS = 400;

export class Witness {
  readonly #teller: Person;
  readonly #gateway: RawGateway;
  readonly #channelId: string;
  readonly #said: string[] = [];
  readonly #heard: string[] = [];
  readonly #sentAt = new Map<string, number>();
  #slowest = 0;
  #isDone = false;
  readonly #telling: Promise<void>;

  static async begin(url: string): Promise<Witness> {
    const [teller, witness] = [await signUp(url, 'teller'), await signUp(url, 'witness')];
    const { server, channel } = await createServer(teller, 'A quiet place');
    await join(teller, server.id, witness);
    const { gateway } = await identify(url, witness.token);
    return new Witness(teller, gateway, channel.id);
  }

  private constructor(teller: Person, gateway: RawGateway, channelId: string) {
    this.#teller = teller;
    this.#gateway = gateway;
    this.#channelId = channelId;
    gateway.socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as ServerFrame));
    this.#telling = this.#tell();
  }

  /** Stops talking and waits until what was said was heard, or clearly will not be. */
  async end(): Promise<Report> {
    this.#isDone = true;
    await this.#telling;
    const until = performance.now() + 10_000;
    while (this.#heard.length < this.#said.length && performance.now() < until) await pause(20);
    await this.#gateway.close();
    return { said: this.#said, heard: this.#heard, slowest: this.#slowest };
  }

  async #tell(): Promise<void> {
    while (!this.#isDone) {
      const content = `all is quiet ${this.#said.length}`;
      this.#sentAt.set(content, performance.now());
      await send(this.#teller, this.#channelId, content);
      this.#said.push(content);
      // A heartbeat is due now and then; more often does no harm.
      if (this.#gateway.socket.readyState === WebSocket.OPEN) this.#gateway.send({ op: Op.HEARTBEAT, d: null });
      await pause(EVERY_MS);
    }
  }

  #hear({ t, d }: ServerFrame): void {
    if (t !== 'MESSAGE_CREATE') return;
    const { content } = d as { content: string };
    this.#heard.push(content);
    this.#slowest = Math.max(this.#slowest, performance.now() - (this.#sentAt.get(content) ?? 0));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
