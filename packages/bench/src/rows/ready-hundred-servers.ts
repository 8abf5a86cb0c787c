import { deflateRawSync } from 'node:zlib';
import type { Ready } from '@snug/protocol';
import { createDataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace, type Place } from '../fixtures/places.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { inFlight } from '../load/in-flight.ts';
import { SampleAppends } from '../load/sample-appends.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { percentile } from '../stats/percentile.ts';
import { latencyRounds } from './latency-rounds.ts';

const SERVERS = 100;
const CHANNELS = 10;
const MESSAGES = 10_000;
const MEMBERS = 20;
const WIDTH = 2000;
/** Of one round. */
const TIMES = 100;
const P99_MS = 100;
const BYTES = 200_000;

/** Somebody who has read nothing of a million messages comes in. */
export const readyHundredServers: Row = {
  name: 'ready-hundred-servers',
  what: `READY of somebody in ${SERVERS} servers with ${MESSAGES} unread messages each, p99`,
  against: '-',
  unit: 'ms',
  bar: `p99 <= ${P99_MS} ms, <= ${BYTES / 1000} kB deflated, no member lists`,
  async measure({ scale, profiles, say }) {
    using folder = createDataFolder();
    say('  making a hundred servers ...');
    const newcomer = await fill(folder, async (instance) => {
      const people = (await createPeople(instance, MEMBERS + 1)) as [Person, ...Person[]];
      const [reader, ...others] = people;
      for (let server = 0; server < scaled(scale, SERVERS); server++) {
        const place = await createPlace(
          instance.chat,
          [...others, reader] as unknown as [Person, ...Person[]],
          CHANNELS,
        );
        await write(instance.chat, place, scaled(scale, MESSAGES));
      }
      return reader;
    });
    await using server = await startSnug({ data: folder.data, profiles });
    const { ready, bytes, deflated } = await snapshot(server.url, newcomer.token);
    const { p99, text } = await latencyRounds(scale.rounds, () =>
      arrivals(server.port, newcomer, scaled(scale, TIMES, 5)),
    );
    const lists = ready.servers.filter((one) => 'members' in one).length;
    const unread = ready.read_states.filter((state) => state.unread_count > 0).length;
    const details = `${text}; ${bytes} bytes, ${deflated} deflated; ${ready.servers.length} servers, ${unread} channels with something unread, ${lists} member lists`;
    return { value: p99, reference: null, ratio: null, ok: p99 <= P99_MS && deflated <= BYTES && lists === 0, details };
  },
};

async function write(chat: Parameters<typeof createPlace>[0], place: Place, count: number): Promise<void> {
  const { serverId, channelIds, members } = place;
  // Not the reader, who came last: what one says oneself is no news.
  const samples = new SampleAppends({ serverId, channelIds, peopleIds: members.slice(0, -1).map(({ id }) => id) });
  await inFlight(count, WIDTH, async () => {
    for (const append of samples.make(1)) await chat.log.append(append);
  });
}

/** What READY brings, as the long poll's first answer brings it too. */
async function snapshot(url: string, token: string): Promise<{ ready: Ready; bytes: number; deflated: number }> {
  const response = await fetch(`${url}/api/v1/sync?timeout=0`, { headers: { authorization: `Bearer ${token}` } });
  if (!response.ok) throw new Error(`sync answered ${response.status}`);
  const { snapshot: ready } = (await response.json()) as { snapshot: Ready };
  const text = JSON.stringify(ready);
  return { ready, bytes: Buffer.byteLength(text), deflated: deflateRawSync(text).length };
}

async function arrivals(port: number, { token }: Person, count: number) {
  const times: number[] = [];
  while (times.length < count) {
    const client = await GatewayClient.connect({ port, token, heard: new Heard() });
    const began = performance.now();
    await client.enter();
    times.push(performance.now() - began);
    await client.close();
  }
  return { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) };
}
