/**
 * Run as a process of its own whose files may not grow past a limit: appends until the disk refuses, and tells on
 * standard output what was acknowledged and what was not. Argument: the file of the log.
 */
import { createLogger } from '@snug/edge';
import { Refusal } from '@snug/protocol';
import { SqliteLog } from '../src/log/sqlite/sqlite-log.ts';

const [, , file] = process.argv;
const fatal: string[] = [];
const log = await SqliteLog.open({
  file: file as string,
  logger: createLogger({ level: 'silent' }),
  onFatal: (reason) => fatal.push(reason),
});
const acknowledged: number[] = [];
const codes: string[] = [];

async function appendOne(index: number): Promise<void> {
  const subject = `u${index}`;
  const body = { id: subject, username: subject, filler: 'x'.repeat(2000) };
  const event = { type: 'HISTORY_CHANGED', scope: `channel:${subject}`, subject, body } as never;
  const append = { actor: 'ada', at: 0, trace: '', nonce: subject, events: [event], guards: [] };
  try {
    const result = await log.append(append);
    if (result.kind === 'committed') acknowledged.push(result.events[0]?.position as number);
  } catch (error) {
    codes.push(error instanceof Refusal ? error.code : String(error));
  }
}

for (let round = 0; fatal.length === 0 && round < 1000; round++)
  await Promise.all(Array.from({ length: 10 }, (_, index) => appendOne(round * 10 + index)));
await appendOne(1_000_000);
process.stdout.write(JSON.stringify({ acknowledged, codes, fatal }), () => process.exit(0));
