/** Messages at a steady pace, whatever the server does, and how long each takes to each reader. */
import { setTimeout as pause } from 'node:timers/promises';
import { percentile } from '../stats/percentile.ts';
import type { Broadcaster } from './broadcasts.ts';
import type { GatewayClient } from './gateway-client.ts';
import { until } from './until.ts';

export interface Latencies {
  /** ms */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly lost: number;
}

/** @param readers the members of the broadcaster's channel. @param rate messages a second. */
export async function sayAtPace(
  broadcaster: Broadcaster,
  readers: readonly GatewayClient[],
  rate: number,
  count: number,
): Promise<Latencies> {
  const first = (readers[0] as GatewayClient).received;
  const sentAt = new Float64Array(count);
  const latencies = new Float64Array(count * readers.length);
  let heard = 0;
  for (const reader of readers) {
    reader.onMessage = () => {
      latencies[heard++] = performance.now() - (sentAt[reader.received - 1 - first] as number);
    };
  }
  const began = performance.now();
  for (let index = 0; index < count; index++) {
    const due = began + (index * 1000) / rate;
    if (due > performance.now()) await pause(due - performance.now());
    // From when it was due, not from when it was sent: a generator that is late must not make the server look better.
    sentAt[index] = due;
    broadcaster.say(1);
  }
  await until(
    () => heard === latencies.length,
    () => `${latencies.length - heard} of ${latencies.length} deliveries were lost`,
  );
  return {
    p50: percentile(latencies, 0.5),
    p95: percentile(latencies, 0.95),
    p99: percentile(latencies, 0.99),
    lost: latencies.length - heard,
  };
}
