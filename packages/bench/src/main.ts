/** `npm run bench`: see parse-arguments.ts for what it takes. */
import { join } from 'node:path';
import { ROWS } from './rows/table.ts';
import { runBench } from './run-bench.ts';

const code = await runBench({
  args: process.argv.slice(2),
  rows: ROWS,
  reportFile: join(import.meta.dirname, '../../../docs/performance.md'),
  now: () => new Date(),
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
process.exit(code);
