import { CHANNELS_EACH, CROWD, type Crowd, SERVERS_EACH, sharedCrowd } from '../fixtures/crowd.ts';
import { startHost } from '../process/host.ts';
import { residentBytes } from '../process/proc-usage.ts';
import { formatFigure } from '../report/format-figure.ts';
import { type BenchContext, type Row, scaled } from '../row.ts';
import { median } from '../stats/percentile.ts';
import { WireSocket } from '../wire/wire-socket.ts';
import { CrowdOnline, requireOpenFiles, sourceAddress } from './crowd-online.ts';

const BAR = 2;
const KB = 1024;

export const connectionMemory: Row = {
  name: 'connection-memory',
  what: `memory per connection, 10,000 users with ${SERVERS_EACH} servers x ${CHANNELS_EACH} channels each`,
  against: 'bare `ws` with 10,000',
  unit: 'KB',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const crowd = await sharedCrowd(context);
    const connections = scaled(context.scale, CROWD);
    const [ours, bare]: [Memory[], Memory[]] = [[], []];
    // A fresh process each time: what a first crowd leaves free would hide what a second one costs.
    for (let round = 0; round < context.scale.rounds; round++) {
      bare.push(await bareMemory(connections));
      ours.push(await snugMemory(context, crowd));
    }
    const of = (rounds: readonly Memory[]): number =>
      median(rounds.map(({ full, empty }) => (full - empty) / connections));
    const ratio = of(ours) / of(bare);
    return {
      value: of(ours) / KB,
      reference: of(bare) / KB,
      ratio,
      ok: ratio <= BAR,
      details: `resident memory without garbage, the kernel's socket buffers not included; from nobody to ${connections} connections the process grew ${growth(ours)}, the bare one ${growth(bare)}`,
    };
  },
};

/** Bytes with nobody connected and with everybody. */
interface Memory {
  readonly empty: number;
  readonly full: number;
}

async function snugMemory(context: BenchContext, crowd: Crowd): Promise<Memory> {
  await using online = await CrowdOnline.start(context, crowd);
  await online.server.collect();
  const empty = residentBytes(online.pid);
  await online.connect();
  await online.server.collect();
  return { empty, full: residentBytes(online.pid) };
}

async function bareMemory(connections: number): Promise<Memory> {
  requireOpenFiles(connections);
  await using host = await startHost('echo-ws', [], { node: ['--expose-gc'] });
  await host.child.ask('collect');
  const empty = residentBytes(host.pid);
  const sockets: WireSocket[] = [];
  while (sockets.length < connections) {
    sockets.push(await WireSocket.open({ port: host.offers.port, from: sourceAddress(sockets.length) }));
  }
  await host.child.ask('collect');
  const full = residentBytes(host.pid);
  await Promise.all(sockets.map((socket) => socket.close()));
  return { empty, full };
}

function growth(rounds: readonly Memory[]): string {
  const inMb = (bytes: number): string => formatFigure(bytes / KB / KB);
  return rounds.map(({ empty, full }) => `from ${inMb(empty)} to ${inMb(full)} MB`).join(', ');
}
