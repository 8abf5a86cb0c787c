import type { Id } from '@snug/protocol';

/** Whom a message mentions, as far as it matters to this user. */
export interface MentionOf {
  /** Themselves, or everyone. */
  readonly isDirect: boolean;
  readonly roles: readonly Id[];
}

/** A message of somebody else that arrived live and counts while it is above the read position (READ1). */
interface Counted extends MentionOf {
  readonly id: Id;
  readonly position: number;
}

export interface UnreadCount {
  readonly unread: number;
  readonly mentions: number;
}

/** 100 stands for "more than 99" (READ5). */
export const UNREAD_CAP = 100;
const MAX_LIVE = 400;
const NONE: UnreadCount = { unread: 0, mentions: 0 };

/**
 * Counts what is unread in one channel. `base` is how many the server counted up to `basePosition`; what came after is kept
 * one by one, read or not, so that an ack or a mark from another device is followed exactly. Where only the server can
 * tell (an ack in the middle of the base) the count is `uncertain`, and somebody asks.
 */
export class Unread {
  readPosition: number;
  /** Draws the line; may be ahead of what the server knows for a moment. */
  lastReadId: Id | null;
  /** Where a count begins when nothing was read: the id of the moment this user came. */
  readonly since: Id;
  /** Position of the newest read state that is known. */
  stamp: number;
  uncertain = false;
  #roles: readonly Id[];
  #saidReadId: Id | null;
  #base: UnreadCount;
  #basePosition: number;
  #live: Counted[] = [];

  constructor(at: {
    position: number;
    readPosition: number;
    lastReadId: Id | null;
    since: Id;
    count: UnreadCount;
    /** Those this user holds. */
    roles?: readonly Id[];
  }) {
    this.#roles = at.roles ?? [];
    this.readPosition = at.readPosition;
    this.lastReadId = at.lastReadId;
    this.#saidReadId = at.lastReadId;
    this.since = at.since;
    this.stamp = at.position;
    this.#basePosition = at.position;
    this.#base = at.count;
  }

  get count(): UnreadCount {
    const live = this.#live.filter((one) => this.#isUnread(one));
    const mentions = live.filter((one) => this.#isMention(one)).length;
    return {
      unread: Math.min(UNREAD_CAP, this.#base.unread + live.length),
      mentions: Math.min(UNREAD_CAP, this.#base.mentions + mentions),
    };
  }

  /** Mentions are counted by the roles one holds now (MENTION): what the server counted before only it can count again. */
  holdRoles(roles: readonly Id[]): void {
    if (roles.length === this.#roles.length && roles.every((role) => this.#roles.includes(role))) return;
    this.#roles = roles;
    if (this.#base.unread > 0) this.uncertain = true;
  }

  /** A message of somebody else; one that the base counts already is passed over. */
  add(message: Counted): void {
    if (message.position <= this.#basePosition) return;
    this.#live.push(message);
    if (this.#live.length > MAX_LIVE) this.#absorb(MAX_LIVE / 2);
  }

  /**
   * A message is gone. `mention`: whom it mentioned; null for what never counts, undefined where that is not known. An
   * edit changes what it shows, not what it counted for: then only the server can tell.
   */
  forget(id: Id, position: number, mention: MentionOf | null | undefined, isEdited: boolean): void {
    const index = this.#live.findIndex((one) => one.id === id);
    if (index >= 0) {
      this.#live.splice(index, 1);
      return;
    }
    if (position <= this.#basePosition || mention === null || this.#base.unread === 0) return;
    if (id <= this.since || id <= (this.#saidReadId ?? '')) return;
    // Reading began somewhere that no message stands for: whether this one was counted cannot be told.
    const isUnclear = this.#saidReadId === null && this.readPosition > 0;
    if (isUnclear || mention === undefined || isEdited || this.#base.unread >= UNREAD_CAP) this.uncertain = true;
    else this.#base = minus(this.#base, { unread: 1, mentions: this.#isMention(mention) ? 1 : 0 });
  }

  /** Own words, or a newer read state: everything at or below `readPosition` is read, everything above is not. */
  mark(at: { position: number; readPosition: number; lastReadId: Id | null }): void {
    if (at.position < this.stamp) return;
    const before = this.readPosition;
    this.stamp = at.position;
    this.readPosition = at.readPosition;
    this.lastReadId = at.lastReadId;
    this.#saidReadId = at.lastReadId;
    if (at.readPosition >= this.#basePosition) {
      this.#base = NONE;
      this.uncertain = false;
    } else if (at.readPosition < before) {
      this.#base = { ...this.#base, unread: Math.max(1, this.#base.unread) };
      this.uncertain = true;
    } else if (at.readPosition > before && this.#base.unread > 0) {
      this.uncertain = true;
    }
  }

  /** The server counted again, up to `position`. False: something newer is known already. */
  recount(count: UnreadCount, at: { position: number; readPosition: number; lastReadId: Id | null }): boolean {
    const { position } = at;
    if (position < this.#basePosition || position < this.stamp) return false;
    // Ahead of what the server knows: its answer to that is on its way.
    if (this.lastReadId === this.#saidReadId) this.lastReadId = at.lastReadId;
    this.#saidReadId = at.lastReadId;
    this.readPosition = at.readPosition;
    this.stamp = position;
    this.#base = count;
    this.#basePosition = position;
    this.#live = this.#live.filter((one) => one.position > position);
    this.uncertain = false;
    return true;
  }

  /** Shows an ack before the server has answered it. `isAll`: nothing newer is known. */
  expect(lastReadId: Id, isAll: boolean): void {
    this.lastReadId = lastReadId;
    if (isAll) this.#base = NONE;
  }

  /** What was expected did not come: back to what the server knows, and count again. */
  doubt(): void {
    this.lastReadId = this.#saidReadId;
    this.uncertain = true;
  }

  /** The line may be expected to lie further on than what was said so far: then ids decide. */
  #isUnread(one: Counted): boolean {
    if (one.position <= this.readPosition) return false;
    return this.lastReadId === this.#saidReadId || this.lastReadId === null || one.id > this.lastReadId;
  }

  #isMention({ isDirect, roles }: MentionOf): boolean {
    return isDirect || roles.some((role) => this.#roles.includes(role));
  }

  #absorb(count: number): void {
    const old = this.#live.splice(0, count);
    const unread = old.filter((one) => this.#isUnread(one));
    const mentions = unread.filter((one) => this.#isMention(one)).length;
    this.#base = { unread: this.#base.unread + unread.length, mentions: this.#base.mentions + mentions };
    this.#basePosition = (old.at(-1) as Counted).position;
  }
}

function minus(a: UnreadCount, b: UnreadCount): UnreadCount {
  return { unread: Math.max(0, a.unread - b.unread), mentions: Math.max(0, a.mentions - b.mentions) };
}
