/** Messages at a steady pace, whatever the server does, and how long each takes to each reader. */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../stats/percentile.ts';
import type { GatewayClient } from './gateway-client.ts';
import type { Sends } from './sends.ts';
import { StallWatch } from './stall-watch.ts';
import { until } from './until.ts';

/** A channel whose members take turns to speak: one alone would soon have too many requests open. */
export interface PacedChannel {
  readonly readers: readonly GatewayClient[];
  readonly sends: Sends;
  /** Sends one message as this reader. */
  sayAs(speaker: GatewayClient): void;
  /** Told that somebody was disconnected or refused. */
  onFailure: (error: Error) => void;
}

export interface Latencies {
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

const SPEAKERS = 20;

/** @param rate messages a second. @throws when a delivery is lost. */
export async function sayAtPace(channel: PacedChannel, rate: number, count: number): Promise<Latencies> {
  const { readers, sends } = channel;
  const firstSend = sends.channels.length;
  const firstHeard = (readers[0] as GatewayClient).received;
  const dueAt = new Float64Array(count);
  // When each reader heard each message, in the order the channel has them.
  const heardAt = new Float64Array(count * readers.length);
  let deliveries = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  channel.onFailure = reject;
  for (const [place, reader] of readers.entries()) {
    reader.onMessage = () => {
      heardAt[(reader.received - 1 - firstHeard) * readers.length + place] = performance.now();
      deliveries += 1;
      if (deliveries === heardAt.length) resolve();
    };
  }
  using _watch = new StallWatch(
    () => deliveries + sends.channels.length,
    reject,
    () => `${heardAt.length - deliveries} of ${heardAt.length} deliveries were lost`,
  );
  await Promise.race([promise, send(channel, rate, dueAt)]);
  await promise;
  await until(
    () => sends.pending === 0,
    () => `${sends.pending} sends were not answered`,
  );
  return summarise(channel, { firstSend, firstHeard, dueAt, heardAt });
}

/** From when it was due, not from when it was sent: a generator that is late must not make the server look better. */
async function send(channel: PacedChannel, rate: number, dueAt: Float64Array): Promise<void> {
  const began = performance.now();
  for (let index = 0; index < dueAt.length; index++) {
    const due = began + (index * 1000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    dueAt[index] = due;
    channel.sayAs(channel.readers[index % Math.min(SPEAKERS, channel.readers.length)] as GatewayClient);
  }
}

function summarise(
  { readers, sends }: PacedChannel,
  round: { firstSend: number; firstHeard: number; dueAt: Float64Array; heardAt: Float64Array },
): Latencies {
  const { heard } = readers[0] as GatewayClient;
  const places = new Map<number, number>();
  for (const [offset, position] of heard.positions.slice(round.firstHeard).entries()) places.set(position, offset);
  const latencies = new Float64Array(round.heardAt.length);
  for (const [index, due] of round.dueAt.entries()) {
    const place = places.get(sends.positions[round.firstSend + index] as number);
    if (place === undefined) throw new Error(`send ${round.firstSend + index} was heard by nobody`);
    for (let at = place * readers.length; at < (place + 1) * readers.length; at++) {
      latencies[at] = (round.heardAt[at] as number) - due;
    }
  }
  return { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95), p99: percentile(latencies, 0.99) };
}
