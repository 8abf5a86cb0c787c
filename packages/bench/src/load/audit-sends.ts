/** Every acknowledged message must be in the log, in the table and with the readers: once, in order, and nothing else. */
import { DatabaseSync } from 'node:sqlite';
import type { GatewayClient } from './gateway-client.ts';
import type { Sends } from './sends.ts';

export interface AuditOptions {
  /** The instance's chat.db; read only. */
  readonly file: string;
  /** Position before the first send. */
  readonly after: number;
  readonly sends: Sends;
  /** Readers by channel: all of them were connected from before the first send. */
  readonly readers: ReadonlyMap<string, readonly GatewayClient[]>;
}

interface Row {
  readonly position: number;
  readonly channel: string;
  readonly nonce: string | null;
}

/** @throws with the first difference found */
export function auditSends({ file, after, sends, readers }: AuditOptions): void {
  if (sends.pending > 0) throw new Error(`${sends.pending} sends were never acknowledged`);
  const db = new DatabaseSync(file, { readOnly: true });
  try {
    const logged = db
      .prepare(
        "SELECT position, substr(scope, 9) AS channel, nonce FROM events WHERE type = 'MESSAGE_CREATE' AND position > ? ORDER BY position",
      )
      .all(after) as unknown as Row[];
    const rows = db
      .prepare('SELECT position, channel_id AS channel, nonce FROM messages WHERE position > ? ORDER BY position')
      .all(after) as unknown as Row[];
    compare('the log', logged, sends);
    compare('the table of messages', rows, sends);
  } finally {
    db.close();
  }
  auditReaders(sends, readers);
}

function compare(where: string, rows: readonly Row[], sends: Sends): void {
  if (rows.length !== sends.acknowledged)
    throw new Error(`${where} holds ${rows.length} messages, ${sends.acknowledged} were acknowledged`);
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  for (const [index, position] of sends.positions.entries()) {
    const row = byPosition.get(position);
    if (row?.nonce !== sends.nonceOf(index) || row.channel !== sends.channels[index])
      throw new Error(`${where} does not hold send ${index} at position ${position}`);
  }
}

function auditReaders(sends: Sends, readers: AuditOptions['readers']): void {
  const expected = Map.groupBy(sends.positions.keys(), (index) => sends.channels[index] as string);
  for (const [channel, clients] of readers) {
    const positions = (expected.get(channel) ?? [])
      .map((index) => sends.positions[index] as number)
      .sort((a, b) => a - b);
    for (const client of clients) {
      if (client.failure !== null) throw new Error(`a reader was disconnected: ${client.failure}`);
      if (client.received !== positions.length)
        throw new Error(`a reader heard ${client.received} of ${positions.length} messages`);
      const { faults, positions: heard } = client.heard;
      if (faults.length > 0) throw new Error(faults[0]);
      const wrong = heard.findIndex((position, index) => position !== positions[index]);
      if (wrong >= 0) throw new Error(`a reader heard position ${heard[wrong]} where ${positions[wrong]} was sent`);
    }
  }
}
