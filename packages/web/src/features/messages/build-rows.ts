import type { OutboxEntry, TimelineItem } from '@snug/client';
import type { Id, Message } from '@snug/protocol';
import { dayKey } from '../../app/say-time.ts';

/** Messages of one author this close together share one name and one face. */
const GROUP_MS = 7 * 60_000;

interface RowFrame {
  /** Equal for a message and for the outbox entry that it was: the row stays the same row. */
  readonly key: string;
  readonly at: Date;
  /** The first of its day. */
  readonly startsDay: boolean;
  /** The first that was not read yet. */
  readonly startsNew: boolean;
  /** Said by the same person as the row above, soon after it. */
  readonly isGrouped: boolean;
}

export type MessageRow = RowFrame & { readonly kind: 'message'; readonly message: Message };
export type OutboxRow = RowFrame & { readonly kind: 'outbox'; readonly entry: OutboxEntry };
export type Row = MessageRow | OutboxRow;

export interface RowContext {
  readonly me: Id;
  /** Everything up to this message was read; undefined draws no line, null draws it above all that others said. */
  readonly readUpTo: Id | null | undefined;
}

/**
 * A channel's timeline as the rows that are drawn. A row is a message: dividers are part of the row below them, so that
 * loading older messages only ever adds rows at the start, and the view can hold its place.
 */
export function buildRows(items: readonly TimelineItem[], context: RowContext): Row[] {
  const rows: Row[] = [];
  let needsLine = context.readUpTo !== undefined;
  let before: { author: Id; at: Date; isPlain: boolean } | null = null;
  for (const item of items) {
    const isOutbox = 'state' in item;
    const author = isOutbox ? context.me : item.author_id;
    const at = new Date(item.created_at);
    const isPlain = isOutbox || isSpoken(item);
    const isReply = item.reply_to_id !== undefined;
    const startsDay = before === null || dayKey(before.at) !== dayKey(at);
    const startsNew = needsLine && !isOutbox && isUnread(item, context);
    if (startsNew) needsLine = false;
    const isClose = before !== null && Math.abs(at.getTime() - before.at.getTime()) < GROUP_MS;
    const isSame = before !== null && before.author === author && before.isPlain && isPlain;
    const frame = { at, startsDay, startsNew, isGrouped: isSame && isClose && !startsDay && !startsNew && !isReply };
    if (isOutbox) rows.push({ ...frame, kind: 'outbox', key: `n:${item.nonce}`, entry: item });
    else rows.push({ ...frame, kind: 'message', key: messageKey(item, context.me), message: item });
    before = { author, at, isPlain };
  }
  return rows;
}

/** Own messages are named by their nonce, which nobody else's can be: two people may choose the same one. */
export function messageKey(message: Message, me: Id): string {
  return message.nonce !== undefined && message.author_id === me ? `n:${message.nonce}` : message.id;
}

/** Said by somebody, rather than told by the system. */
export function isSpoken(message: Message): boolean {
  return message.type === 'default' || message.type === 'reply';
}

function isUnread(message: Message, { me, readUpTo }: RowContext): boolean {
  const isCounted = message.author_id !== me && message.origin !== 'import' && isSpoken(message);
  return isCounted && (readUpTo === null || readUpTo === undefined || message.id > readUpTo);
}

/** How a list that keeps its place gets from what it shows to what it should show. */
export interface RowsStep {
  readonly rows: readonly Row[];
  /** Rows came or went at the start, and nowhere else. */
  readonly isShift: boolean;
}

/**
 * The steps from one set of rows to another; the last one shows `after`. The virtual list holds its place when the start
 * changes, but it knows only by how much the length changed. So where the end changes too (a page comes in above and the
 * window lets go of its newest) that is a step of its own, before it. Null where nothing of the old rows is left.
 */
export function planRows(before: readonly Row[], after: readonly Row[]): readonly RowsStep[] | null {
  const still = { rows: after, isShift: false };
  if (before.length === 0 || after.length === 0) return [still];
  const old = new Map(before.map((row, at) => [row.key, at]));
  const newAt = after.findIndex((row) => old.has(row.key));
  const common = after[newAt];
  if (common === undefined) return null;
  const oldAt = old.get(common.key) ?? 0;
  const atStart = newAt - oldAt;
  if (atStart === 0) return [still];
  const shifted = { rows: after, isShift: true };
  if (atStart === after.length - before.length) return [shifted];
  return [{ rows: [...before.slice(0, oldAt), ...after.slice(newAt)], isShift: false }, shifted];
}
