import { setTimeout as pause } from 'node:timers/promises';
import { createDataFolder, type DataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace } from '../fixtures/places.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { cpuSeconds } from '../process/proc-usage.ts';
import { startSnug } from '../process/snug-server.ts';
import { type BenchContext, type Row, scaled } from '../row.ts';
import { sourceAddress } from './crowd-online.ts';

const MEMBERS = 10_000;
const FEWER = 2000;
const ARRIVALS = 1000;
const VIEWERS = 20;
const BAR = 1.3;
const QUIET_MS = 1500;

/** Many come online within a second; only those who look at them are told. */
export const presenceArrivals: Row = {
  name: 'presence-arrivals',
  what: `CPU per arrival, ${ARRIVALS} of ${MEMBERS} members come online within a second, ${VIEWERS} look at the list`,
  against: `the same in a server of ${FEWER} members`,
  unit: 'us',
  bar: `ratio <= ${BAR}, bytes per viewer alike, and nothing for who does not look`,
  async measure(context) {
    const small = await arrive(context, scaled(context.scale, FEWER, 50), VIEWERS);
    const large = await arrive(context, scaled(context.scale, MEMBERS, 50), VIEWERS);
    const twice = await arrive(context, scaled(context.scale, MEMBERS, 50), 2 * VIEWERS);
    const ratio = large.cpu / small.cpu;
    const isAlike =
      large.bytesPerViewer <= small.bytesPerViewer * BAR && twice.bytesPerViewer <= large.bytesPerViewer * BAR;
    const details = `bytes per viewer ${large.bytesPerViewer}, with ${2 * VIEWERS} viewers ${twice.bytesPerViewer}, in the smaller server ${small.bytesPerViewer}; to one who does not look ${large.bystander}`;
    return {
      value: large.cpu * 1e6,
      reference: small.cpu * 1e6,
      ratio,
      ok: ratio <= BAR && isAlike && large.bystander === 0,
      details,
    };
  },
};

interface Arrived {
  /** Seconds of the server's CPU per arrival. */
  readonly cpu: number;
  readonly bytesPerViewer: number;
  /** Bytes that somebody got who asked for no members. */
  readonly bystander: number;
}

async function arrive({ scale, profiles }: BenchContext, members: number, viewers: number): Promise<Arrived> {
  using folder = createDataFolder();
  const { people, serverId } = await makeServer(folder, members);
  await using server = await startSnug({ data: folder.data, profiles });
  const open = (index: number): Promise<GatewayClient> => {
    const { token } = people[index] as Person;
    return GatewayClient.open({ port: server.port, token, heard: new Heard(), from: sourceAddress(index) });
  };
  const watching: GatewayClient[] = [];
  while (watching.length < viewers) {
    const viewer = await open(watching.length);
    viewer.send(JSON.stringify({ op: 8, d: { server_id: serverId, offset: 0, limit: 100 } }));
    watching.push(viewer);
  }
  const bystander = await open(viewers);
  await pause(QUIET_MS);
  const before = watching.map((viewer) => viewer.bytes);
  const bystanderBefore = bystander.bytes;
  const cpuBefore = cpuSeconds(server.pid);
  const count = Math.min(scaled(scale, ARRIVALS, 20), members - viewers - 1);
  const began = performance.now();
  const arrived: Promise<GatewayClient>[] = [];
  for (let index = 0; index < count; index++) {
    const due = began + (index * 1000) / count;
    if (due > performance.now()) await pause(due - performance.now());
    arrived.push(open(viewers + 1 + index));
  }
  const clients = await Promise.all(arrived);
  await pause(QUIET_MS);
  const cpu = (cpuSeconds(server.pid) - cpuBefore) / count;
  const bytes = watching.reduce((sum, viewer, index) => sum + viewer.bytes - (before[index] as number), 0);
  const result = {
    cpu,
    bytesPerViewer: Math.round(bytes / viewers),
    bystander: bystander.bytes - bystanderBefore,
  };
  await Promise.all([...clients, ...watching, bystander].map((client) => client.close()));
  return result;
}

function makeServer(folder: DataFolder, members: number): Promise<{ people: Person[]; serverId: string }> {
  return fill(folder, async (instance) => {
    const people = (await createPeople(instance, members)) as [Person, ...Person[]];
    const { serverId } = await createPlace(instance.chat, people);
    return { people, serverId };
  });
}
