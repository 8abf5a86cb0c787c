import { MessageFate } from '@snug/protocol';
import { Command, Option } from 'commander';
import { CliFailure, EXIT } from '../cli-failure.ts';
import { findUser } from '../find-user.ts';
import { reasonOption } from '../reason-option.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug user delete ada --messages keep --yes          what she said stays, under her name
  $ snug user delete ada --messages anonymise --yes     it stays, without a name
  $ snug user delete ada --messages erase --yes         the words go too

The username is free for others at once. There is no way back.
The instance must not be running; on a running one, use Administration in the app.`;

interface DeleteOptions {
  messages: MessageFate;
  reason?: string;
  yes?: true;
}

export function userDeleteCommand(terminal: Terminal): Command {
  const command = new Command('delete')
    .description('Delete an account')
    .argument('<who>', 'a username, or an id')
    .addOption(
      new Option('--messages <fate>', 'what becomes of its messages')
        .choices(MessageFate.options)
        .makeOptionMandatory(),
    )
    .addOption(reasonOption())
    .option('--yes', 'that is meant: it cannot be undone')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(async (who: string) => {
    const { messages, reason, yes } = command.opts<DeleteOptions>();
    if (yes !== true)
      throw new CliFailure('deleting an account cannot be undone; say --yes if that is meant', EXIT.USAGE);
    const account = await withInstance(command, terminal, async ({ auth, chat }) => {
      const found = await findUser(auth.admin, who);
      await auth.admin.deleteUser(found.id, messages, { actor_id: null, reason }, chat.profile);
      return found;
    });
    terminal.out(`${account.username} is deleted.`);
  });
}
