/**
 * E5 and E6 as one property: whatever the order in which pages, snapshots and events reach the store, a window that is
 * not stale holds exactly what the full fold of the log holds in its range, and the unread count is the server's.
 */
import type { Message, MessagePage, ReadState } from '@snug/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPage, type FetchedPage } from '../src/store/apply-page.ts';
import { applyRecount, type RecountQuestion, recountQuestion } from '../src/store/apply-recount.ts';
import type { Dispatch } from '../src/store/dispatch.ts';
import { LiveStore } from '../src/store/live-store.ts';
import { ANNA, CHANNEL, channel, id, ME, message, readState, ready, SERVER, serverSnapshot } from './fixtures.ts';

const FIRST = 1000;
const PAGE = 4;

type LogEvent = { position: number; t: string; d: { id: string } & Partial<Message & ReadState> };

/** The whole truth: a log, and what a channel held at any position of it. */
class Origin {
  readonly log: LogEvent[] = [];
  readPosition = 0;
  lastReadId: string | null = null;
  #next = FIRST;

  get head(): number {
    return this.log.length;
  }

  create(author: string): void {
    const created = id(this.#next++);
    this.#append('MESSAGE_CREATE', message(created, { author_id: author }));
    if (author !== ME) return;
    this.readPosition = this.head;
    this.lastReadId = created;
  }

  edit(pick: number): void {
    const target = this.#any(pick);
    if (target === undefined) return;
    const content = `edit ${this.head}`;
    this.#append('MESSAGE_UPDATE', { id: target, channel_id: CHANNEL, content, is_edited: true });
  }

  delete(pick: number): void {
    const target = this.#any(pick);
    if (target !== undefined) this.#append('MESSAGE_DELETE', { id: target, channel_id: CHANNEL });
  }

  /** Another device reads up to a message, or marks it as unread. */
  read(pick: number, isMark: boolean): void {
    const target = this.#any(pick);
    if (target === undefined) return;
    const place = this.createdAt(target);
    if (!isMark && place <= this.readPosition) return;
    this.readPosition = isMark ? place - 1 : place;
    const below = [...this.at(this.head).keys()].filter((one) => (isMark ? one < target : one <= target));
    this.lastReadId = below.sort().at(-1) ?? id(0);
    const state = readState(CHANNEL, { read_position: this.readPosition, last_read_id: this.lastReadId });
    this.#append('READ_STATE_UPDATE', { id: '', ...state });
  }

  createdAt(messageId: string): number {
    return this.log.findIndex(({ t, d }) => t === 'MESSAGE_CREATE' && d.id === messageId) + 1;
  }

  /** The fold of everything up to a position. */
  at(position: number): Map<string, Message> {
    const messages = new Map<string, Message>();
    for (const { t, d } of this.log.slice(0, position)) {
      const known = messages.get(d.id);
      if (t === 'MESSAGE_CREATE') messages.set(d.id, d as Message);
      else if (t === 'MESSAGE_DELETE') messages.delete(d.id);
      else if (t === 'MESSAGE_UPDATE' && known !== undefined) messages.set(d.id, { ...known, ...d });
    }
    return messages;
  }

  page(position: number, kind: Fetch['kind'], anchor: string | null): MessagePage {
    const all = [...this.at(position).values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    const pages = { users: [], referenced: [] };
    if (kind === 'before') {
      const older = all.filter((one) => one.id < (anchor as string));
      return { ...pages, items: older.slice(0, PAGE), has_more: older.length > PAGE };
    }
    if (kind === 'after') {
      const newer = all.filter((one) => one.id > (anchor as string));
      return { ...pages, items: newer.slice(-PAGE), has_more: newer.length > PAGE };
    }
    if (kind === 'latest') return { ...pages, items: all.slice(0, PAGE), has_more: all.length > PAGE };
    const newer = all.filter((one) => one.id >= (anchor as string));
    const older = all.filter((one) => one.id < (anchor as string));
    const items = [...newer.slice(-PAGE / 2), ...older.slice(0, PAGE / 2)];
    const more = { has_more_before: older.length > PAGE / 2, has_more_after: newer.length > PAGE / 2 };
    return { ...pages, ...more, items, has_more: more.has_more_before };
  }

  unread(): number {
    const others = [...this.at(this.head).values()].filter((one) => one.author_id !== ME);
    return others.filter((one) => this.createdAt(one.id) > this.readPosition).length;
  }

  #any(pick: number): string | undefined {
    const ids = [...this.at(this.head).keys()];
    return ids[pick % Math.max(1, ids.length)];
  }

  #append(t: string, d: LogEvent['d']): void {
    this.log.push({ position: this.log.length + 1, t, d });
  }
}

interface Fetch {
  readonly kind: 'latest' | 'before' | 'after' | 'around';
  readonly anchor: string | null;
  readonly end: () => void;
  served: { page: MessagePage; position: number } | null;
}

interface Count {
  readonly question: RecountQuestion;
  readonly end: () => void;
  served: Fetch['served'];
}

/** A client whose events and answers come when the schedule says so. */
class Reader {
  readonly origin = new Origin();
  readonly store: LiveStore;
  readonly #fetches: Fetch[] = [];
  readonly #counts: Count[] = [];
  /** What this client has been told is gone, by an event or by a page that lacked it. */
  readonly #gone = new Set<string>();
  readonly #edits = new Map<string, number>();

  constructor() {
    const onError = (error: unknown): never => {
      throw error;
    };
    this.store = new LiveStore({ now: () => 0, onError });
    this.#snapshot();
  }

  #snapshot(): void {
    const { head, readPosition: read_position, lastReadId: last_read_id } = this.origin;
    const states = [readState(CHANNEL, { unread_count: this.origin.unread(), read_position, last_read_id })];
    this.store.reset(ready({ servers: [serverSnapshot(SERVER, [channel(CHANNEL)])], read_states: states }), head);
  }

  ask(kind: Fetch['kind'], pick: number): void {
    const window = this.store.getState().windows.get(CHANNEL);
    const around = id(FIRST + (pick % Math.max(1, this.origin.head)));
    const anchor = { latest: null, around, before: window?.from ?? null, after: window?.to ?? null }[kind];
    if (anchor === null && kind !== 'latest') return;
    if (window?.stale && (kind === 'before' || kind === 'after')) return;
    this.#fetches.push({ kind, anchor, end: this.store.ledger.log.beginFetch(), served: null });
  }

  serve(pick: number, lag: number): void {
    const fetch = this.#fetches.filter((one) => one.served === null)[pick % Math.max(1, this.#fetches.length)];
    if (fetch === undefined) return;
    const position = Math.max(0, this.origin.head - lag);
    fetch.served = { page: this.origin.page(position, fetch.kind, fetch.anchor), position };
  }

  answer(pick: number): void {
    const served = this.#fetches.filter((one) => one.served !== null);
    const fetch = served[pick % Math.max(1, served.length)];
    if (fetch?.served == null) return;
    const { page, position } = fetch.served;
    const kind = fetch.kind === 'before' || fetch.kind === 'after' ? fetch.kind : 'replace';
    const fetched: FetchedPage = { channelId: CHANNEL, kind, anchor: kind === 'replace' ? null : fetch.anchor, page };
    const outcome = this.store.applyAt(position, (context) => applyPage(context, fetched));
    if (outcome === 'outdated') {
      fetch.served = null;
      return;
    }
    this.#fetches.splice(this.#fetches.indexOf(fetch), 1);
    fetch.end();
    if (outcome === 'taken' && kind === 'replace') this.#learnGone(position);
    this.#nothingGoesBack();
  }

  receive(count: number): void {
    const { cursor } = this.store.getState();
    const events = this.origin.log.slice(cursor, cursor + count);
    if (events.length === 0) return;
    this.store.apply(events satisfies Dispatch[], (events.at(-1) as LogEvent).position);
    for (const { t, d } of events) if (t === 'MESSAGE_DELETE') this.#gone.add(d.id);
    this.#nothingGoesBack();
  }

  reset(): void {
    this.#snapshot();
  }

  /** A recount is asked for now, and answered after the server has gone on for a while. */
  askCount(): void {
    const question = recountQuestion(this.store, CHANNEL);
    if (question === null) return;
    this.#counts.push({ question, end: this.store.ledger.log.beginFetch(), served: null });
  }

  serveCount(lag: number): void {
    const count = this.#counts.find((one) => one.served === null);
    if (count === undefined) return;
    const position = Math.max(0, this.origin.head - lag);
    const newer = [...this.origin.at(position).values()].filter((one) => one.id > count.question.after);
    count.served = { position, page: { items: newer, has_more: false, users: [], referenced: [] } };
  }

  answerCount(): void {
    const count = this.#counts.find((one) => one.served !== null);
    if (count?.served == null) return;
    const { page, position } = count.served;
    this.store.applyAt(position, (context) => applyRecount(context, count.question, page));
    this.#counts.splice(this.#counts.indexOf(count), 1);
    count.end();
  }

  /** The answer overtakes the events before it. */
  countAhead(): void {
    this.askCount();
    this.serveCount(0);
    this.answerCount();
  }

  /** What the client does by itself: it asks until it knows. */
  settleCount(): void {
    while (this.#counts.length > 0) {
      this.serveCount(0);
      this.answerCount();
    }
    for (let i = 0; recountQuestion(this.store, CHANNEL) !== null; i++) {
      this.countAhead();
      if (i > 10) throw new Error('the count never settles');
    }
  }

  settle(): void {
    this.receive(this.origin.head);
    for (let i = 0; this.#fetches.length > 0; i++) {
      this.serve(0, 0);
      this.answer(0);
      if (i > 1000) throw new Error('fetches never settle');
    }
    this.receive(this.origin.head);
  }

  /** The window is as of `position` now: what was deleted by then in its range is known to be gone. */
  #learnGone(position: number): void {
    const { from = null, to = null } = this.store.getState().windows.get(CHANNEL) ?? {};
    for (const { t, d } of this.origin.log.slice(0, position)) {
      const inside = (from === null || d.id >= from) && (to === null || d.id <= to);
      if (t === 'MESSAGE_DELETE' && inside) this.#gone.add(d.id);
    }
  }

  /** At every moment: what is gone stays gone, and no edit is undone by an older copy. */
  #nothingGoesBack(): void {
    const { windows, messages } = this.store.getState();
    const ids = windows.get(CHANNEL)?.ids ?? [];
    expect(ids.filter((one) => this.#gone.has(one))).toEqual([]);
    for (const one of ids) {
      const edit = Number(/^edit (\d+)$/.exec(messages.get(CHANNEL)?.get(one)?.content ?? '')?.[1] ?? -1);
      expect(edit).toBeGreaterThanOrEqual(this.#edits.get(one) ?? -1);
      this.#edits.set(one, edit);
    }
  }
}

const nat = fc.nat({ max: 50 });
const step = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(ANNA, ME, ANNA).map((author) => (r: Reader) => r.origin.create(author)) },
  { weight: 2, arbitrary: nat.map((pick) => (r: Reader) => r.origin.edit(pick)) },
  { weight: 2, arbitrary: nat.map((pick) => (r: Reader) => r.origin.delete(pick)) },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom<Fetch['kind'][]>('latest', 'before', 'after', 'around'), nat).map(
      ([kind, pick]) =>
        (r: Reader) =>
          r.ask(kind as Fetch['kind'], pick),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(nat, fc.constantFrom(0, 0, 0, 1, 3)).map(
      ([pick, lag]) =>
        (r: Reader) =>
          r.serve(pick, lag),
    ),
  },
  { weight: 4, arbitrary: nat.map((pick) => (r: Reader) => r.answer(pick)) },
  { weight: 5, arbitrary: fc.integer({ min: 1, max: 4 }).map((count) => (r: Reader) => r.receive(count)) },
  { weight: 1, arbitrary: fc.constant((r: Reader) => r.reset()) },
);

function truthInRange(reader: Reader): Message[] {
  const window = reader.store.getState().windows.get(CHANNEL);
  const { from = null, to = null } = window ?? {};
  const truth = [...reader.origin.at(reader.origin.head).values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return truth.filter((one) => (from === null || one.id >= from) && (to === null || one.id <= to));
}

test('[STORE1] [STORE3] [STORE4] pages, snapshots and events in any order give what the full fold gives', () => {
  let compared = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 10, maxLength: 120, size: 'max' }), (steps) => {
      const reader = new Reader();
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
    { numRuns: 3000 },
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
        (r: Reader) =>
          r.origin.read(pick, isMark),
    ),
  },
  { weight: 1, arbitrary: fc.constant((r: Reader) => r.askCount()) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0, 2).map((lag) => (r: Reader) => r.serveCount(lag)) },
  { weight: 1, arbitrary: fc.constant((r: Reader) => r.answerCount()) },
  { weight: 2, arbitrary: fc.constant((r: Reader) => r.countAhead()) },
);

test('[STORE7] [READ1] [READ3] [READ4] the unread count is the one of the server, whatever was read where', () => {
  fc.assert(
    fc.property(fc.array(readStep, { minLength: 10, maxLength: 120, size: 'max' }), (steps) => {
      const reader = new Reader();
      for (const run of steps) run(reader);
      reader.settle();
      reader.settleCount();
      expect(reader.store.getState().reads.get(CHANNEL)?.unread).toBe(reader.origin.unread());
    }),
    { numRuns: 3000 },
  );
});
