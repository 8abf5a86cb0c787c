import { ALL_INTENTS, Intent } from '@snug/protocol';
import { describe, expect, test } from 'vitest';
import { FanOut } from '../src/delivery/fan-out.ts';
import { Frame } from '../src/delivery/frames.ts';
import { Reader, type Sink } from '../src/delivery/reader.ts';

/** A sink that keeps what it was given. */
class Kept implements Sink {
  readonly transport = 'gateway';
  readonly isFilling = false;
  readonly capacity = Number.POSITIVE_INFINITY;
  readonly frames: Frame[] = [];
  write(frame: Frame): void {
    this.frames.push(frame);
  }
  reset(): void {}
  close(): void {}
}

function readers(count: number, intents = ALL_INTENTS): { reader: Reader; sink: Kept }[] {
  return Array.from({ length: count }, () => {
    const sink = new Kept();
    return { reader: new Reader('user', 'session', sink, intents, Number.POSITIVE_INFINITY), sink };
  });
}

const message = (position: number): Frame =>
  new Frame('MESSAGE_CREATE', position, Intent.MESSAGES, `{"n":${position}}`);
const aTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const positions = ({ sink }: { sink: Kept }): (number | null)[] => sink.frames.map(({ position }) => position);

describe('fan-out', () => {
  test('[DLV20] [E27] no turn serves more than 500 readers, and everybody hears everything in order', async () => {
    const fanOut = new FanOut();
    const all = readers(1300);
    const list = all.map(({ reader }) => reader);
    const served = (): number => all.reduce((sum, { sink }) => sum + sink.frames.length, 0);
    for (const position of [1, 2]) {
      fanOut.toAll(message(position), [list.slice(0, 700), list.slice(700)]);
      fanOut.run();
    }
    const turns: number[] = [];
    for (let before = 0, now = served(); ; before = now, now = served()) {
      turns.push(now - before);
      if (fanOut.waiting === 0) break;
      await aTurn();
    }
    // Frames that wait for the same readers may travel together: twice as many frames, not readers.
    expect(Math.max(...turns)).toBeLessThanOrEqual(2 * 500);
    expect(turns.length).toBeGreaterThan(2);
    expect(new Set(all.map((one) => positions(one).join()))).toEqual(new Set(['1,2']));
    expect(fanOut.delivered).toBe(2600);
  });

  test('[DLV20] [DLV24] what comes while a slice waits is heard after it, by those it is for', async () => {
    const fanOut = new FanOut();
    const [many, deaf] = [readers(900), readers(5, Intent.TYPING)];
    const list = [...many, ...deaf].map(({ reader }) => reader);
    const late = many[899] as (typeof many)[0];
    fanOut.toAll(message(1), [list]);
    fanOut.run();
    fanOut.toOne(late.reader, [message(2), message(2)]);
    fanOut.run();
    fanOut.toAll(message(3), [list], new Set([many[0]?.reader as Reader]));
    fanOut.run();
    expect(positions(late)).toEqual([]);
    while (fanOut.waiting > 0) await aTurn();
    // The head of the group repeats the cursor it found.
    expect(positions(late)).toEqual([1, 1, 2, 3]);
    expect(positions(many[0] as (typeof many)[0])).toEqual([1]);
    expect(positions(many[1] as (typeof many)[0])).toEqual([1, 3]);
    expect(deaf.flatMap(positions)).toEqual([]);
  });
});

describe('a reader', () => {
  test('[DLV17] [E3] what was held is written once the reader is live, and nothing that it has already', () => {
    const [one] = readers(1) as [{ reader: Reader; sink: Kept }];
    const { reader } = one;
    reader.hold();
    for (const position of [4, 5]) reader.deliver(message(position));
    reader.deliverGroup([message(6), message(6)]);
    reader.deliverGroup([message(9), message(9)]);
    expect(positions(one)).toEqual([]);
    // The log was read up to 6: the group at 6 is there already, its head as well.
    expect(reader.goLive(6)).toBe(true);
    expect(positions(one)).toEqual([6, 9]);
    reader.deliver(message(9));
    reader.deliver(message(8));
    reader.deliver(message(10));
    expect(positions(one)).toEqual([6, 9, 10]);
  });

  test('[DLV21] [E28] what is held while a catch-up runs is bounded: past it the log is read again', () => {
    const [one] = readers(1) as [{ reader: Reader; sink: Kept }];
    one.reader.hold();
    for (let position = 1; position <= 100_000; position++) one.reader.deliver(message(position));
    expect(one.reader.goLive(0)).toBe(false);
    expect(positions(one)).toEqual([]);
    one.reader.hold();
    one.reader.deliver(message(100_001));
    expect(one.reader.goLive(100_000)).toBe(true);
    expect(positions(one)).toEqual([100_001]);
  });
});
