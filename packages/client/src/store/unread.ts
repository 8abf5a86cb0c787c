import type { Id } from '@snug/protocol';

/** A message of somebody else that arrived live and counts as unread (READ1). */
interface Counted {
  readonly id: Id;
  readonly position: number;
  readonly mention: boolean;
}

export interface UnreadCount {
  readonly unread: number;
  readonly mentions: number;
}

/** 100 stands for "more than 99" (READ5). */
export const UNREAD_CAP = 100;
const MAX_LIVE = 400;

/**
 * Counts what is unread in one channel. `base` is what the server counted up to `basePosition`; everything above it is
 * counted here, one by one, so that an ack from another device can be subtracted exactly. Where only the server can know
 * (an ack or a mark in the middle of the base) the count says that it is `uncertain`, and is asked for again.
 */
export class Unread {
  readPosition: number;
  lastReadId: Id | null;
  /** Where a count begins when nothing was read: the id of the moment this user came. */
  readonly since: Id;
  /** Position of the newest read state that is known. */
  stamp: number;
  uncertain = false;
  /** The mark as the server knows it; `lastReadId` may be ahead of it for a moment. */
  #saidReadId: Id | null;
  #base: UnreadCount = { unread: 0, mentions: 0 };
  #basePosition: number;
  #live: Counted[] = [];

  constructor(at: { position: number; readPosition: number; lastReadId: Id | null; since: Id; count: UnreadCount }) {
    this.readPosition = at.readPosition;
    this.lastReadId = at.lastReadId;
    this.#saidReadId = at.lastReadId;
    this.since = at.since;
    this.stamp = at.position;
    this.#basePosition = at.position;
    this.#base = at.count;
  }

  get count(): UnreadCount {
    const mentions = this.#live.reduce((sum, one) => sum + (one.mention ? 1 : 0), this.#base.mentions);
    return {
      unread: Math.min(UNREAD_CAP, this.#base.unread + this.#live.length),
      mentions: Math.min(UNREAD_CAP, mentions),
    };
  }

  /** Whether this position is beyond what the base counts and what was read. */
  isNew(position: number): boolean {
    return position > this.#basePosition && position > this.readPosition;
  }

  add(message: Counted): void {
    if (!this.isNew(message.position)) return;
    this.#live.push(message);
    if (this.#live.length > MAX_LIVE) this.#absorb(MAX_LIVE / 2);
  }

  /** A message is gone. `counted` says whether it was one that counts, undefined where that is not known. */
  forget(id: Id, position: number, counted: UnreadCount | null | undefined): void {
    const index = this.#live.findIndex((one) => one.id === id);
    if (index >= 0) {
      this.#live.splice(index, 1);
      return;
    }
    if (position <= this.#basePosition || counted === null || this.#base.unread === 0) return;
    if (this.lastReadId !== null && id <= this.lastReadId) return;
    if (counted === undefined || this.#base.unread >= UNREAD_CAP) this.uncertain = true;
    else this.#base = minus(this.#base, counted);
  }

  /** Own words, or a newer read state: everything at or below `readPosition` is read, everything above is not. */
  mark(at: { position: number; readPosition: number; lastReadId: Id | null }): void {
    if (at.position < this.stamp) return;
    const moved = at.readPosition !== this.readPosition;
    const lowered = at.readPosition < this.readPosition;
    this.stamp = at.position;
    this.readPosition = at.readPosition;
    this.lastReadId = at.lastReadId;
    this.#saidReadId = at.lastReadId;
    this.#live = this.#live.filter((one) => one.position > at.readPosition);
    if (at.readPosition >= this.#basePosition) {
      this.#base = { unread: 0, mentions: 0 };
      this.#basePosition = at.readPosition;
      this.uncertain = false;
    } else if (moved && (lowered || this.#base.unread > 0)) {
      this.uncertain = true;
      if (lowered) this.#base = { unread: Math.max(1, this.#base.unread), mentions: this.#base.mentions };
    }
  }

  /** The server counted again, for the present read position. */
  recount(count: UnreadCount, position: number): void {
    this.#base = count;
    this.#basePosition = position;
    this.#live = this.#live.filter((one) => one.position > position);
    this.uncertain = false;
  }

  /** Shows an ack before the server has answered it. `isAll`: nothing newer is known. */
  expect(lastReadId: Id, isAll: boolean): void {
    this.lastReadId = lastReadId;
    this.#live = this.#live.filter((one) => one.id > lastReadId);
    if (isAll) this.#base = { unread: 0, mentions: 0 };
  }

  /** What was expected did not come: back to what the server knows, and count again. */
  doubt(): void {
    this.lastReadId = this.#saidReadId;
    this.uncertain = true;
  }

  #absorb(count: number): void {
    const old = this.#live.splice(0, count);
    const mentions = old.filter((one) => one.mention).length;
    this.#base = { unread: this.#base.unread + old.length, mentions: this.#base.mentions + mentions };
    this.#basePosition = (old.at(-1) as Counted).position;
  }
}

function minus(a: UnreadCount, b: UnreadCount): UnreadCount {
  return { unread: Math.max(0, a.unread - b.unread), mentions: Math.max(0, a.mentions - b.mentions) };
}
