/** Everybody of the crowd at the gateway at once, and one of them speaking in a channel of one server. */
import type { Crowd } from '../fixtures/crowd.ts';
import { auditSends } from '../load/audit-sends.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { inFlight } from '../load/in-flight.ts';
import { Sends } from '../load/sends.ts';
import type { PacedChannel } from '../load/steady-pace.ts';
import { until } from '../load/until.ts';
import { openFilesLimit } from '../process/proc-usage.ts';
import { type SnugServer, startSnug } from '../process/snug-server.ts';
import type { BenchContext } from '../row.ts';

const CONNECTING = 32;
/** Ports of one source address are too few to be sure of ten thousand. */
const SOURCES = 8;
const SPARE_FILES = 200;

export class CrowdOnline implements PacedChannel, AsyncDisposable {
  readonly server: SnugServer;
  readonly sends = new Sends();
  onFailure: (error: Error) => void = () => {};
  readonly #crowd: Crowd;
  readonly #channelId: string;
  readonly #clients: GatewayClient[] = [];
  readonly #inChannel: GatewayClient[] = [];
  #after = 0;

  static async start({ profiles }: BenchContext, crowd: Crowd): Promise<CrowdOnline> {
    requireOpenFiles(crowd.people.length);
    return new CrowdOnline(crowd, await startSnug({ data: crowd.data, profiles }));
  }

  private constructor(crowd: Crowd, server: SnugServer) {
    this.#crowd = crowd;
    this.server = server;
    this.#channelId = crowd.places[0]?.channelIds[0] as string;
  }

  /** Opens everybody's connection. */
  async connect(): Promise<void> {
    const { people, places } = this.#crowd;
    const members = new Set(places[0]?.members);
    const [heard, silence] = [new Heard(), new Heard()];
    await inFlight(people.length, CONNECTING, async (index) => {
      const person = people[index] as (typeof people)[number];
      const isMember = members.has(person);
      const client = await GatewayClient.open({
        port: this.server.port,
        token: person.token,
        heard: isMember ? heard : silence,
        from: sourceAddress(index),
      });
      client.onAnswer = (index, position) => this.sends.acknowledge(index, position);
      client.onFailure = (error) => this.onFailure(error);
      this.#clients.push(client);
      if (isMember) this.#inChannel.push(client);
    });
    this.#after = Math.max(...this.#clients.map(({ cursor }) => cursor));
  }

  get pid(): number {
    return this.server.pid;
  }

  get size(): number {
    return this.#clients.length;
  }

  /** Members of the channel. */
  get readers(): readonly GatewayClient[] {
    return this.#inChannel;
  }

  sayAs(speaker: GatewayClient): void {
    speaker.send(this.sends.nextFrame(this.#channelId));
  }

  /** @throws unless everything sent was acknowledged, logged, stored and heard by the channel, and by nobody else. */
  async audit(): Promise<string> {
    const { sends } = this;
    await until(
      () => sends.pending === 0,
      () => `${sends.pending} sends were not acknowledged`,
    );
    const file = this.#crowd.chatFile;
    auditSends({ file, after: this.#after, sends, readers: new Map([[this.#channelId, this.#inChannel]]) });
    const members = new Set(this.#inChannel);
    for (const client of this.#clients) {
      if (client.failure !== null) throw new Error(`somebody was disconnected: ${client.failure}`);
      if (!members.has(client) && client.received > 0) throw new Error('somebody outside the channel heard it');
    }
    return `${sends.acknowledged} acknowledged, all in log, table and with ${members.size} readers, and with nobody else`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.close()));
    await this.server[Symbol.asyncDispose]();
  }
}

export function sourceAddress(index: number): string {
  return `127.0.0.${1 + (index % SOURCES)}`;
}

/** @throws if this process may not open so many connections; its servers have the same limit. */
export function requireOpenFiles(connections: number): void {
  const limit = openFilesLimit();
  if (limit < connections + SPARE_FILES)
    throw new Error(`${connections} connections need as many open files; the limit is ${limit} (see ulimit -n)`);
}
