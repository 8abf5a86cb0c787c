/** 256 people in channels of two, all online: who sends in the rows about sending. */
import { createDataFolder, type DataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace } from '../fixtures/places.ts';
import { auditSends } from '../load/audit-sends.ts';
import { ClosedLoop } from '../load/closed-loop.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { Sends } from '../load/sends.ts';
import { until } from '../load/until.ts';
import { cpuSeconds } from '../process/proc-usage.ts';
import { type SnugServer, startSnug } from '../process/snug-server.ts';
import { type BenchContext, scaled } from '../row.ts';
import { HttpSocket } from '../wire/http-socket.ts';

export const SENDERS = 256;

interface Sender {
  readonly person: Person;
  readonly channelId: string;
  readonly client: GatewayClient;
}

export interface Usage {
  /** Of the server, per send: deliveries included. */
  readonly cpuPerSend: number;
  readonly sendsPerSecond: number;
}

export class Pairs implements AsyncDisposable {
  readonly server: SnugServer;
  readonly #folder: DataFolder;
  readonly #senders: readonly Sender[];
  readonly #sends = new Sends();
  readonly #after: number;
  readonly #http: HttpSocket[] = [];
  #loop: ClosedLoop | null = null;

  static async start({ scale, profiles }: BenchContext): Promise<Pairs> {
    const folder = createDataFolder();
    const pairs = scaled(scale, SENDERS / 2);
    const seats = await fill(folder, async (instance) => {
      const people = await createPeople(instance, pairs * 2);
      const all: { person: Person; channelId: string }[] = [];
      for (let index = 0; index < people.length; index += 2) {
        const [one, other] = [people[index] as Person, people[index + 1] as Person];
        const { channelIds } = await createPlace(instance.chat, [one, other]);
        for (const person of [one, other]) all.push({ person, channelId: channelIds[0] as string });
      }
      return all;
    });
    const server = await startSnug({ data: folder.data, profiles });
    const heard = new Map(seats.map(({ channelId }) => [channelId, new Heard()]));
    const senders: Sender[] = [];
    for (const { person, channelId } of seats) {
      const seat = { port: server.port, token: person.token, heard: heard.get(channelId) as Heard };
      senders.push({ person, channelId, client: await GatewayClient.open(seat) });
    }
    return new Pairs(folder, server, senders);
  }

  private constructor(folder: DataFolder, server: SnugServer, senders: readonly Sender[]) {
    this.#folder = folder;
    this.server = server;
    this.#senders = senders;
    this.#after = Math.max(...senders.map(({ client }) => client.cursor));
    for (const [slot, { client }] of senders.entries()) {
      client.onAnswer = (index, position) => {
        this.#sends.acknowledge(index, position);
        this.#loop?.answered(slot);
      };
      client.onFailure = (error) => this.#loop?.failed(error);
    }
  }

  get size(): number {
    return this.#senders.length;
  }

  /** Everybody sends over the gateway, one message at a time each. */
  sendOverGateway(count: number): Promise<Usage> {
    return this.#measure(count, () => {
      this.#loop = new ClosedLoop(this.#senders.length, count, (slot) => {
        const { client, channelId } = this.#senders[slot] as Sender;
        client.send(this.#sends.nextFrame(channelId));
      });
      return this.#loop.finished;
    });
  }

  /** Everybody sends over REST, on a connection of their own, and listens at the gateway. */
  async sendOverRest(count: number): Promise<Usage> {
    while (this.#http.length < this.#senders.length) this.#http.push(await HttpSocket.open(this.server.port));
    return this.#measure(count, () => {
      const loop = new ClosedLoop(this.#senders.length, count, (slot) => {
        this.#post(slot).then(
          () => loop.answered(slot),
          (error: Error) => loop.failed(error),
        );
      });
      this.#loop = loop;
      return loop.finished;
    });
  }

  /** @throws unless every acknowledged message is in the log, in the table, and was heard by both. */
  audit(): string {
    const readers = Map.groupBy(this.#senders, ({ channelId }) => channelId);
    auditSends({
      file: this.#folder.chatFile,
      after: this.#after,
      sends: this.#sends,
      readers: new Map([...readers].map(([id, seats]) => [id, seats.map(({ client }) => client)])),
    });
    return `${this.#sends.acknowledged} acknowledged, all in log, table and with both readers`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#http, ...this.#senders.map(({ client }) => client)].map((each) => each.close()));
    await this.server[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }

  async #measure(count: number, load: () => Promise<void>): Promise<Usage> {
    const cpu = cpuSeconds(this.server.pid);
    const began = performance.now();
    await load();
    await this.#heardByAll();
    const seconds = (performance.now() - began) / 1000;
    return { cpuPerSend: (cpuSeconds(this.server.pid) - cpu) / count, sendsPerSecond: count / seconds };
  }

  async #post(slot: number): Promise<void> {
    const { channelId, person } = this.#senders[slot] as Sender;
    const { index, content, nonce } = this.#sends.next(channelId);
    const path = `/api/v1/channels/${channelId}/messages`;
    const body = JSON.stringify({ content, nonce });
    const answer = await (this.#http[slot] as HttpSocket).request('POST', path, person.token, body);
    if (answer.status !== 201) throw new Error(`a send was answered with ${answer.status} ${answer.body}`);
    this.#sends.acknowledge(index, answer.position);
  }

  #heardByAll(): Promise<void> {
    const heard = (): number => this.#senders.reduce((sum, { client }) => sum + client.received, 0);
    const expected = this.#sends.acknowledged * 2;
    return until(
      () => heard() === expected,
      () => `the readers heard ${heard()} of ${expected} messages`,
    );
  }
}
