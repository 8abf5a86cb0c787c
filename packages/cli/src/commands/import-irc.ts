import { resolve } from 'node:path';
import { HistoryImport } from '@snug/chat';
import { Command } from 'commander';
import { findActor } from '../chat-actor.ts';
import { CliFailure } from '../cli-failure.ts';
import { applyPlan } from '../import/irc/apply-plan.ts';
import { type IrcPlan, planImport } from '../import/irc/plan.ts';
import { readLogs } from '../import/irc/read-logs.ts';
import { startProgress } from '../progress.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug import irc --owner ada logs/2009-10-01.raw.txt
  $ snug import irc --owner ada --server Ubuntu logs/*.raw.txt
  $ snug import irc --owner ada --json logs/*.txt | tail -1 | jq .added

The date of a log is in its name (2009-10-01); times are read as UTC and wrap at midnight.
Lines:
  [12:18] <nick> text                     a message, letter by letter
  [12:18]  * nick does something          an action: the same in italics
  === nick does something                 an action too: older loggers wrote them so
  === nick [host] has joined #channel     a join; has left, has quit: a leave
  === nick is now known as other, modes   read and not kept
Bytes that are not UTF-8 are read as Latin-1; colours and control codes are taken out.
NAME.annotation.txt beside NAME.raw.txt gives reply links: \`1002 1003 -\` says line 1003 answers line 1002.
The channel is named after the one in the log. Authors are people of the past, one for each nick: they have a
name and no account. Running it twice adds nothing. The instance must not be running.`;

interface ImportOptions {
  owner: string;
  server: string;
  channel?: string;
  json?: true;
}

/** How many unreadable lines are shown; the rest is counted. */
const SHOWN = 20;

export function importCommand(terminal: Terminal): Command {
  const irc = new Command('irc')
    .description('Import logs of an IRC channel')
    .argument('<files...>', 'log files, with their date in the name')
    .requiredOption('--owner <username>', 'who owns the server that the history goes into')
    .option('--server <name>', "the owner's server of this name, made if it is not there", 'IRC')
    .option('--channel <name>', 'the channel, where it should not be the one the logs name')
    .option('--json', 'print the counts as the last line, in JSON')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(irc, DATA_SETTINGS).action(async (files: string[]) => {
    const options = irc.opts<ImportOptions>();
    const logs = readLogs(files.map((file) => resolve(terminal.folder, file)));
    const plan = planImport(logs, options.channel ?? null);
    const total = plan.channels.reduce((sum, { messages }) => sum + messages.length, 0);
    await withInstance(
      irc,
      terminal,
      async ({ auth, chat }) => {
        const owner = await findActor({ auth, chat }, options.owner);
        if (owner === null)
          throw new CliFailure(`there is no account called ${options.owner}; \`snug admin create\` makes one`);
        const bar = startProgress(terminal, 'Importing', total);
        await applyPlan(plan, new HistoryImport(chat, owner), options.server, bar.update);
        bar.end();
      },
      { rate_limits: 'off', server_creation: 'everyone' },
    );
    showUnreadable(plan, terminal);
    if (options.json) terminal.out(JSON.stringify(plan.counts));
    else for (const line of describe(plan)) terminal.out(line);
  });
  return new Command('import').description('Bring history from elsewhere').addCommand(irc);
}

function showUnreadable({ unreadable }: IrcPlan, terminal: Terminal): void {
  for (const { file, line } of unreadable.slice(0, SHOWN)) terminal.err(`${file}:${line}: cannot be read, left out`);
  if (unreadable.length > SHOWN) terminal.err(`and ${unreadable.length - SHOWN} more lines that cannot be read`);
}

function describe({ counts, channels }: IrcPlan): string[] {
  const { files, lines, messages, actions, narrations, joins, leaves, skipped, replies, authors, added } = counts;
  return [
    `${files} files, ${lines} lines: ${messages} messages, ${actions + narrations} actions, ${joins} joins, ${leaves} leaves; ${skipped} not kept`,
    `${authors} authors, ${replies} replies, into ${channels.map(({ name }) => `#${name}`).join(', ')}`,
    added === 0
      ? 'Everything was there already: nothing added.'
      : `Added ${added}; ${counts.already_there} were there already.`,
  ];
}
