/** The `snug` command: parses, runs, and turns every error into one line and an exit code. */
import { VERSION } from '@snug/server';
import { Command } from 'commander';
import { adminCommand } from './commands/admin-create.ts';
import { auditCommand } from './commands/audit.ts';
import { configCommand } from './commands/config.ts';
import { importCommand } from './commands/import-irc.ts';
import { initCommand } from './commands/init.ts';
import { instanceCommand } from './commands/instance.ts';
import { inviteCommand } from './commands/invite-create.ts';
import { logCommand } from './commands/log.ts';
import { migrateCommand } from './commands/migrate.ts';
import { reportCommand } from './commands/report.ts';
import { seedCommand } from './commands/seed.ts';
import { serveCommand } from './commands/serve.ts';
import { userCommand } from './commands/user.ts';
import { explainError } from './explain-error.ts';
import type { Terminal } from './terminal.ts';

const HELP = `
Getting started:
  $ snug serve                            start, then open the link it prints
  $ snug invite create                    let a friend in
  $ snug help serve                       every setting, and examples

Settings come from snug.yml, SNUG_* variables and flags, in rising order.
Exit codes: 0 done, 1 failed, 2 not understood. SNUG_DEBUG=1 shows where an error came from.`;

/** @param args without the names of Node and the script. Resolves with the exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<number> {
  const program = new Command('snug')
    .description('Snug: the group chat you host yourself')
    .version(VERSION, '-v, --version', 'print the version')
    .helpCommand('help [command]', 'explain a command')
    .addHelpText('after', HELP);
  const commands = [
    serveCommand(terminal),
    initCommand(terminal),
    adminCommand(terminal),
    userCommand(terminal),
    inviteCommand(terminal),
    instanceCommand(terminal),
    auditCommand(terminal),
    reportCommand(terminal),
    seedCommand(terminal),
    importCommand(terminal),
    logCommand(terminal),
    migrateCommand(terminal),
    configCommand(terminal),
  ];
  for (const command of commands) program.addCommand(command);
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .showSuggestionAfterError(true)
      .showHelpAfterError(`See: ${pathOf(command)} --help`);
    command.configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    });
  }
  try {
    await program.parseAsync([...args], { from: 'user' });
    return 0;
  } catch (error) {
    const { message, exitCode } = explainError(error);
    if (message !== null) for (const line of message.split('\n')) terminal.err(`snug: ${line}`);
    if (terminal.env.SNUG_DEBUG && error instanceof Error && message !== null) terminal.err(error.stack ?? '');
    return exitCode;
  }
}

function allCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
