import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArguments, USAGE } from './parse-arguments.ts';
import { pinGenerator } from './process/cpu-pin.ts';
import { formatFigure } from './report/format-figure.ts';
import { jsonLine } from './report/json-line.ts';
import { describeMachine } from './report/machine.ts';
import { renderReport } from './report/render-report.ts';
import type { BenchContext, Result, Row } from './row.ts';
import { SharedFixtures } from './shared-fixtures.ts';
import { UsageError } from './usage-error.ts';

export interface BenchOptions {
  readonly args: readonly string[];
  readonly rows: readonly Row[];
  /** docs/performance.md */
  readonly reportFile: string;
  readonly now: () => Date;
  /** Lines of results, and lines about what goes on. */
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

const ROW_FAILED = 1;
const USAGE_ERROR = 2;

/**
 * Runs the rows that were asked for. Answers the exit code: 0 also where a bar is missed, for that is a result; 1 if a
 * row could not be measured, or its audit found a difference.
 */
export async function runBench(options: BenchOptions): Promise<number> {
  try {
    return (await run(options)) ? 0 : ROW_FAILED;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    options.err(error.message);
    return USAGE_ERROR;
  }
}

/** Answers whether every row could be measured. */
async function run({ args, rows, reportFile, now, out, err }: BenchOptions): Promise<boolean> {
  const asked = parseArguments(args, rows);
  if (asked.help) {
    out(USAGE);
    return true;
  }
  if (process.platform !== 'linux')
    throw new UsageError('the benchmark reads CPU and memory from /proc: it needs Linux');
  pinGenerator();
  const profiles = asked.profiles === null ? null : resolve(asked.profiles);
  if (profiles !== null) mkdirSync(profiles, { recursive: true });
  const scale = { rounds: asked.rounds, divisor: asked.divisor };
  await using fixtures = new SharedFixtures();
  const context: BenchContext = { scale, profiles, say: err, shared: (name, make) => fixtures.get(name, make) };
  const results: Result[] = [];
  for (const row of asked.rows) {
    err(`${row.name}: ${row.what} ...`);
    const result = await measure(row, context, err);
    if (result === null) continue;
    results.push(result);
    out(asked.json ? jsonLine(result) : textLine(result));
  }
  if (profiles === null && scale.divisor === 1 && results.length > 0) {
    const before = existsSync(reportFile) ? readFileSync(reportFile, 'utf8') : null;
    const date = now().toISOString().slice(0, 10);
    writeFileSync(reportFile, renderReport({ rows, results, machine: describeMachine(), date, before }));
  }
  return results.length === asked.rows.length;
}

/** Null where a row failed: the others still say what they have to say. */
async function measure(row: Row, context: BenchContext, err: BenchOptions['err']): Promise<Result | null> {
  try {
    return { row, ...(await row.measure(context)) };
  } catch (error) {
    err(`FAILED  ${row.name}: ${(error as Error).stack ?? error}`);
    return null;
  }
}

function textLine({ row, value, reference, ratio, ok, details }: Result): string {
  const beside = reference === null ? '' : ` beside ${formatFigure(reference)}`;
  const compared = ratio === null ? '' : `, ratio ${ratio.toFixed(2)}`;
  return `${ok ? 'met   ' : 'MISSED'}  ${row.name}: ${formatFigure(value)} ${row.unit}${beside}${compared} (${row.bar})\n        ${details}`;
}
