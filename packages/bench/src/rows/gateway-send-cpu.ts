import { echoOverWebSocket } from '../load/echoes.ts';
import { startHost } from '../process/host.ts';
import { type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';
import { median } from '../stats/percentile.ts';
import { Pairs, SENDERS } from './pairs.ts';
import { perOperation } from './per-operation.ts';

const BAR = 4.5;
/** Of one round: enough that its compiler is done with the server before the rounds that count. */
const SENDS = 30_000;

export const gatewaySendCpu: Row = {
  name: 'gateway-send-cpu',
  what: `CPU per acknowledged send over the gateway, ${SENDERS} senders in channels of 2`,
  against: 'bare `ws` that parses and answers JSON',
  unit: 'us',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const { scale } = context;
    const count = scaled(scale, SENDS, SENDERS);
    await using reference = await startHost('echo-ws');
    await using pairs = await Pairs.start(context);
    await using echoes = await echoOverWebSocket({ ...reference.offers, pid: reference.pid }, pairs.size);
    const rates: number[] = [];
    const compared = await interleave(
      scale.rounds,
      () => echoes.round(count),
      async () => {
        const { cpuPerSend, sendsPerSecond } = await pairs.sendOverGateway(count);
        rates.push(sendsPerSecond);
        return cpuPerSend;
      },
    );
    return perOperation(compared, BAR, `${Math.round(median(rates))} sends/s; ${pairs.audit()}`);
  },
};
