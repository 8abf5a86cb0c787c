import { sharedCrowd } from '../fixtures/crowd.ts';
import { sayAtPace } from '../load/steady-pace.ts';
import { type Row, scaled } from '../row.ts';
import { CrowdOnline } from './crowd-online.ts';
import { latencyRounds } from './latency-rounds.ts';

const RATE = 100;
/** Of one round. */
const MESSAGES = 500;
const P95_MS = 50;

export const crowdDelivery: Row = {
  name: 'crowd-delivery',
  what: `delivery at ${RATE} messages/s with 10,000 connections, 1,000 of them in the channel, p95`,
  against: '-',
  unit: 'ms',
  bar: `p95 <= ${P95_MS} ms, none lost`,
  async measure(context) {
    const { scale } = context;
    await using crowd = await CrowdOnline.start(context, await sharedCrowd(context));
    await crowd.connect();
    const count = scaled(scale, MESSAGES, RATE / 10);
    const { p95, text } = await latencyRounds(scale.rounds, () => sayAtPace(crowd, RATE, count));
    return {
      value: p95,
      reference: null,
      ratio: null,
      ok: p95 <= P95_MS,
      details: `${text}; ${crowd.size} connections; ${await crowd.audit()}`,
    };
  },
};
