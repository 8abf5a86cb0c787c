import { CHANNELS_EACH, CROWD, SERVERS_EACH, sharedCrowd } from '../fixtures/crowd.ts';
import { inFlight } from '../load/in-flight.ts';
import { startHost } from '../process/host.ts';
import { residentBytes } from '../process/proc-usage.ts';
import { formatFigure } from '../report/format-figure.ts';
import { type Row, scaled } from '../row.ts';
import { WireSocket } from '../wire/wire-socket.ts';
import { CrowdOnline, requireOpenFiles, sourceAddress } from './crowd-online.ts';

const BAR = 2;
const KB = 1024;

interface Memory {
  /** Bytes with nobody connected, and by how many more each connection makes it. */
  readonly empty: number;
  readonly perConnection: number;
}

export const connectionMemory: Row = {
  name: 'connection-memory',
  what: `memory per connection, 10,000 users with ${SERVERS_EACH} servers x ${CHANNELS_EACH} channels each`,
  against: 'bare `ws` with 10,000',
  unit: 'KB',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const bare = await bareMemory(scaled(context.scale, CROWD));
    await using crowd = await CrowdOnline.start(context, await sharedCrowd(context));
    const ours = await grownBy(
      crowd.pid,
      () => crowd.server.collect(),
      async () => {
        await crowd.connect();
        return crowd.size;
      },
    );
    const ratio = ours.perConnection / bare.perConnection;
    return {
      value: ours.perConnection / KB,
      reference: bare.perConnection / KB,
      ratio,
      ok: ratio <= BAR,
      details: `garbage collected on both sides; ${crowd.size} connections on top of ${inMb(ours.empty)} against ${inMb(bare.empty)}; resident memory, the kernel's socket buffers not included`,
    };
  },
};

async function bareMemory(connections: number): Promise<Memory> {
  requireOpenFiles(connections);
  await using host = await startHost('echo-ws', [], { node: ['--expose-gc'] });
  const sockets: WireSocket[] = [];
  const memory = await grownBy(
    host.pid,
    () => host.child.ask('collect'),
    async () => {
      await inFlight(connections, 32, async (index) => {
        sockets.push(await WireSocket.open({ port: host.offers.port, from: sourceAddress(index) }));
      });
      return sockets.length;
    },
  );
  await Promise.all(sockets.map((socket) => socket.close()));
  return memory;
}

/** @param connect opens connections, and answers how many. */
async function grownBy(pid: number, collect: () => Promise<void>, connect: () => Promise<number>): Promise<Memory> {
  await collect();
  const empty = residentBytes(pid);
  const connections = await connect();
  await collect();
  return { empty, perConnection: (residentBytes(pid) - empty) / connections };
}

function inMb(bytes: number): string {
  return `${formatFigure(bytes / KB / KB)} MB`;
}
