import { setTimeout as pause } from 'node:timers/promises';
import { type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';
import { Pairs, SENDERS } from './pairs.ts';

const BAR_MS = 6;
const IDLE_MS = 2000;
const SENDS = 30_000;

export const eventLoopDelay: Row = {
  name: 'event-loop-delay',
  what: `event-loop delay p99 of the main thread, ${SENDERS} senders in channels of 2`,
  against: 'the same process idle',
  unit: 'ms',
  bar: `value <= ${BAR_MS} ms`,
  async measure(context) {
    const { scale } = context;
    await using pairs = await Pairs.start(context);
    const delayDuring = async (load: Promise<unknown>): Promise<number> => {
      await pairs.server.startDelay();
      await load;
      return pairs.server.delayP99();
    };
    const compared = await interleave(
      scale.rounds,
      () => delayDuring(pause(IDLE_MS)),
      () => delayDuring(pairs.sendOverGateway(scaled(scale, SENDS, SENDERS))),
    );
    const spread = compared.ourRounds.map((ms) => ms.toFixed(1)).join(', ');
    return {
      value: compared.ours,
      reference: compared.reference,
      ratio: compared.ours / compared.reference,
      ok: compared.ours <= BAR_MS,
      details: `rounds ${spread}; the timer's own 1 ms included; ${pairs.audit()}`,
    };
  },
};
