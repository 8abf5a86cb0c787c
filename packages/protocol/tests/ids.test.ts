import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstIdAt, ID_MAX_AHEAD_MS, IdClock, IMPORT_NODE, ImportIds, idTime, isId, MAX_NODE } from '../src/ids.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const NOW = Date.UTC(2026, 10, 20);

/** A clock one can set, and bytes that differ from call to call without being random. */
function source(node = 1, time = NOW) {
  let seed = 1;
  return {
    time,
    node,
    now() {
      return this.time;
    },
    random(buffer: Uint8Array) {
      for (let i = 0; i < buffer.length; i++) {
        seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
        buffer[i] = seed >>> 16;
      }
    },
  };
}

/** The 128 bits of an id. */
function bits(id: string): bigint {
  let value = 0n;
  for (const char of id) value = value * 32n + BigInt(ALPHABET.indexOf(char));
  return value;
}

const nodeOf = (id: string) => Number((bits(id) >> 70n) & 0x3ffn);
const counterOf = (id: string) => Number((bits(id) >> 58n) & 0xfffn);

describe('the layout of an id', () => {
  it('[ID1] is 26 characters of Crockford base 32 with time, node and counter where they belong', () => {
    const from = source(777);
    const clock = new IdClock(from);
    const first = clock.next();
    const second = clock.next();
    expect(isId(first)).toBe(true);
    expect(idTime(first)).toBe(NOW);
    expect(nodeOf(first)).toBe(777);
    expect(counterOf(first)).toBe(0);
    expect(counterOf(second)).toBe(1);
    expect(bits(first) >> 80n).toBe(BigInt(NOW));
  });

  it('[ID1] places the 58 random bits below the counter, all of them', () => {
    const ones = new IdClock({ now: () => NOW, node: 0, random: (buffer) => buffer.fill(0xff) });
    const zeros = new IdClock({ now: () => NOW, node: 0, random: (buffer) => buffer.fill(0) });
    expect(bits(ones.next()) & ((1n << 58n) - 1n)).toBe((1n << 58n) - 1n);
    expect(bits(zeros.next()) & ((1n << 58n) - 1n)).toBe(0n);
  });

  it('[ID1] refuses what is not an id', () => {
    const good = new IdClock(source()).next();
    const bad = [
      '',
      good.toLowerCase(),
      good.slice(1),
      `${good}0`,
      `8${good.slice(1)}`,
      good.replace(/.$/, 'U'),
      7,
      null,
    ];
    for (const value of bad) expect(isId(value)).toBe(false);
  });

  it('[ID1] keeps any time of 48 bits and any node', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.integer({ min: 0, max: MAX_NODE }), (time, node) => {
        const from = source(node, time);
        const id = new IdClock(from).next();
        expect(idTime(id)).toBe(time);
        expect(nodeOf(id)).toBe(node);
      }),
    );
  });

  it('[ID9] orders as text by time, then node, then counter', () => {
    const at = fc.record({ time: fc.integer({ min: 1, max: 2 ** 47 }), node: fc.integer({ min: 0, max: MAX_NODE }) });
    fc.assert(
      fc.property(at, at, (a, b) => {
        const idA = new IdClock(source(a.node, a.time)).next();
        const idB = new IdClock(source(b.node, b.time)).next();
        fc.pre(a.time !== b.time || a.node !== b.node);
        expect(idA < idB).toBe(a.time < b.time || (a.time === b.time && a.node < b.node));
      }),
    );
  });

  it('[MSG2] turns a time into a cursor that lies below every id of that millisecond and above the ones before', () => {
    const from = source(0);
    const clock = new IdClock(from);
    const before = clock.next();
    from.time += 1;
    const after = clock.next();
    expect(firstIdAt(NOW) <= before).toBe(true);
    expect(firstIdAt(NOW + 1) > before).toBe(true);
    expect(firstIdAt(NOW + 1) <= after).toBe(true);
    expect(isId(firstIdAt(0))).toBe(true);
  });
});

describe('the clock of a node', () => {
  it('[ID2] only grows, whatever the wall clock does', () => {
    const step = fc.integer({ min: -120_000, max: 5_000 });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 200 }), (steps) => {
        const from = source();
        const clock = new IdClock(from);
        let last = clock.next();
        for (const move of steps) {
          from.time = Math.max(1, from.time + move);
          const id = clock.next();
          expect(id > last).toBe(true);
          last = id;
        }
      }),
    );
  });

  it('[ID2] goes on into the next millisecond when the counter of one is used up', () => {
    const clock = new IdClock(source());
    const ids = Array.from({ length: 0x1000 + 10 }, () => clock.next());
    expect(idTime(ids[0xfff] as string)).toBe(NOW);
    expect(idTime(ids[0x1000] as string)).toBe(NOW + 1);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('[ID7] never repeats time, node and counter', () => {
    const from = source();
    const clock = new IdClock(from);
    const seen = new Set<bigint>();
    for (let i = 0; i < 20_000; i++) {
      if (i % 1_000 === 0) from.time += 1;
      seen.add(bits(clock.next()) >> 58n);
    }
    expect(seen.size).toBe(20_000);
  });

  it('[ID3] never falls behind an id it has seen, from whichever node and millisecond', () => {
    const seen = fc.record({
      // Mostly in the same few milliseconds: that is where the node and the counter decide.
      ahead: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -1, max: 2 }) }, fc.integer({ min: 3, max: 60_000 })),
      node: fc.integer({ min: 0, max: MAX_NODE }),
      used: fc.integer({ min: 1, max: 5 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MAX_NODE }), fc.array(seen, { maxLength: 20 }), (node, others) => {
        const clock = new IdClock(source(node));
        for (const { ahead, node: otherNode, used } of others) {
          const other = new IdClock(source(otherNode, NOW + ahead));
          const ids = Array.from({ length: used }, () => other.next());
          clock.observe(ids.at(-1) as string);
          expect(clock.next() > (ids.at(-1) as string)).toBe(true);
        }
      }),
    );
  });

  it('[ID3] does not run ahead for having seen its own ids', () => {
    const clock = new IdClock(source());
    for (let i = 0; i < 1_000; i++) clock.observe(clock.next());
    expect(clock.drift()).toBe(0);
  });

  it('[ID4] is not moved by an id more than five minutes ahead of the wall clock', () => {
    const clock = new IdClock(source());
    const far = new IdClock(source(2, NOW + ID_MAX_AHEAD_MS + 1)).next();
    clock.observe(far);
    expect(idTime(clock.next())).toBe(NOW);
    const near = new IdClock(source(2, NOW + ID_MAX_AHEAD_MS)).next();
    clock.observe(near);
    expect(clock.next() > near).toBe(true);
  });

  it('[ID5] tells how far it is ahead of the wall clock', () => {
    const from = source();
    const clock = new IdClock(from);
    expect(clock.drift()).toBe(0);
    clock.next();
    from.time -= 61_000;
    expect(clock.drift()).toBe(61_000);
  });
});

describe('ids of imports', () => {
  it('[ID6] carry the reserved node, the time of the line, and the order of the source', () => {
    const ids = new ImportIds(source().random);
    const minute = Date.UTC(2004, 10, 15, 3, 0);
    const made = [minute, minute, minute + 60_000, minute + 30_000].map((time) => ids.at(time));
    expect(made.toSorted()).toEqual(made);
    expect(made.map(nodeOf)).toEqual(made.map(() => IMPORT_NODE));
    expect(made.map(idTime)).toEqual([minute, minute, minute + 60_000, minute + 60_000]);
  });

  it('[ID6] survive more lines in a millisecond than the counter holds', () => {
    const ids = new ImportIds(source().random);
    const made = Array.from({ length: 5_000 }, () => ids.at(0));
    expect(new Set(made).size).toBe(5_000);
    expect(made.toSorted()).toEqual(made);
  });
});
