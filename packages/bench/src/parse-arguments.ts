import { parseArgs } from 'node:util';
import type { Row } from './row.ts';
import { UsageError } from './usage-error.ts';

export interface Asked {
  /** In the order of the table, whatever the order they were asked in. */
  readonly rows: readonly Row[];
  readonly json: boolean;
  readonly help: boolean;
  readonly rounds: number;
  readonly divisor: number;
  readonly profiles: string | null;
}

const ROUNDS = 3;

export const USAGE = `npm run bench [-- [NAME...] [--json] [--rounds N] [--divisor N] [--profile FOLDER]]

Measures Snug beside bare references and writes docs/performance.md. Without names, every row.

  --json            print one line per row as JSON
  --rounds N        rounds that count, after the first (${ROUNDS})
  --divisor N       N times fewer clients and messages, for trying it out; docs/performance.md is not written
  --profile FOLDER  write V8 CPU profiles of the server there; docs/performance.md is not written`;

/** @throws UsageError */
export function parseArguments(args: readonly string[], rows: readonly Row[]): Asked {
  const { values, positionals } = parse(args);
  const known = new Map(rows.map((row) => [row.name, row]));
  const unknown = positionals.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new UsageError(`no such row: ${unknown.join(', ')}\nThere are: ${[...known.keys()].join(', ')}`);
  }
  return {
    rows: positionals.length === 0 ? rows : rows.filter(({ name }) => positionals.includes(name)),
    json: values.json ?? false,
    help: values.help ?? false,
    rounds: wholeNumber('--rounds', values.rounds, ROUNDS),
    divisor: wholeNumber('--divisor', values.divisor, 1),
    profiles: values.profile ?? null,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        rounds: { type: 'string' },
        divisor: { type: 'string' },
        profile: { type: 'string' },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function wholeNumber(flag: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isInteger(value) || value < 1) throw new UsageError(`${flag} takes a whole number above 0, not ${given}`);
  return value;
}
