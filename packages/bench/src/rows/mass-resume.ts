import { createDataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace } from '../fixtures/places.ts';
import { GatewayClient } from '../load/gateway-client.ts';
import { Heard } from '../load/heard.ts';
import { inFlight } from '../load/in-flight.ts';
import { SampleAppends } from '../load/sample-appends.ts';
import { startHost } from '../process/host.ts';
import { startSnug } from '../process/snug-server.ts';
import { type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';

const BAR = 0.5;
const CLIENTS = 1000;
const MISSED = 1000;

interface Missed {
  readonly people: readonly Person[];
  readonly channelId: string;
  readonly cursor: number;
  readonly positions: readonly number[];
}

export const massResume: Row = {
  name: 'mass-resume',
  what: `resume of ${CLIENTS} clients that each missed ${MISSED} events`,
  against: 'reading the same rows once per client and writing them',
  unit: 'events/s',
  bar: `ratio >= ${BAR}`,
  async measure({ scale, profiles }) {
    using folder = createDataFolder();
    const missed = await fill(folder, async (instance) => {
      const { chat } = instance;
      const people = await createPeople(instance, scaled(scale, CLIENTS));
      const { serverId, channelIds } = await createPlace(chat, people as [Person, ...Person[]]);
      const cursor = chat.log.tail;
      const samples = new SampleAppends({ serverId, channelIds, peopleIds: people.map(({ id }) => id) });
      const positions: number[] = [];
      for (const append of samples.make(scaled(scale, MISSED))) {
        const result = await chat.log.append(append);
        if (result.kind !== 'committed') throw new Error(`a message was ${result.kind}`);
        positions.push(chat.log.tail);
      }
      return { people, channelId: channelIds[0] as string, cursor, positions };
    });
    await using server = await startSnug({ data: folder.data, profiles });
    await using reference = await startHost('replay-rows', [folder.chatFile, missed.channelId]);
    const { ours, reference: bare } = await interleave(
      scale.rounds,
      () => resumeAll(reference.offers.port, missed),
      () => resumeAll(server.port, missed),
    );
    const ratio = ours / bare;
    const details = `${missed.people.length} clients heard each of ${missed.positions.length} events once, in order, in every round`;
    return { value: ours, reference: bare, ratio, ok: ratio >= BAR, details };
  },
};

/** Everybody resumes at once from the same cursor. Answers events a second; connecting is not part of it. */
async function resumeAll(port: number, { people, cursor, positions }: Missed): Promise<number> {
  const heard = new Heard();
  const clients: GatewayClient[] = [];
  await inFlight(people.length, 32, async (index) => {
    const { token } = people[index] as Person;
    clients[index] = await GatewayClient.connect({ port, token, heard, cursor });
  });
  const began = performance.now();
  await Promise.all(clients.map((client) => client.enter()));
  const seconds = (performance.now() - began) / 1000;
  for (const { received } of clients) {
    if (received !== positions.length) throw new Error(`a client heard ${received} of ${positions.length} events`);
  }
  if (heard.faults.length > 0) throw new Error(heard.faults[0]);
  if (heard.positions.some((position, index) => position !== positions[index]))
    throw new Error('other events were heard than were missed');
  await Promise.all(clients.map((client) => client.close()));
  return (positions.length * clients.length) / seconds;
}
