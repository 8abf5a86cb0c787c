/** The log alone: 256 at once append to it, and each waits until its message is durable. Arguments: data folder, cast as JSON. */
import { SqliteLog } from '@snug/chat';
import { defaultSettings, openInstance } from '@snug/server';
import { inFlight } from '../load/in-flight.ts';
import { type Cast, SampleAppends } from '../load/sample-appends.ts';
import { answerParent, ready } from '../process/parent-link.ts';

const [, , data = '', cast = ''] = process.argv;
const WIDTH = 256;

// The instance brings the tables and a logger; the log is then opened without it.
const instance = await openInstance({ ...defaultSettings(), data, log_level: 'error' });
await instance.close();
const log = await SqliteLog.open({
  file: `${data}/chat.db`,
  logger: instance.logger,
  onFatal: (reason) => {
    throw new Error(reason);
  },
});
const samples = new SampleAppends(JSON.parse(cast) as Cast);

answerParent({
  /** Answers the seconds it took, and where each append lies with its nonce. */
  round: async (count: number) => {
    const appends = samples.make(count);
    const positions: number[] = [];
    const began = performance.now();
    await inFlight(count, WIDTH, async (index) => {
      const result = await log.append(appends[index] as (typeof appends)[number]);
      if (result.kind !== 'committed') throw new Error(`an append was ${result.kind}`);
      positions[index] = result.events[0]?.position ?? -1;
    });
    const seconds = (performance.now() - began) / 1000;
    return { seconds, acknowledged: appends.map(({ nonce }, index) => ({ nonce, position: positions[index] })) };
  },
});
ready({});
