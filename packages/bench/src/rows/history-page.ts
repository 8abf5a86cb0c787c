import { MILLION, sharedMillion } from '../fixtures/million.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { timedRequests } from '../load/timed-requests.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { latencyRounds } from './latency-rounds.ts';

const PAGE = 50;
/** Of one round. */
const PAGES = 1000;
const P50_MS = 1;
const P99_MS = 5;

export const historyPage: Row = {
  name: 'history-page',
  what: `history page of ${PAGE}, ${MILLION} messages, p99`,
  against: '-',
  unit: 'ms',
  bar: `p50 <= ${P50_MS} ms, p99 <= ${P99_MS} ms server-side`,
  async measure(context) {
    const { scale, profiles } = context;
    const { data, member, samples } = await sharedMillion(context);
    await using server = await startSnug({ data, profiles });
    await using client = await GatewayClient.open({ port: server.port, token: member.token, heard: new Heard() });
    // Places all over the history, in an order that has nothing to do with it.
    const stride = 7919;
    let next = 0;
    const { p50, p99, text } = await latencyRounds(scale.rounds, () =>
      timedRequests(client, scaled(scale, PAGES, 10), () => {
        const { channelId, id } = samples[(next++ * stride) % samples.length] as (typeof samples)[number];
        return { command: 'message.list', params: { channel_id: channelId, before: id, limit: PAGE } };
      }),
    );
    const details = `${text}; over the gateway, one at a time, timed by the generator`;
    return { value: p99, reference: null, ratio: null, ok: p50 <= P50_MS && p99 <= P99_MS, details };
  },
};
