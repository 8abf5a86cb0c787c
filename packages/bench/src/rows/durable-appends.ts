import { DatabaseSync } from 'node:sqlite';
import { createDataFolder, type DataFolder, fill } from '../fixtures/data-folder.ts';
import { createPeople, type Person } from '../fixtures/people.ts';
import { createPlace } from '../fixtures/places.ts';
import type { Cast } from '../load/sample-appends.ts';
import { startHost } from '../process/host.ts';
import { type Row, scaled } from '../row.ts';
import { interleave } from '../stats/interleave.ts';

const BAR = 0.7;
const CONCURRENT = 256;
const CHANNELS = 200;
/** Of one round. */
const APPENDS = 25_600;
/** The log's two threads, and so its reference, may use both cores: appenders are the load, the writer is the server. */
const FREE = { core: 'every core' } as const;

interface Acknowledged {
  readonly nonce: string;
  readonly position: number;
}

export const durableAppends: Row = {
  name: 'durable-appends',
  what: `durable appends, ${CONCURRENT} concurrent, log alone`,
  against: 'raw loop of the same statement list, batch 256',
  unit: 'appends/s',
  bar: `ratio >= ${BAR}`,
  async measure({ scale }) {
    const count = scaled(scale, APPENDS, CONCURRENT);
    using folder = createDataFolder();
    using rawFolder = createDataFolder();
    using scratchFolder = createDataFolder();
    const cast = JSON.stringify(await createCast(folder));
    for (const { chatFile } of [rawFolder, scratchFolder]) copyDatabase(folder.chatFile, chatFile);
    await using log = await startHost('append-log', [folder.data, cast], FREE);
    await using raw = await startHost('raw-append-loop', [rawFolder.chatFile, scratchFolder.chatFile, cast], FREE);
    const all: Acknowledged[] = [];
    const { ours, reference } = await interleave(
      scale.rounds,
      async () => count / (await raw.child.ask<{ seconds: number }>('round', count)).seconds,
      async () => {
        const { seconds, acknowledged } = await log.child.ask<{ seconds: number; acknowledged: Acknowledged[] }>(
          'round',
          count,
        );
        for (const one of acknowledged) all.push(one);
        return count / seconds;
      },
    );
    audit(folder.chatFile, all);
    const ratio = ours / reference;
    const details = `${all.length} acknowledged, all in log and table`;
    return { value: ours, reference, ratio, ok: ratio >= BAR, details };
  },
};

function createCast(folder: DataFolder): Promise<Cast> {
  return fill(folder, async (instance) => {
    const people = await createPeople(instance, CONCURRENT);
    const place = await createPlace(instance.chat, people as [Person, ...Person[]], CHANNELS);
    return { serverId: place.serverId, channelIds: place.channelIds, peopleIds: people.map(({ id }) => id) };
  });
}

function copyDatabase(from: string, to: string): void {
  const db = new DatabaseSync(from, { readOnly: true });
  db.prepare('VACUUM INTO ?').run(to);
  db.close();
}

/** @throws unless every acknowledged append lies where it was said to, in the log and in the table. */
function audit(file: string, acknowledged: readonly Acknowledged[]): void {
  const db = new DatabaseSync(file, { readOnly: true });
  const inLog = db.prepare('SELECT nonce FROM events WHERE position = ?');
  const inTable = db.prepare('SELECT nonce FROM messages WHERE position = ?');
  try {
    for (const { nonce, position } of acknowledged) {
      for (const statement of [inLog, inTable]) {
        if ((statement.get(position) as { nonce: string } | undefined)?.nonce !== nonce)
          throw new Error(`the append ${nonce} is not at position ${position}`);
      }
    }
  } finally {
    db.close();
  }
}
