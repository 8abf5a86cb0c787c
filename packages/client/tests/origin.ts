import type { Message, MessagePage, ReadState } from '@snug/protocol';
import { CHANNEL, id, ME, message, readState } from './fixtures.ts';

export type FetchKind = 'latest' | 'before' | 'after' | 'around';

/** The first message's id is that of this number. */
export const FIRST = 1000;
const PAGE = 4;

export type LogEvent = { position: number; t: string; d: { id: string } & Partial<Message & ReadState> };

/** The whole truth: a log, and what a channel held at any position of it. */
export class Origin {
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

  page(position: number, kind: FetchKind, anchor: string | null): MessagePage {
    const all = [...this.at(position).values()].sort((a, b) => (a.id < b.id ? 1 : -1));
    const pages = { users: [], referenced: [], threads: [] };
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
    return this.#unreadAt(this.head);
  }

  /** Where reading stood at a position, as the server answers it. */
  readState(position: number): ReadState {
    const { read_position, last_read_id } = this.#readAt(position);
    return readState(CHANNEL, { read_position, last_read_id, unread_count: this.#unreadAt(position) });
  }

  #unreadAt(position: number): number {
    const { read_position } = this.#readAt(position);
    const others = [...this.at(position).values()].filter((one) => one.author_id !== ME);
    return others.filter((one) => this.createdAt(one.id) > read_position).length;
  }

  #readAt(position: number): { read_position: number; last_read_id: string | null } {
    let read: { read_position: number; last_read_id: string | null } = { read_position: 0, last_read_id: null };
    for (const { t, d, position: at } of this.log.slice(0, position)) {
      if (t === 'MESSAGE_CREATE' && d.author_id === ME) read = { read_position: at, last_read_id: d.id };
      if (t === 'READ_STATE_UPDATE') read = d as ReadState;
    }
    return read;
  }

  #any(pick: number): string | undefined {
    const ids = [...this.at(this.head).keys()];
    return ids[pick % Math.max(1, ids.length)];
  }

  #append(t: string, d: LogEvent['d']): void {
    this.log.push({ position: this.log.length + 1, t, d });
  }
}
