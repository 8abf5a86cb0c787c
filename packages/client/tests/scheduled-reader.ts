import type { CommandResult, MessagePage } from '@snug/protocol';
import { expect } from 'vitest';
import { applyPage, type FetchedPage } from '../src/store/apply-page.ts';
import { applyRecount, needsRecount } from '../src/store/apply-recount.ts';
import type { Dispatch } from '../src/store/dispatch.ts';
import { LiveStore } from '../src/store/live-store.ts';
import { CHANNEL, channel, id, readState, ready, SERVER, serverSnapshot } from './fixtures.ts';
import { type FetchKind, FIRST, type LogEvent, Origin } from './origin.ts';

interface Fetch {
  readonly kind: FetchKind;
  readonly anchor: string | null;
  readonly end: () => void;
  served: { page: MessagePage; position: number } | null;
}

interface Count {
  readonly end: () => void;
  served: { answer: CommandResult<'read.get'>; position: number } | null;
}

/** A client whose events and answers come when the schedule says so. */
export class ScheduledReader {
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

  ask(kind: FetchKind, pick: number): void {
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
    if (!needsRecount(this.store, CHANNEL)) return;
    this.#counts.push({ end: this.store.ledger.log.beginFetch(), served: null });
  }

  serveCount(lag: number): void {
    const count = this.#counts.find((one) => one.served === null);
    if (count === undefined) return;
    const position = Math.max(0, this.origin.head - lag);
    count.served = { position, answer: this.origin.readState(position) };
  }

  answerCount(): void {
    const count = this.#counts.find((one) => one.served !== null);
    if (count?.served == null) return;
    const { answer, position } = count.served;
    this.store.applyAt(position, (context) => applyRecount(context, CHANNEL, answer));
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
    for (let i = 0; needsRecount(this.store, CHANNEL); i++) {
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
