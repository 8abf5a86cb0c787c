import { describe, expect, test } from 'vitest';
import { jsonLine } from '../src/report/json-line.ts';
import { renderReport } from '../src/report/render-report.ts';
import type { Result, Row } from '../src/row.ts';

function row(name: string): Row {
  return {
    name,
    what: `what ${name} is`,
    against: 'a bare one',
    unit: 'us',
    bar: 'ratio <= 2',
    measure: () => Promise.reject(new Error('not measured here')),
  };
}

function result(of: Row, value: number): Result {
  return { row: of, value, reference: 10, ratio: value / 10, ok: value <= 20, details: `saw ${value}` };
}

const [one, other] = [row('one'), row('other')];
const page = { rows: [one, other], machine: '2 cores', date: '2026-11-20', before: null };

describe('--json', () => {
  test('is one object on one line, with these fields and no others', () => {
    expect(JSON.parse(jsonLine(result(one, 15)))).toEqual({
      name: 'one',
      value: 15,
      unit: 'us',
      reference: 10,
      ratio: 1.5,
      bar: 'ratio <= 2',
      ok: true,
    });
    expect(jsonLine(result(one, 15))).not.toContain('\n');
  });
});

describe('docs/performance.md', () => {
  test('says which bars are missed', () => {
    const text = renderReport({ ...page, results: [result(one, 15), result(other, 30)] });
    expect(text).toContain('| `one` | what one is | 15 us | 10 (a bare one) | 1.50 | ratio <= 2 | yes | 2026-11-20 |');
    expect(text).toContain('| 3.00 | ratio <= 2 | **no** |');
  });

  test('keeps what people wrote about misses', () => {
    const before = renderReport({ ...page, results: [result(one, 30)] }).replace(
      /(<!-- notes[^>]*-->\n)[^<]*/,
      '$1The disk is slow.\n\nAnd old.\n',
    );
    const text = renderReport({ ...page, results: [result(one, 31)], before });
    expect(text).toContain('\nThe disk is slow.\n\nAnd old.\n');
    expect(renderReport({ ...page, results: [result(one, 31)], before: text })).toBe(text);
  });

  test('keeps the lines of rows that were not run again, in the order of the table', () => {
    const before = renderReport({ ...page, results: [result(one, 11), result(other, 12)], date: '2026-11-01' });
    const text = renderReport({ ...page, results: [result(other, 13)], before });
    const lines = text.split('\n').filter((line) => /^\| `/.test(line));
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^\| `one` .* 11 us .* 2026-11-01 \|$/);
    expect(lines[1]).toMatch(/^\| `other` .* 13 us .* 2026-11-20 \|$/);
    expect(text).toContain('- `one`: saw 11\n- `other`: saw 13\n');
  });

  test('takes no note about a row for what the row saw', () => {
    const first = renderReport({ ...page, results: [result(one, 11)] });
    const noted = first.replace(/Every bar is met.*/, '- `one`: this is why');
    expect(noted).toContain('- `one`: this is why');
    const text = renderReport({ ...page, results: [result(other, 13)], before: noted });
    expect(text).toContain('- `one`: saw 11\n- `other`: saw 13\n');
    expect(text).toContain('- `one`: this is why');
  });

  test('keeps no line that was measured on another machine', () => {
    const before = renderReport({ ...page, results: [result(one, 11)], machine: '8 cores' });
    expect(renderReport({ ...page, results: [result(other, 13)], before })).not.toContain('| `one` |');
  });
});
