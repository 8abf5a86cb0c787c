import type { Result } from '../row.ts';

/** A result as `--json` prints it: one object on one line. `ratio` is null where the bar is absolute. */
export function jsonLine({ row, value, reference, ratio, ok }: Result): string {
  return JSON.stringify({ name: row.name, value, unit: row.unit, reference, ratio, bar: row.bar, ok });
}
