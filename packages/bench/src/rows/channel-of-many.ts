/** One channel with many members online, one of whom speaks: who listens in the rows about delivery. */
import { createDataFolder, type DataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace } from '../fixtures/places.ts';
import { auditSends } from '../load/audit-sends.ts';
import { type Broadcaster, sayInBursts } from '../load/broadcasts.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { RollCall } from '../load/roll-call.ts';
import { Sends } from '../load/sends.ts';
import type { PacedChannel } from '../load/steady-pace.ts';
import { until } from '../load/until.ts';
import { type SnugServer, startSnug } from '../process/snug-server.ts';
import { type BenchContext, scaled } from '../row.ts';

export const MEMBERS = 1000;

export class ChannelOfMany implements Broadcaster, PacedChannel, AsyncDisposable {
  readonly server: SnugServer;
  readonly sends = new Sends();
  readonly roll: RollCall;
  onFailure: (error: Error) => void = () => {};
  readonly channelId: string;
  readonly readers: readonly GatewayClient[];
  readonly #folder: DataFolder;
  readonly #after: number;
  static async start({ scale, profiles }: BenchContext): Promise<ChannelOfMany> {
    const folder = createDataFolder();
    const { people, channelId } = await fill(folder, async (instance) => {
      const all = await createPeople(instance, scaled(scale, MEMBERS, 2));
      const { channelIds } = await createPlace(instance.chat, all as [Person, ...Person[]]);
      return { people: all, channelId: channelIds[0] as string };
    });
    const server = await startSnug({ data: folder.data, profiles });
    const heard = new Heard();
    const readers: GatewayClient[] = [];
    for (const { token } of people) readers.push(await GatewayClient.open({ port: server.port, token, heard }));
    return new ChannelOfMany(folder, server, channelId, readers);
  }

  private constructor(folder: DataFolder, server: SnugServer, channelId: string, readers: readonly GatewayClient[]) {
    this.#folder = folder;
    this.server = server;
    this.channelId = channelId;
    this.readers = readers;
    this.#after = Math.max(...readers.map(({ cursor }) => cursor));
    this.roll = new RollCall(readers.length);
    for (const reader of readers) {
      reader.onMessage = () => this.roll.heard(reader.received - 1);
      reader.onAnswer = (index, position) => this.sends.acknowledge(index, position);
      reader.onFailure = (error) => this.onFailure(error);
    }
  }

  get speaker(): GatewayClient {
    return this.readers[0] as GatewayClient;
  }

  get pid(): number {
    return this.server.pid;
  }

  get members(): number {
    return this.readers.length;
  }

  /** Sends so many messages in one write. */
  say(count: number): void {
    const frames = Array.from({ length: count }, () => this.sends.nextFrame(this.channelId));
    this.speaker.send(...frames);
  }

  sayAs(speaker: GatewayClient): void {
    speaker.send(this.sends.nextFrame(this.channelId));
  }

  /** Says something, and answers how long it was as everybody heard it. */
  async messageBytes(): Promise<number> {
    await sayInBursts(this, 1, 1);
    return this.speaker.messageBytes;
  }

  /** @throws unless everything sent was acknowledged, logged, stored, and heard by every reader. */
  async audit(): Promise<string> {
    await until(
      () => this.sends.pending === 0,
      () => `${this.sends.pending} sends were not acknowledged`,
    );
    auditSends({
      file: this.#folder.chatFile,
      after: this.#after,
      sends: this.sends,
      readers: new Map([[this.channelId, this.readers]]),
    });
    return `${this.sends.acknowledged} acknowledged, all in log, table and with ${this.readers.length} readers`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.readers.map((reader) => reader.close()));
    await this.server[Symbol.asyncDispose]();
    this.#folder[Symbol.dispose]();
  }
}
