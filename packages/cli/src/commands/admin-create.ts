import { COMMANDS, validate } from '@snug/protocol';
import { Command } from 'commander';
import { actorFor } from '../chat-actor.ts';
import { CliFailure, EXIT } from '../cli-failure.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import { askHidden, readLine, type Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug admin create --username ada               asks for the password
  $ pass show snug | snug admin create --username ada
  $ snug admin create --username ada --password 'correct horse'

A password given as a flag can be read by other users of this machine while the command runs.
The instance must not be running.`;

const NewAdmin = COMMANDS['auth.register'].params.pick({ username: true, password: true });

export function adminCommand(terminal: Terminal): Command {
  const create = new Command('create')
    .description('Create an account that administers the instance')
    .requiredOption('--username <name>', 'its handle: letters, digits, dots, dashes and underscores')
    .option('--password <password>', 'its password; better left out, and typed or piped in')
    .option('--json', 'print the account as one JSON line')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(create, DATA_SETTINGS).action(async () => {
    const options = create.opts<{ username: string; password?: string; json?: true }>();
    const given = { username: options.username, password: options.password ?? (await askPassword(terminal)) };
    const { username, password } = validate(NewAdmin, given);
    const account = await withInstance(create, terminal, async ({ auth, chat }) => {
      const made = await auth.createAdmin(username, password);
      // Known to chat at once, so that an import or an invite may name them before they first sign in.
      await chat.dispatcher.ensureUser(actorFor(made));
      return made;
    });
    terminal.out(options.json ? JSON.stringify(account) : `${account.username} administers this instance.`);
  });
  return new Command('admin').description('Manage administrators').addCommand(create);
}

async function askPassword(terminal: Terminal): Promise<string> {
  if (terminal.stdin.isTTY !== true) {
    const line = await readLine(terminal);
    if (line === null || line === '')
      throw new CliFailure('no password: type it, pipe it in, or use --password', EXIT.USAGE);
    return line;
  }
  const password = await askHidden(terminal, 'Password: ');
  if ((await askHidden(terminal, 'Again: ')) !== password) throw new CliFailure('the passwords differ');
  return password;
}
