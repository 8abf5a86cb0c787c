import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type VerifyReport, verifyLog } from '@snug/chat';
import { Command } from 'commander';
import { CliFailure } from '../cli-failure.ts';
import { startProgress } from '../progress.ts';
import { addSettingOptions, DATA_SETTINGS, settingsOf } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';

const EXAMPLES = `
Examples:
  $ snug log verify --data /srv/snug
  $ snug log verify --json | jq .equal

Reads only, so the instance may be running. Exit code 1 when anything differs.`;

export function logCommand(terminal: Terminal): Command {
  const verify = new Command('verify')
    .description('Rebuild every table from the log in a scratch database and compare: they must be equal')
    .option('--json', 'print the report as one JSON line')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(verify, DATA_SETTINGS).action(() => {
    const { data } = settingsOf(verify, terminal).settings;
    const file = resolve(terminal.folder, data, 'chat.db');
    if (!existsSync(file)) throw new CliFailure(`there is no log in ${data}`);
    const report = verifyWithProgress(file, terminal);
    if (verify.opts<{ json?: true }>().json) terminal.out(JSON.stringify(report));
    else for (const line of describeReport(report)) terminal.out(line);
    if (!report.equal) throw new CliFailure('the tables differ from the log');
  });
  return new Command('log').description('Look after the log').addCommand(verify);
}

function verifyWithProgress(file: string, terminal: Terminal): VerifyReport {
  let bar: ReturnType<typeof startProgress> | null = null;
  const report = verifyLog(file, (position, head) => {
    bar ??= startProgress(terminal, 'Replaying', head);
    bar.update(position);
  });
  bar = bar as ReturnType<typeof startProgress> | null;
  bar?.end();
  return report;
}

function describeReport(report: VerifyReport): string[] {
  const width = Math.max(...report.tables.map(({ name }) => name.length));
  return [
    `${report.events} events up to position ${report.head}, ${report.gaps} gaps; database file: ${report.integrity}`,
    ...report.tables.map(({ name, rows, missing, unexpected }) => {
      const differs = missing + unexpected > 0 ? `  ${missing} missing, ${unexpected} unexpected` : '';
      return `  ${name.padEnd(width)}  ${rows} rows${differs}`;
    }),
    ...(report.index.missing + report.index.unexpected === 0
      ? []
      : [`  index by scope: ${report.index.missing} missing, ${report.index.unexpected} unexpected`]),
    report.equal ? 'Equal: the log explains every row.' : 'Not equal.',
  ];
}
