import { cpSync } from 'node:fs';
import { createDataFolder, fill } from '../fixtures/data-folder.ts';
import { decorate } from '../fixtures/decorations.ts';
import { MILLION, sharedMillion } from '../fixtures/million.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { type Ask, timedRequests } from '../load/timed-requests.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { median } from '../stats/percentile.ts';

const PAGE = 50;
/** Of one round and kind. */
const PAGES = 400;
const BAR = 1.5;

/** Pages that show more than messages: each beside a plain page of the same history, by turns. */
export const decoratedPages: Row = {
  name: 'decorated-pages',
  what: `pages of ${PAGE} with reactions, pins or threads, ${MILLION} messages; the slowest kind, p50`,
  against: 'a plain page of the same history',
  unit: 'ms',
  bar: `ratio <= ${BAR}`,
  async measure(context) {
    const { scale, profiles } = context;
    const history = await sharedMillion(context);
    using folder = createDataFolder();
    cpSync(history.data, folder.data, { recursive: true });
    const made = await fill(folder, ({ chat }) => decorate(chat, history));
    await using server = await startSnug({ data: folder.data, profiles });
    await using client = await GatewayClient.open({
      port: server.port,
      token: history.member.token,
      heard: new Heard(),
    });
    const turns = (asks: readonly Ask[]): (() => Ask) => {
      let next = 0;
      return () => asks[next++ % asks.length] as Ask;
    };
    const plain = turns(made.plain.map(({ channelId, id }) => page(channelId, id)));
    const kinds = {
      reactions: turns(made.reacted.map(({ channelId, id }) => page(channelId, id))),
      pins: turns(made.pinned.map((channel_id) => ({ command: 'pin.list', params: { channel_id, limit: PAGE } }))),
      threads: turns(
        made.threaded.map((channel_id) => ({ command: 'thread.list', params: { channel_id, limit: PAGE } })),
      ),
    };
    const count = scaled(scale, PAGES, 10);
    const times: Record<string, number[]> = { plain: [], reactions: [], pins: [], threads: [] };
    for (let round = 0; round <= scale.rounds; round++) {
      for (const [kind, next] of Object.entries({ plain, ...kinds })) {
        const { p50 } = await timedRequests(client, count, next);
        if (round > 0) times[kind]?.push(p50);
      }
    }
    const of = (kind: string): number => median(times[kind] ?? []);
    const slowest = Object.keys(kinds).reduce((worst, kind) => (of(kind) > of(worst) ? kind : worst));
    const ratio = of(slowest) / of('plain');
    const details = `p50 ${Object.keys(times)
      .map((kind) => `${kind} ${of(kind).toFixed(3)} ms`)
      .join(', ')}; slowest ${slowest}`;
    return { value: of(slowest), reference: of('plain'), ratio, ok: ratio <= BAR, details };
  },
};

function page(channel_id: string, before: string): Ask {
  return { command: 'message.list', params: { channel_id, before, limit: PAGE } };
}
