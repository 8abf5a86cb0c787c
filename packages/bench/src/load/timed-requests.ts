import type { ChatCommandName, CommandInput } from '@snug/protocol';
import { percentile } from '../stats/percentile.ts';
import type { GatewayClient } from './gateway-client.ts';

export type Ask = { [N in ChatCommandName]: { command: N; params: CommandInput<N> } }[ChatCommandName];

/** Requests one after the other: how long each takes, from its write to its answer, in ms. */
export async function timedRequests(
  client: GatewayClient,
  count: number,
  next: () => Ask,
): Promise<{ p50: number; p95: number; p99: number }> {
  const times = new Float64Array(count);
  for (let index = 0; index < count; index++) {
    const { command, params } = next();
    const frame = JSON.stringify({ op: 12, d: { id: index, command, params } });
    const began = performance.now();
    await client.request(index, frame);
    times[index] = performance.now() - began;
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) };
}
