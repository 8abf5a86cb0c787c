import { CHANNELS_EACH, createCrowd, SERVERS_EACH } from '../fixtures/crowd.ts';
import { fill } from '../fixtures/data-folder.ts';
import type { Person } from '../fixtures/people.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { inFlight } from '../load/in-flight.ts';
import { SampleAppends } from '../load/sample-appends.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { percentile } from '../stats/percentile.ts';
import { latencyRounds, type Percentiles } from './latency-rounds.ts';

const OTHERS = 1000;
const MESSAGES = 5000;
const LAST = 50;
/** Of one round. */
const TIMES = 100;
const P50_MS = 5;
const P95_MS = 15;

export const firstScreen: Row = {
  name: 'first-screen',
  what: `READY and the last ${LAST} messages, one client in ${SERVERS_EACH} servers x ${CHANNELS_EACH} channels, ${OTHERS} others online, p95`,
  against: '-',
  unit: 'ms',
  bar: `p50 <= ${P50_MS} ms, p95 <= ${P95_MS} ms server-side`,
  async measure({ scale, profiles }) {
    using crowd = await createCrowd(scaled(scale, OTHERS) + 1, SERVERS_EACH);
    const [newcomer, ...others] = crowd.people as [Person, ...Person[]];
    const [place] = crowd.places as [(typeof crowd.places)[number]];
    const channelId = place.channelIds[0] as string;
    await fill(crowd, async ({ chat }) => {
      const { serverId } = place;
      const samples = new SampleAppends({ serverId, channelIds: [channelId], peopleIds: others.map(({ id }) => id) });
      await inFlight(scaled(scale, MESSAGES, LAST), 256, async () => {
        for (const append of samples.make(1)) await chat.log.append(append);
      });
    });
    await using server = await startSnug({ data: crowd.data, profiles });
    const online = await Promise.all(
      others.map(({ token }) => GatewayClient.open({ port: server.port, token, heard: new Heard() })),
    );
    const list = { command: 'message.list', params: { channel_id: channelId, limit: LAST } };
    const frame = JSON.stringify({ op: 12, d: { id: 1, ...list } });
    const { p50, p95, text } = await latencyRounds(scale.rounds, () =>
      screens(server.port, newcomer.token, frame, scaled(scale, TIMES, 5)),
    );
    await Promise.all(online.map((client) => client.close()));
    const details = `${text}; from Identify to the answered page, timed by the generator`;
    return { value: p95, reference: null, ratio: null, ok: p50 <= P50_MS && p95 <= P95_MS, details };
  },
};

/** Arrives so many times, on an open socket: identifies, waits for READY, asks for the page, waits for it. */
async function screens(port: number, token: string, frame: string, count: number): Promise<Percentiles> {
  const times: number[] = [];
  while (times.length < count) {
    const client = await GatewayClient.connect({ port, token, heard: new Heard() });
    const began = performance.now();
    await client.enter();
    await client.request(1, frame);
    times.push(performance.now() - began);
    await client.close();
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) };
}
