import { sayAtPace } from '../load/steady-pace.ts';
import { type Row, scaled } from '../row.ts';
import { ChannelOfMany, MEMBERS } from './channel-of-many.ts';
import { latencyRounds } from './latency-rounds.ts';

const RATE = 100;
/** Of one round. */
const MESSAGES = 500;
const P50_MS = 10;
const P99_MS = 50;

export const steadyDelivery: Row = {
  name: 'steady-delivery',
  what: `delivery to ${MEMBERS} members at ${RATE} messages/s, p99`,
  against: '-',
  unit: 'ms',
  bar: `p50 <= ${P50_MS} ms, p99 <= ${P99_MS} ms, none lost`,
  async measure(context) {
    const { scale } = context;
    await using channel = await ChannelOfMany.start(context);
    const count = scaled(scale, MESSAGES, RATE / 10);
    const { p50, p99, text } = await latencyRounds(scale.rounds, () => sayAtPace(channel, RATE, count));
    return {
      value: p99,
      reference: null,
      ratio: null,
      ok: p50 <= P50_MS && p99 <= P99_MS,
      details: `${text}; ${await channel.audit()}`,
    };
  },
};
