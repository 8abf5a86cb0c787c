import { cpSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { createDataFolder } from '../fixtures/data-folder.ts';
import { MILLION, sharedMillion } from '../fixtures/million.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { Sends } from '../load/sends.ts';
import { until } from '../load/until.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { percentile } from '../stats/percentile.ts';

const RATE = 100;
/** Sends while nothing else happens, and while the purge runs. */
const SENDS = 2000;
const BAR = 2;

/** Somebody deletes a server with a million messages; somebody else, elsewhere, goes on sending. */
export const serverDeletion: Row = {
  name: 'server-deletion',
  what: `acknowledgement p99 of ${RATE} sends/s while a server with ${MILLION} messages is purged`,
  against: 'the same sends undisturbed, just before',
  unit: 'ms',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const { scale, profiles } = context;
    const history = await sharedMillion(context);
    using folder = createDataFolder();
    cpSync(history.data, folder.data, { recursive: true });
    await using server = await startSnug({ data: folder.data, profiles });
    await using sender = await Sender.start(server.port, history.hermit.token, history.own.channelId);
    const count = scaled(scale, SENDS, 100);
    await sender.round(count);
    const before = await sender.round(count);
    const answer = await fetch(`${server.url}/api/v1/servers/${history.big.serverId}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${history.big.owner.token}` },
    });
    if (answer.status !== 204) throw new Error(`deleting the server was answered with ${answer.status}`);
    const during = await sender.round(count);
    const ratio = during.p99 / before.p99;
    const details = `p50 ${before.p50.toFixed(2)} then ${during.p50.toFixed(2)} ms; worst ${before.worst.toFixed(1)} then ${during.worst.toFixed(1)} ms; ${count} sends each`;
    return { value: during.p99, reference: before.p99, ratio, ok: ratio <= BAR, details };
  },
};

interface Acks {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

/** Sends at a steady pace and times each answer, from when the send was due. */
class Sender implements AsyncDisposable {
  readonly #client: GatewayClient;
  readonly #sends = new Sends();
  readonly #channelId: string;
  readonly #due: number[] = [];
  readonly #took: number[] = [];

  static async start(port: number, token: string, channelId: string): Promise<Sender> {
    return new Sender(await GatewayClient.open({ port, token, heard: new Heard() }), channelId);
  }

  private constructor(client: GatewayClient, channelId: string) {
    this.#client = client;
    this.#channelId = channelId;
    client.onAnswer = (index, position) => {
      this.#sends.acknowledge(index, position);
      this.#took[index] = performance.now() - (this.#due[index] as number);
    };
  }

  async round(count: number): Promise<Acks> {
    const first = this.#sends.channels.length;
    const began = performance.now();
    for (let index = 0; index < count; index++) {
      const due = began + (index * 1000) / RATE;
      if (due > performance.now()) await pause(due - performance.now());
      this.#due[first + index] = due;
      this.#client.send(this.#sends.nextFrame(this.#channelId));
    }
    await until(
      () => this.#sends.pending === 0,
      () => `${this.#sends.pending} sends were not acknowledged: ${this.#client.failure ?? 'still connected'}`,
    );
    const took = this.#took.slice(first);
    return { p50: percentile(took, 0.5), p99: percentile(took, 0.99), worst: percentile(took, 1) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#client.close();
  }
}
