import { isId } from '@snug/protocol';
import { Command } from 'commander';
import { CliFailure, EXIT } from '../cli-failure.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug invite revoke 01J0000000000000000000000A       an id that \`snug instance invites\` shows

The instance must not be running; on a running one, revoke it in the app.`;

/** Of invites to the instance; those into a server are revoked by who looks after the server. */
export function inviteRevokeCommand(terminal: Terminal): Command {
  const revoke = new Command('revoke')
    .description('Revoke an invite to the instance')
    .argument('<id>', 'the id of the invite')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(revoke, DATA_SETTINGS).action(async (id: string) => {
    if (!isId(id)) throw new CliFailure(`${id} is not the id of an invite`, EXIT.USAGE);
    await withInstance(revoke, terminal, ({ auth }) => auth.revokeInvite(id));
    terminal.out('The invite is revoked.');
  });
}
