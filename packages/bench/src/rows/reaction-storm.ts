import { createDataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace, perform } from '../fixtures/places.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { StallWatch } from '../load/stall-watch.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { median } from '../stats/percentile.ts';

const MEMBERS = 500;
const EVENT_BYTES = 400;
const EVENTS_PER_SECOND = 500;
const TYPE = 'MESSAGE_REACTION_ADD';

/** Everybody in a channel reacts to one message at once, and hears everybody else do so. */
export const reactionStorm: Row = {
  name: 'reaction-storm',
  what: `${MEMBERS} members react to one message at once; reactions a second that everybody heard`,
  against: '-',
  unit: 'events/s',
  bar: `>= ${EVENTS_PER_SECOND} events/s, <= ${EVENT_BYTES} bytes per member and event, none lost`,
  async measure({ scale, profiles }) {
    using folder = createDataFolder();
    const rounds = scale.rounds + 1;
    const { people, channelId, messages } = await fill(folder, async (instance) => {
      const all = (await createPeople(instance, scaled(scale, MEMBERS, 2))) as [Person, ...Person[]];
      const { channelIds } = await createPlace(instance.chat, all);
      const channel_id = channelIds[0] as string;
      const ids: string[] = [];
      while (ids.length < rounds) {
        const { id } = await perform(instance.chat, all[0], 'message.send', { channel_id, content: 'Well?' });
        ids.push(id);
      }
      return { people: all, channelId: channel_id, messages: ids };
    });
    await using server = await startSnug({ data: folder.data, profiles });
    const clients: GatewayClient[] = [];
    for (const { token } of people)
      clients.push(await GatewayClient.open({ port: server.port, token, heard: new Heard() }));
    const storms = [];
    for (const messageId of messages) storms.push(await storm(clients, channelId, messageId));
    await Promise.all(clients.map((client) => client.close()));
    const counted = storms.slice(1);
    const rate = median(counted.map(({ seconds }) => clients.length / seconds));
    const bytes = median(counted.map((one) => one.bytesPerEvent));
    const details = `${Math.round(bytes)} bytes per member and event, answers left out; ${clients.length ** 2} deliveries a round, none lost`;
    return {
      value: rate,
      reference: null,
      ratio: null,
      ok: rate >= EVENTS_PER_SECOND && bytes <= EVENT_BYTES,
      details,
    };
  },
};

async function storm(
  clients: readonly GatewayClient[],
  channelId: string,
  messageId: string,
): Promise<{ seconds: number; bytesPerEvent: number }> {
  const expected = clients.length ** 2;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let heard = 0;
  let answered = 0;
  let ended = 0;
  const settle = (): void => {
    if (heard === expected && ended === 0) ended = performance.now();
    if (heard === expected && answered === clients.length) resolve();
  };
  using _watch = new StallWatch(
    () => heard + answered,
    reject,
    () => `${expected - heard} of ${expected} deliveries were lost`,
  );
  const before = clients.reduce((sum, client) => sum + client.bytes, 0);
  let answers = 0;
  for (const client of clients) {
    client.onFailure = reject;
    client.onDispatch = (type) => {
      if (type === TYPE) heard += 1;
      settle();
    };
    client.onAnswer = () => {
      answered += 1;
      settle();
    };
  }
  const began = performance.now();
  for (const [index, client] of clients.entries()) {
    const params = { channel_id: channelId, message_id: messageId, emoji: '\u{1F389}' };
    client.send(JSON.stringify({ op: 12, d: { id: index, command: 'reaction.add', params } }));
    answers += ANSWER_BYTES;
  }
  await promise;
  const bytes = clients.reduce((sum, client) => sum + client.bytes, 0) - before - answers;
  return { seconds: (ended - began) / 1000, bytesPerEvent: bytes / expected };
}

/** An op 13 that says nothing but ok. */
const ANSWER_BYTES = 60;
