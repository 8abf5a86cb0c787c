/**
 * E5 and E6 as one property: whatever the order in which pages, snapshots and events reach the store, a window that is
 * not stale holds exactly what the full fold of the log holds in its range, and the unread count is the server's.
 */
import type { Message } from '@snug/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ANNA, CHANNEL, ME } from './fixtures.ts';
import type { FetchKind } from './origin.ts';
import { ScheduledReader } from './scheduled-reader.ts';

const nat = fc.nat({ max: 50 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(ANNA, ME, ANNA).map((author) => (r: ScheduledReader) => r.origin.create(author)),
  },
  { weight: 2, arbitrary: nat.map((pick) => (r: ScheduledReader) => r.origin.edit(pick)) },
  { weight: 2, arbitrary: nat.map((pick) => (r: ScheduledReader) => r.origin.delete(pick)) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom<FetchKind[]>('latest', 'before', 'after', 'around'), nat).map(
      ([kind, pick]) =>
        (r: ScheduledReader) =>
          r.ask(kind as FetchKind, pick),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(nat, fc.constantFrom(0, 0, 0, 1, 3)).map(
      ([pick, lag]) =>
        (r: ScheduledReader) =>
          r.serve(pick, lag),
    ),
  },
  { weight: 4, arbitrary: nat.map((pick) => (r: ScheduledReader) => r.answer(pick)) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 4 }).map((count) => (r: ScheduledReader) => r.receive(count)) },
  { weight: 1, arbitrary: fc.constant((r: ScheduledReader) => r.reset()) },
);

function truthInRange(reader: ScheduledReader): Message[] {
  const window = reader.store.getState().windows.get(CHANNEL);
  const { from = null, to = null } = window ?? {};
  const truth = [...reader.origin.at(reader.origin.head).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return truth.filter((one) => (from === null || one.id >= from) && (to === null || one.id <= to));
}

test('[STORE1] [STORE3] [STORE4] pages, snapshots and events in any order give what the full fold gives', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 120, size: 'max' }), (steps) => {
      const reader = new ScheduledReader();
      for (const run of steps) run(reader);
      reader.settle();
      const state = reader.store.getState();
      const window = state.windows.get(CHANNEL);
      if (window === undefined || window.stale) return;
      compared++;
      const shown = window.ids.map((one) => state.messages.get(CHANNEL)?.get(one));
      expect(shown).toEqual(truthInRange(reader));
      expect([...(state.messages.get(CHANNEL)?.keys() ?? [])].sort()).toEqual(window.ids);
    }),
    { numRuns: 4000 },
  );
  // The premise: most schedules end with a window that claims something.
  expect(compared).toBeGreaterThan(1000);
});

const readStep = fc.oneof(
  { weight: 5, arbitrary: step },
  {
    weight: 2,
    arbitrary: fc.tuple(nat, fc.boolean()).map(
      ([pick, isMark]) =>
        (r: ScheduledReader) =>
          r.origin.read(pick, isMark),
    ),
  },
  { weight: 1, arbitrary: fc.constant((r: ScheduledReader) => r.askCount()) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0, 2).map((lag) => (r: ScheduledReader) => r.serveCount(lag)) },
  { weight: 1, arbitrary: fc.constant((r: ScheduledReader) => r.answerCount()) },
  { weight: 2, arbitrary: fc.constant((r: ScheduledReader) => r.countAhead()) },
);

test('[STORE7] [READ1] [READ3] [READ4] the unread count is the one of the server, whatever was read where', () => {
  fc.assert(
    fc.property(fc.array(readStep, { minLength: 10, maxLength: 120, size: 'max' }), (steps) => {
      const reader = new ScheduledReader();
      for (const run of steps) run(reader);
      reader.settle();
      reader.settleCount();
      expect(reader.store.getState().reads.get(CHANNEL)?.unread).toBe(reader.origin.unread());
    }),
    { numRuns: 4000 },
  );
});
