import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openReportReader, type ReportReader } from '@snug/chat';
import { COMMANDS, LIMITS, type Report, validate } from '@snug/protocol';
import { Command, Option } from 'commander';
import { findActor, perform } from '../chat-actor.ts';
import { CliFailure } from '../cli-failure.ts';
import { addSettingOptions, DATA_SETTINGS, settingsOf } from '../setting-options.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';
import { withInstance } from '../with-instance.ts';

const STATES = ['open', 'resolved', 'dismissed'] as const;

/** What people reported, for who looks after the instance. */
export function reportCommand(terminal: Terminal): Command {
  return new Command('report')
    .description('Work through what people reported')
    .addCommand(listCommand(terminal))
    .addCommand(showCommand(terminal))
    .addCommand(resolveCommand(terminal));
}

const LIST_EXAMPLES = `
Examples:
  $ snug report list --state open
  $ snug report list --json | jq -r '.items[].reason'

Reads only, so the instance may be running.`;

interface ListOptions {
  state?: Report['status'];
  before?: string;
  limit?: number;
  json?: true;
}

function listCommand(terminal: Terminal): Command {
  const list = new Command('list')
    .description('The reports, newest first')
    .addOption(new Option('--state <state>', 'only those').choices(STATES))
    .option('--before <id>', 'go on before this one')
    .option('--limit <count>', 'how many (default: 50)', wholeNumberOption(1, LIMITS.PAGE_MAX))
    .option('--json', 'print the page as one JSON line')
    .addHelpText('after', LIST_EXAMPLES);
  return addSettingOptions(list, DATA_SETTINGS).action(() =>
    withReports(list, terminal, async (reports) => {
      const { json, state, before, limit } = list.opts<ListOptions>();
      const asked = validate(COMMANDS['report.list'].params, { status: state, before, limit });
      const { names, ...page } = await reports.list(asked);
      if (json) return terminal.out(JSON.stringify(page));
      for (const line of tableLines(page.items.map((report) => rowOf(report, names)))) terminal.out(line);
      const last = page.items.at(-1);
      if (page.has_more && last !== undefined) terminal.err(`There are more: --before ${last.id}`);
    }),
  );
}

function rowOf(report: Report, names: ReadonlyMap<string, string>): string[] {
  const name = (id: string): string => names.get(id) ?? id;
  const what = report.message_id === undefined ? 'a user' : 'a message';
  const line = report.reason.replaceAll(/\s+/g, ' ').trim();
  const about = `${what} of ${name(report.user_id)}`;
  return [report.id, report.created_at, report.status, `by ${name(report.reporter_id)}`, about, line];
}

function showCommand(terminal: Terminal): Command {
  const show = new Command('show')
    .description('One report, with what the message said')
    .argument('<report>', 'its id')
    .option('--json', 'print it as one JSON line')
    .addHelpText('after', '\nExamples:\n  $ snug report show 01K…\n\nReads only, so the instance may be running.');
  return addSettingOptions(show, DATA_SETTINGS).action((id: string) =>
    withReports(show, terminal, async (reports) => {
      const { report_id } = validate(COMMANDS['report.get'].params, { report_id: id });
      const found = await reports.get(report_id);
      if (found === null) throw new CliFailure(`there is no report ${id}`);
      const { report, names } = found;
      if (show.opts<{ json?: true }>().json) return terminal.out(JSON.stringify(report));
      const rows = Object.entries(report).map(([field, value]) => [field, shown(value, names)]);
      for (const line of tableLines(rows)) terminal.out(line);
    }),
  );
}

function shown(value: string | null | undefined, names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return '-';
  const name = names.get(value);
  return name === undefined ? value : `${name} (${value})`;
}

const RESOLVE_EXAMPLES = `
Examples:
  $ snug report resolve 01K… --by ada --note "spoke with them"
  $ snug report resolve 01K… --by ada --delete-message
  $ snug report resolve 01K… --by ada --state dismissed

The instance must not be running; on a running one, use Administration in the app.`;

interface ResolveOptions {
  by: string;
  state: Report['status'];
  note?: string;
  deleteMessage?: true;
  json?: true;
}

function resolveCommand(terminal: Terminal): Command {
  const command = new Command('resolve')
    .description('Close a report, or open it again')
    .argument('<report>', 'its id')
    .requiredOption('--by <who>', 'the administrator in whose name: a username')
    .addOption(new Option('--state <state>', 'what becomes of it').choices(STATES).default('resolved'))
    .option('--note <text>', 'what the next administrator should know')
    .option('--delete-message', 'delete the reported message')
    .option('--json', 'print the report as one JSON line')
    .addHelpText('after', RESOLVE_EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(async (id: string) => {
    const { by, state, note, deleteMessage, json } = command.opts<ResolveOptions>();
    const params = { report_id: id, status: state, note, delete_message: deleteMessage };
    validate(COMMANDS['report.resolve'].params, params);
    const report = await withInstance(command, terminal, async (instance) => {
      const account = await instance.auth.findAccount(by.replace(/^@/, ''));
      if (account?.is_admin !== true) throw new CliFailure(`${by} does not administer this instance`);
      const actor = await findActor(instance, by);
      if (actor === null) throw new CliFailure(`there is no account ${by}`);
      return perform(instance.chat, actor, 'report.resolve', params);
    });
    terminal.out(json ? JSON.stringify(report) : `${report.id}: ${report.status}`);
  });
}

async function withReports<T>(
  command: Command,
  terminal: Terminal,
  work: (reports: ReportReader) => Promise<T>,
): Promise<T> {
  const { settings } = settingsOf(command, terminal);
  const data = resolve(terminal.folder, settings.data);
  if (!existsSync(join(data, 'chat.db'))) throw new CliFailure(`there is no instance in ${settings.data}`);
  const reports = openReportReader(data);
  try {
    return await work(reports);
  } finally {
    reports.close();
  }
}
