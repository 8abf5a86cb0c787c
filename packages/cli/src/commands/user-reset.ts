import { Command } from 'commander';
import { findUser } from '../find-user.ts';
import { linkBase } from '../link-base.ts';
import { reasonOption } from '../reason-option.ts';
import { addSettingOptions, DATA_SETTINGS, settingsOf } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug user reset-password ada        a link for her, good once and for a day

Whoever has the link sets the password, and every session of the account ends.
The instance must not be running; on a running one, use Administration in the app.`;

export function userResetCommand(terminal: Terminal): Command {
  const command = new Command('reset-password')
    .description('A one-time link to set a new password')
    .argument('<who>', 'a username, or an id')
    .addOption(reasonOption())
    .option('--json', 'print it as one JSON line')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, [...DATA_SETTINGS, 'public_url', 'addr']).action(async (who: string) => {
    const { reason, json } = command.opts<{ reason?: string; json?: true }>();
    const issued = await withInstance(command, terminal, async ({ auth }) => {
      const { id } = await findUser(auth.admin, who);
      return auth.admin.resetPassword(id, { actor_id: null, reason });
    });
    const url = `${linkBase(settingsOf(command, terminal).settings)}/reset?token=${issued.token}`;
    terminal.out(json ? JSON.stringify({ ...issued, url }) : url);
  });
}
