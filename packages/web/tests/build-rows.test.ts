import type { OutboxEntry } from '@snug/client';
import { type Message, newMessage } from '@snug/protocol';
import { describe, expect, it } from 'vitest';
import { buildRows, planRows, type Row } from '../src/features/messages/build-rows.ts';

const ME = 'ME';
const NOON = new Date(2026, 2, 3, 12, 0).getTime();
const MINUTE = 60_000;

function message(id: string, author: string, minutes: number, more: Partial<Message> = {}): Message {
  return newMessage({
    id,
    channel_id: 'C',
    author_id: author,
    content: id,
    content_html: '',
    type: 'default',
    created_at: new Date(NOON + minutes * MINUTE).toISOString(),
    ...more,
  });
}

function entry(nonce: string, minutes: number): OutboxEntry {
  return { nonce, channel_id: 'C', content: nonce, created_at: NOON + minutes * MINUTE, state: 'queued' };
}

const build = (items: (Message | OutboxEntry)[], readUpTo?: string | null): Row[] =>
  buildRows(items, { me: ME, readUpTo });
const keysWhere = (rows: Row[], has: (row: Row) => boolean): string[] => rows.filter(has).map((row) => row.key);

describe('rows of a channel', () => {
  it('groups what one author says within seven minutes of the line before', () => {
    const rows = build([
      message('a', 'ADA', 0),
      message('b', 'ADA', 6),
      message('c', 'ADA', 12),
      message('d', 'ADA', 20),
    ]);
    expect(keysWhere(rows, (row) => row.isGrouped)).toEqual(['b', 'c']);
  });

  it('does not group over another author, a reply, a system line or midnight', () => {
    const night = new Date(2026, 2, 3, 23, 59).getTime();
    const minutes = (night - NOON) / MINUTE;
    const rows = build([
      message('a', 'ADA', 0),
      message('b', 'BOB', 1),
      message('c', 'ADA', 2),
      message('d', 'ADA', 3, { reply_to_id: 'a', type: 'reply' }),
      message('e', 'ADA', 4, { type: 'system_join' }),
      message('f', 'ADA', 5),
      message('g', 'ADA', minutes),
      message('h', 'ADA', minutes + 2),
    ]);
    expect(keysWhere(rows, (row) => row.isGrouped)).toEqual([]);
    expect(keysWhere(rows, (row) => row.startsDay)).toEqual(['a', 'h']);
  });

  it('draws the line of new messages once, above the first unread one of somebody else', () => {
    const said = [message('a', 'BOB', 0), message('b', ME, 1), message('c', 'BOB', 2), message('d', 'BOB', 3)];
    expect(keysWhere(build(said, 'a'), (row) => row.startsNew)).toEqual(['c']);
    expect(keysWhere(build(said, null), (row) => row.startsNew)).toEqual(['a']);
    expect(keysWhere(build(said, undefined), (row) => row.startsNew)).toEqual([]);
    expect(keysWhere(build(said, 'd'), (row) => row.startsNew)).toEqual([]);
  });

  it('draws no line for what is never unread: system lines and imports (E22, E24)', () => {
    const said = [
      message('a', 'BOB', 0, { type: 'system_join' }),
      message('b', 'BOB', 1, { origin: 'import' }),
      message('c', 'BOB', 2),
    ];
    expect(keysWhere(build(said, null), (row) => row.startsNew)).toEqual(['c']);
  });

  it('keeps the row of an outbox entry when its message arrives, and only for its own author', () => {
    const [waiting] = build([entry('n1', 0)]);
    const [arrived, foreign] = build([message('a', ME, 0, { nonce: 'n1' }), message('b', 'BOB', 0, { nonce: 'n1' })]);
    expect(arrived?.key).toBe(waiting?.key);
    expect(foreign?.key).toBe('b');
  });

  it('groups what waits under what its author said just before', () => {
    const rows = build([message('a', ME, 0), entry('n1', 1)]);
    expect(rows.map((row) => row.isGrouped)).toEqual([false, true]);
  });
});

describe('the steps from rows to rows', () => {
  const rows = (ids: string): Row[] => build([...ids].map((id) => message(id, 'ADA', 0)));
  const plan = (before: string, after: string): string[] | null =>
    planRows(rows(before), rows(after))?.map(
      (step) => step.rows.map((row) => row.key).join('') + (step.isShift ? ' shift' : ''),
    ) ?? null;

  it('is one step where only one end changes', () => {
    expect(plan('cd', 'abcd')).toEqual(['abcd shift']);
    expect(plan('abcd', 'cd')).toEqual(['cd shift']);
    expect(plan('ab', 'abcd')).toEqual(['abcd']);
    expect(plan('abcd', 'ab')).toEqual(['ab']);
    expect(plan('abc', 'ac')).toEqual(['ac']);
    expect(plan('', 'ab')).toEqual(['ab']);
  });

  it('changes the end first, then the start, where both change', () => {
    expect(plan('cdef', 'abcd')).toEqual(['cd', 'abcd shift']);
    expect(plan('abcd', 'cdef')).toEqual(['abcdef', 'cdef shift']);
    expect(plan('cd', 'abcde')).toEqual(['cde', 'abcde shift']);
  });

  it('has no steps to another part of the history', () => {
    expect(plan('ab', 'xy')).toBeNull();
  });

  it('every shift changes the length by just what changed at the start', () => {
    for (const [before, after] of [
      ['cdef', 'abcd'],
      ['abcd', 'cdef'],
      ['cd', 'abcde'],
      ['bcd', 'cd'],
    ] as const) {
      let shown = rows(before);
      for (const step of planRows(shown, rows(after)) ?? []) {
        if (step.isShift) {
          const kept = Math.min(shown.length, step.rows.length);
          expect(step.rows.slice(-kept).map((row) => row.key)).toEqual(shown.slice(-kept).map((row) => row.key));
        }
        shown = [...step.rows];
      }
      expect(shown.map((row) => row.key).join('')).toBe(after);
    }
  });
});
