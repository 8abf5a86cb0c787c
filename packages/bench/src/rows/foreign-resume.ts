import { createHistory, type History, MILLION, OWN, sharedMillion } from '../fixtures/million.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { startSnug } from '../process/snug-server.ts';
import type { Row } from '../row.ts';
import { interleave } from '../stats/interleave.ts';
import { median } from '../stats/percentile.ts';

const BAR = 1.5;
/** Resumes of one round. */
const TIMES = 20;

export const foreignResume: Row = {
  name: 'foreign-resume',
  what: `resume of one client with ${OWN} own events among ${MILLION} foreign`,
  against: 'the same without foreign',
  unit: 'ms',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const { scale, profiles } = context;
    const among = await sharedMillion(context);
    using alone = await createHistory(0, OWN);
    await using server = await startSnug({ data: among.data, profiles });
    await using reference = await startSnug({ data: alone.data, profiles: null });
    const { ours, reference: bare } = await interleave(
      scale.rounds,
      () => resumeTimes(reference.port, alone),
      () => resumeTimes(server.port, among),
    );
    const ratio = ours / bare;
    return { value: ours, reference: bare, ratio, ok: ratio <= BAR, details: `median of ${TIMES} resumes a round` };
  },
};

/** Median ms from Resume to RESUMED. */
async function resumeTimes(port: number, { hermit, cursor }: History): Promise<number> {
  const times: number[] = [];
  while (times.length < TIMES) {
    const client = await GatewayClient.connect({ port, token: hermit.token, heard: new Heard(), cursor });
    const began = performance.now();
    await client.enter();
    times.push(performance.now() - began);
    if (client.received !== OWN) throw new Error(`the client heard ${client.received} of ${OWN} events`);
    await client.close();
  }
  return median(times);
}
