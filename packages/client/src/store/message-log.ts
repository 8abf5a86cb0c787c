import type { EventBody, Id, Message } from '@snug/protocol';

/** What happened to one message; or, with `history`, to a whole channel. */
export type MessageFact =
  | { readonly kind: 'create'; readonly id: Id; readonly message: EventBody<'MESSAGE_CREATE'> }
  | {
      /** Its text, its reactions, its pin, its thread. */
      readonly kind: 'change';
      readonly id: Id;
      readonly change: (message: Message) => Message;
      /** Whether only the server can tell what the message is after this change. */
      readonly isUnclear?: (before: Message) => boolean;
    }
  | { readonly kind: 'delete'; readonly id: Id }
  | { readonly kind: 'history' };

export type MessageEvent = MessageFact & { readonly channelId: Id; readonly position: number };

/** Ids `from <= id <= to` of a channel; null is unbounded. */
export interface IdRange {
  readonly from: Id | null;
  readonly to: Id | null;
  /** The bound a page was asked from is not in it, and the page says nothing about it. */
  readonly without?: Id | null;
}

export function isWithin(range: IdRange, id: Id): boolean {
  return id !== range.without && (range.from === null || id >= range.from) && (range.to === null || id <= range.to);
}

interface Cover extends IdRange {
  readonly channelId: Id;
  readonly position: number;
}

const MAX_EVENTS = 10_000;

/**
 * Makes a page and the events around it agree (E6, STORE4).
 *
 * A page says what its range of ids held at position P. Two things may go wrong, and this is the memory against both:
 * events above P that were folded before the page came would be lost under it, so while any fetch is on its way message
 * events are kept, to be applied to the page again; and events at or below P that come after it must not touch what it
 * brought, so the range is covered up to P until the cursor has passed it.
 *
 * A page is usable only if every event above it is still here (`floor`), and no newer page covers part of its range.
 */
export class MessageLog {
  #events: MessageEvent[] = [];
  #covers: Cover[] = [];
  #fetches = 0;
  /** The highest position of an event that is not kept. */
  #floor = 0;

  /** A fetch begins: from here on events are kept. The function returned ends it. */
  beginFetch(): () => void {
    this.#fetches++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#fetches--;
      if (this.#fetches === 0) this.#forget(this.#events.length);
    };
  }

  add(event: MessageEvent): void {
    if (this.#fetches === 0) {
      this.#floor = Math.max(this.#floor, event.position);
      return;
    }
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#forget(MAX_EVENTS / 2);
  }

  /** Whether a page of this position and range can be made to agree with what was folded. */
  accepts(channelId: Id, range: IdRange, position: number): boolean {
    if (position < this.#floor) return false;
    return !this.#covers.some(
      (cover) => cover.channelId === channelId && cover.position > position && overlaps(cover, range),
    );
  }

  /** Whether everything that happened above a position is still here, or nothing did. */
  reaches(position: number): boolean {
    return position >= this.#floor;
  }

  /** What happened in this channel above a position, in order. */
  since(channelId: Id, position: number): MessageEvent[] {
    return this.#events.filter((event) => event.channelId === channelId && event.position > position);
  }

  /** A page was taken: events at or below its position leave its range alone. */
  cover(channelId: Id, range: IdRange, position: number, cursor: number): void {
    if (position > cursor) this.#covers.push({ ...range, channelId, position });
  }

  isCovered(channelId: Id, id: Id, position: number): boolean {
    return this.#covers.some(
      (cover) => cover.channelId === channelId && position <= cover.position && isWithin(cover, id),
    );
  }

  /** The cursor moved: covers below it have done their work. */
  passed(cursor: number): void {
    if (this.#covers.length > 0) this.#covers = this.#covers.filter((cover) => cover.position > cursor);
  }

  /** A snapshot replaced what was known: pages older than it are of no use. */
  reset(position: number): void {
    this.#events = [];
    this.#covers = [];
    this.#floor = position;
  }

  #forget(count: number): void {
    const last = this.#events[count - 1];
    if (last === undefined) return;
    this.#floor = Math.max(this.#floor, last.position);
    this.#events.splice(0, count);
  }
}

function overlaps(a: IdRange, b: IdRange): boolean {
  const below = a.to !== null && b.from !== null && a.to < b.from;
  const above = b.to !== null && a.from !== null && b.to < a.from;
  return !below && !above;
}
