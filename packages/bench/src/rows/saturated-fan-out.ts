import { BareBroadcaster } from '../load/bare-broadcaster.ts';
import { sayContinuously } from '../load/broadcasts.ts';
import { startHost } from '../process/host.ts';
import { type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';
import { median } from '../stats/percentile.ts';
import { ChannelOfMany, MEMBERS } from './channel-of-many.ts';

const BAR = 1.2;
const IN_FLIGHT = 4;
/** Of one round. */
const MESSAGES = 400;

export const saturatedFanOut: Row = {
  name: 'saturated-fan-out',
  what: `saturated fan-out: ${MEMBERS} members, ${IN_FLIGHT} messages in flight`,
  against: 'bare `ws` sending a string to each',
  unit: 'deliveries/s',
  bar: `ratio >= ${BAR}`,
  async measure(context) {
    const { scale } = context;
    const count = scaled(scale, MESSAGES, IN_FLIGHT);
    await using host = await startHost('broadcast-ws', ['string']);
    await using channel = await ChannelOfMany.start(context);
    await using bare = await BareBroadcaster.like(channel, { ...host.offers, pid: host.pid });
    const busy: number[] = [];
    const compared = await interleave(
      scale.rounds,
      async () => (await sayContinuously(bare, IN_FLIGHT, count)).deliveriesPerSecond,
      async () => {
        const usage = await sayContinuously(channel, IN_FLIGHT, count);
        busy.push(usage.busy);
        return usage.deliveriesPerSecond;
      },
    );
    const ratio = compared.ours / compared.reference;
    const share = Math.round(median(busy) * 100);
    return {
      value: compared.ours,
      reference: compared.reference,
      ratio,
      ok: ratio >= BAR,
      details: `server's core ${share} % busy; ${await channel.audit()}`,
    };
  },
};
