/** docs/performance.md: the figures, the machine, the method, and notes that people write and a run keeps. */
import type { Result, Row } from '../row.ts';
import { formatFigure } from './format-figure.ts';

export interface ReportOptions {
  readonly rows: readonly Row[];
  readonly results: readonly Result[];
  readonly machine: string;
  /** YYYY-MM-DD */
  readonly date: string;
  /** The page as it stands; null if there is none. */
  readonly before: string | null;
}

const NOTES_BEGIN = '<!-- notes: kept as they are when the page is written again -->';
const NOTES_END = '<!-- end of notes -->';
const MACHINE = 'Measured on: ';
const HEADER = '| row | what | measured | reference | ratio | bar | met | on |\n|---|---|---|---|---|---|---|---|';
/** Both begin with the name of their row. */
const FIGURE_LINE = /^\| `([\w-]+)` \|.*$/gm;
const DETAIL_LINE = /^- `([\w-]+)`: .*$/gm;
const NO_NOTES = 'Every bar is met, or nobody has written down yet why it is not.';

export function renderReport({ rows, results, machine, date, before }: ReportOptions): string {
  const figures = merge(rows, keptLines(before, machine, FIGURE_LINE), results, (result) => renderLine(result, date));
  const details = merge(
    rows,
    keptLines(before, machine, DETAIL_LINE),
    results,
    ({ row, details: text }) => `- \`${row.name}\`: ${text}`,
  );
  return `# Performance

${INTRODUCTION}

${HEADER}
${figures.join('\n')}

${MACHINE}${machine}.

## How it is measured

${METHOD}

## What the runs saw

${details.join('\n')}

## Misses and their reasons

${NOTES_BEGIN}
${notesOf(before)}
${NOTES_END}
`;
}

const INTRODUCTION = `Written by \`npm run bench\`. Absolute figures belong to the machine they were taken on; what counts is the ratio to a
bare reference that does the least such a program can do, measured in the same run. \`npm run bench -- NAME...\` runs
only those rows and writes only their lines; \`-- --json\` prints one line per row for programs.`;

const METHOD = `- The server is \`snug serve\` as people run it, with \`rate_limits: off\`, on a data folder of its own, in a process of its
  own. References are programs of a few lines in \`packages/bench/src/hosts\`. Servers run on one core, the load
  generator on another (\`durable-appends\`, where both are threads of one process, may use both); all traffic is
  loopback.
- Reference and measured take turns: after rounds that warm both up, figures are medians of the rounds that follow.
  Rounds are so many messages, not so many seconds.
- CPU is user plus system time of all threads of the server, as the kernel counts it, for everything the server did in
  the round: receiving, deciding, committing to disk, answering and delivering.
- Times "server-side" are taken by the generator, from the write of a request to its answer, so they include loopback
  and the generator itself.
- After the rounds every acknowledged message is looked up in the log and in the table of messages, and every
  connected reader must have heard each message of its channel once, in order. A difference fails the run.`;

function renderLine({ row, value, reference, ratio, ok }: Result, date: string): string {
  const against = reference === null ? '-' : `${formatFigure(reference)} (${row.against})`;
  const cells = [
    `\`${row.name}\``,
    row.what,
    `${formatFigure(value)} ${row.unit}`,
    against,
    ratio === null ? '-' : ratio.toFixed(2),
    row.bar,
    ok ? 'yes' : '**no**',
    date,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The lines of this run, and those of earlier ones for rows that were not run again, in the order of the table. */
function merge(
  rows: readonly Row[],
  kept: ReadonlyMap<string, string>,
  results: readonly Result[],
  render: (result: Result) => string,
): string[] {
  const fresh = new Map(results.map((result) => [result.row.name, render(result)]));
  return rows.flatMap(({ name }) => fresh.get(name) ?? kept.get(name) ?? []);
}

/** Lines of an earlier run, by name; none of them if it was on another machine. Notes look alike, and are none of them. */
function keptLines(before: string | null, machine: string, pattern: RegExp): Map<string, string> {
  if (before?.includes(`${MACHINE}${machine}.`) !== true) return new Map();
  const [written = ''] = before.split(NOTES_BEGIN);
  return new Map([...written.matchAll(pattern)].map(([line, name = '']) => [name, line]));
}

function notesOf(before: string | null): string {
  const begin = before?.indexOf(NOTES_BEGIN) ?? -1;
  const end = before?.indexOf(NOTES_END) ?? -1;
  if (before === null || begin < 0 || end < begin) return NO_NOTES;
  return before.slice(begin + NOTES_BEGIN.length, end).trim();
}
