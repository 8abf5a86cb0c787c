import { BareBroadcaster } from '../load/bare-broadcaster.ts';
import { sayInBursts } from '../load/broadcasts.ts';
import { startHost } from '../process/host.ts';
import { type BenchContext, type Measured, type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';
import { ChannelOfMany, MEMBERS } from './channel-of-many.ts';
import { perOperation } from './per-operation.ts';

/** Of one round. */
const MESSAGES = 300;
const ONE_BAR = 1.3;
const BURST = 20;
const BURST_BAR = 0.5;

export const deliveryCpu: Row = {
  name: 'delivery-cpu',
  what: `CPU per delivery, ${MEMBERS} members, one message a turn`,
  against: 'bare `ws` writing one prebuilt frame per socket',
  unit: 'us',
  bar: `ratio <= ${ONE_BAR}`,
  measure: (context) => compare(context, 1, ONE_BAR),
};

export const burstDeliveryCpu: Row = {
  name: 'burst-delivery-cpu',
  what: `CPU per delivery, ${MEMBERS} members, bursts of ${BURST} messages a turn`,
  against: 'bare `ws` writing one prebuilt frame per socket and message',
  unit: 'us',
  bar: `ratio <= ${BURST_BAR}`,
  measure: (context) => compare(context, BURST, BURST_BAR),
};

async function compare(context: BenchContext, burst: number, bar: number): Promise<Measured> {
  const { scale } = context;
  const count = scaled(scale, MESSAGES, burst);
  await using host = await startHost('broadcast-ws', ['frame']);
  await using channel = await ChannelOfMany.start(context);
  await using bare = await BareBroadcaster.like(channel, { ...host.offers, pid: host.pid });
  const compared = await interleave(
    scale.rounds,
    async () => (await sayInBursts(bare, burst, count)).cpuPerDelivery,
    async () => (await sayInBursts(channel, burst, count)).cpuPerDelivery,
  );
  return perOperation(compared, bar, await channel.audit());
}
