/** What every log must do, whatever it is made of: run on SQLite, on a log that lags, and on whatever comes later. */
import type { AppendResult, Log, LogEvent } from '@snug/chat';
import { Refusal } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { append, countingIds, messageCreate, serverUpdate, userCreate } from './log-facts.ts';

export interface OpenLog extends AsyncDisposable {
  readonly log: Log;
  /** Closes it and opens it again on the same data. */
  reopen(): Promise<Log>;
}

type Committed = Extract<AppendResult, { kind: 'committed' }>;

export function committed(result: AppendResult): Committed {
  if (result.kind !== 'committed') throw new Error(`not committed: ${JSON.stringify(result)}`);
  return result;
}

/** Counts of a log: what stands in it, by its own word. */
export async function everything(log: Log): Promise<{ position: number; type: string; subject: string }[]> {
  const { value } = await log.read({
    all: {
      sql: 'SELECT position, type, subject FROM events ORDER BY position',
      params: [],
      map: (rows) => rows as unknown as { position: number; type: string; subject: string }[],
    },
  });
  return value.all;
}

export function logSuite(name: string, open: () => Promise<OpenLog>): void {
  describe(`the log, ${name}`, () => {
    positions(open);
    announcements(open);
    reading(open);
    failures(open);
  });
}

function positions(open: () => Promise<OpenLog>): void {
  test('[LOG1] [LOG9] [E10] commands at once share commits; positions are dense and each command is together', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const channel = ids();
    const results = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const events = Array.from({ length: 1 + (index % 3) }, () => messageCreate(channel, ids(), 'ada', `${index}`));
        return log.append(append('ada', events));
      }),
    );
    const all = results.map((result) => committed(result).events);
    expect(all.map((events) => events.length)).toEqual(Array.from({ length: 300 }, (_, index) => 1 + (index % 3)));
    expect(all.flat().map(({ position }) => position)).toEqual(Array.from({ length: 600 }, (_, index) => index + 1));
    expect(new Set(all.flat().map(({ batch }) => batch)).size).toBeLessThan(10);
    expect((await everything(log)).map(({ subject }) => subject)).toEqual(all.flat().map(({ subject }) => subject));
    expect(log.tail).toBe(600);
    expect(log.pending).toBe(0);
  });

  test('[LOG2] [E1] an event is stored with its whole envelope, and read as it was announced', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const [channel, id] = [ids(), ids()];
    const events = [messageCreate(channel, id, 'ada', 'hello'), messageCreate(channel, ids(), 'ada', 'again')];
    const result = committed(await log.append(append('ada', events, { nonce: 'n1', trace: 'request-7' })));
    const [first, second] = await log.events([1, 2]);
    expect(first).toEqual({
      position: 1,
      scope: `channel:${channel}`,
      type: 'MESSAGE_CREATE',
      v: 1,
      subject: id,
      actor: 'ada',
      at: result.events[0]?.at,
      trace: 'request-7',
      nonce: 'n1',
      batch: 1,
      origin: null,
      body: JSON.stringify(events[0]?.body),
    });
    expect(second).toMatchObject({ position: 2, nonce: null, batch: 1 });
    expect(result.events.map(({ json }) => json)).toEqual([first?.body, second?.body]);
  });

  test('[LOG1] positions go on after a reopening, and a nonce is still known', async () => {
    await using opened = await open();
    await opened.log.append(append('ada', userCreate('ada'), { nonce: 'once' }));
    const log = await opened.reopen();
    expect(log.tail).toBe(1);
    expect(await log.append(append('ada', userCreate('other'), { nonce: 'once' }))).toEqual({
      kind: 'duplicate',
      position: 1,
    });
    expect(committed(await log.append(append('bo', userCreate('bo')))).events[0]?.position).toBe(2);
  });
}

function announcements(open: () => Promise<OpenLog>): void {
  test('[LOG10] [E14] every event is announced once, in order, before its command is acknowledged', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const heard: LogEvent[] = [];
    log.onBatch((events) => heard.push(...events));
    let late = 0;
    const sendOne = async (): Promise<void> => {
      const { events } = committed(await log.append(append('ada', messageCreate('c', ids(), 'ada', 'x'))));
      if ((heard.at(-1)?.position ?? 0) < (events[0]?.position as number)) late += 1;
    };
    for (let round = 0; round < 20; round++) await Promise.all(Array.from({ length: 15 }, sendOne));
    expect(late).toBe(0);
    expect(heard.map(({ position }) => position)).toEqual(Array.from({ length: 300 }, (_, index) => index + 1));
    expect(heard.map(({ subject }) => subject)).toEqual((await everything(log)).map(({ subject }) => subject));
  });

  test('[LOG10] what is refused or known is not announced', async () => {
    await using opened = await open();
    const { log } = opened;
    await log.append(append('ada', userCreate('ada'), { nonce: 'n' }));
    const heard: LogEvent[] = [];
    log.onBatch((events) => heard.push(...events));
    const guard = { kind: 'unique', key: 'user', args: ['ada'], refusal: 'CONFLICT' } as const;
    expect(await log.append(append('bo', userCreate('ada'), { guards: [guard] }))).toEqual({
      kind: 'refused',
      code: 'CONFLICT',
    });
    expect((await log.append(append('ada', userCreate('x'), { nonce: 'n' }))).kind).toBe('duplicate');
    await log.append(append('bo', userCreate('bo')));
    expect(heard.map(({ subject }) => subject)).toEqual(['bo']);
  });
}

function reading(open: () => Promise<OpenLog>): void {
  test('[DLV11] [E7] positions of scopes lie between their bounds, rising, at most as many as asked', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    for (let index = 0; index < 12; index++)
      await log.append(append('ada', messageCreate(`c${index % 3}`, ids(), 'ada', 'x')));
    expect(await log.positions(['channel:c0', 'channel:c2'], 0, 12, 100)).toEqual([1, 3, 4, 6, 7, 9, 10, 12]);
    expect(await log.positions(['channel:c0', 'channel:c2'], 3, 10, 100)).toEqual([4, 6, 7, 9, 10]);
    expect(await log.positions(['channel:c0', 'channel:c2'], 3, 12, 2)).toEqual([4, 6]);
    expect(await log.positions([], 0, 12, 100)).toEqual([]);
    expect((await log.events([9, 2, 99])).map(({ position }) => position)).toEqual([2, 9]);
    expect(await log.epochs()).toEqual([{ first: 1, last: null }]);
  });

  test('[DLV18] [E6] several queries see one moment, and say which', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const count = (sql: string) => ({ sql, params: [], map: ([row]: { n?: unknown }[]) => row?.n as number });
    const writing = Promise.all(
      Array.from({ length: 200 }, () => log.append(append('ada', messageCreate('c', ids(), 'ada', 'x')))),
    );
    for (let index = 0; index < 50; index++) {
      const { position, value } = await log.read({
        events: count('SELECT count(*) AS n FROM events'),
        messages: count('SELECT count(*) AS n FROM messages'),
      });
      expect(value).toEqual({ events: position, messages: position });
      await new Promise((resolve) => setImmediate(resolve));
    }
    await writing;
  });
}

function failures(open: () => Promise<OpenLog>): void {
  test('[LOG12] [E15] what nobody foresaw fails its own command, in a batch or alone, and the log goes on', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const taken = ids();
    await log.append(append('ada', messageCreate('c', taken, 'ada', 'first')));
    const again = (): Promise<AppendResult> => log.append(append('ada', messageCreate('c', taken, 'ada', 'again')));
    expect(await again()).toEqual({ kind: 'refused', code: 'INTERNAL' });
    const results = await Promise.all([
      log.append(append('ada', messageCreate('c', ids(), 'ada', 'before'))),
      again(),
      log.append(append('ada', messageCreate('c', ids(), 'ada', 'after'))),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['committed', 'refused', 'committed']);
    expect((await everything(log)).map(({ position }) => position)).toEqual([1, 2, 3]);
  });

  test('[LOG7] all events of a command are there, or none', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const taken = ids();
    await log.append(append('ada', messageCreate('c', taken, 'ada', 'first')));
    const half = [messageCreate('c', ids(), 'ada', 'half'), messageCreate('c', taken, 'ada', 'clash')];
    expect((await log.append(append('ada', half))).kind).toBe('refused');
    expect(await everything(log)).toHaveLength(1);
  });

  test('[CMD7] a change of authority that was rolled back makes nobody decide again', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const taken = ids();
    await log.append(append('ada', messageCreate('c', taken, 'ada', 'first')));
    const failing = append('ada', [serverUpdate('s', 'new'), messageCreate('c', taken, 'ada', 'clash')]);
    const watching = { kind: 'authority', keys: ['server:s'], position: 1 } as const;
    const results = await Promise.all([
      log.append(failing),
      log.append(append('bo', messageCreate('c', ids(), 'bo', 'x'), { guards: [watching] })),
    ]);
    expect(results.map(({ kind }) => kind)).toEqual(['refused', 'committed']);
  });

  test('[LOG13] [E15] 10,000 may wait; the next is refused, and those who wait are served', async () => {
    await using opened = await open();
    const { log } = opened;
    const ids = countingIds();
    const settled = await Promise.allSettled(
      Array.from({ length: 10_003 }, () => log.append(append('ada', messageCreate('c', ids(), 'ada', 'x')))),
    );
    const refused = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as Refusal] : []));
    expect(refused.map(({ code }) => code)).toEqual(['OVERLOADED', 'OVERLOADED', 'OVERLOADED']);
    expect(refused[0]).toBeInstanceOf(Refusal);
    expect(log.tail).toBe(10_000);
    await log.append(append('ada', messageCreate('c', ids(), 'ada', 'later')));
  });
}
