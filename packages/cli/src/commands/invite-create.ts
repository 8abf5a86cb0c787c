import { isId, LIMITS } from '@snug/protocol';
import { Command } from 'commander';
import { actorFor, perform } from '../chat-actor.ts';
import { CliFailure, EXIT } from '../cli-failure.ts';
import { linkBase } from '../link-base.ts';
import { addSettingOptions, DATA_SETTINGS, settingsOf } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';
import { withInstance } from '../with-instance.ts';
import { inviteRevokeCommand } from './invite-revoke.ts';

const EXAMPLES = `
Examples:
  $ snug invite create                               one person, within 7 days, to the instance
  $ snug invite create --max-uses 10 --note "choir"
  $ snug invite create --server-id 01J0000000000000000000000A --max-uses 100

An invite to a server lets a stranger make an account too: one link is enough.
The instance must not be running; on a running one, invite from the app.`;

interface InviteOptions {
  serverId?: string;
  maxUses?: number;
  maxAge?: number;
  note?: string;
  json?: true;
}

export function inviteCommand(terminal: Terminal): Command {
  const create = new Command('create')
    .description('Make an invite link')
    .option('--server-id <id>', 'invite into this server, in the name of its owner; else to the instance')
    .option(
      '--max-uses <count>',
      'how many may use it (default: 1, into a server without end)',
      wholeNumberOption(0, LIMITS.INVITE_MAX_USES),
    )
    .option(
      '--max-age <seconds>',
      'how long it lives; into a server 0 is for ever (default: 7 days)',
      wholeNumberOption(0, LIMITS.INVITE_MAX_AGE),
    )
    .option('--note <text>', 'what it is for; only those who manage invites see it')
    .option('--json', 'print it as one JSON line')
    .addHelpText('after', EXAMPLES);
  addSettingOptions(create, [...DATA_SETTINGS, 'public_url', 'addr']).action(async () => {
    const options = create.opts<InviteOptions>();
    const made = options.serverId === undefined ? await instanceInvite() : await serverInvite(options.serverId);
    terminal.out(options.json ? JSON.stringify(made) : made.url);

    async function instanceInvite() {
      const { max_uses = 1, max_age, note } = bounds(options);
      if (max_uses === 0 || max_age === 0)
        throw new CliFailure('an invite to the instance has an end: 1 or more', EXIT.USAGE);
      const invite = await withInstance(create, terminal, ({ auth }) =>
        auth.createInvite({ max_uses, max_age, note, created_by: null }),
      );
      return { ...invite, url: `${linkBase(settingsOf(create, terminal).settings)}/register?invite=${invite.token}` };
    }

    async function serverInvite(serverId: string) {
      if (!isId(serverId)) throw new CliFailure(`${serverId} is not the id of a server`, EXIT.USAGE);
      const invite = await withInstance(create, terminal, async ({ chat }) => {
        const owner = chat.ownerOf(serverId);
        if (owner === null) throw new CliFailure(`there is no server ${serverId}`);
        return perform(chat, actorFor(owner), 'invite.create', { server_id: serverId, ...bounds(options) });
      });
      return { ...invite, url: `${linkBase(settingsOf(create, terminal).settings)}/invite/${invite.code}` };
    }
  });
  return new Command('invite')
    .description('Let people in')
    .addCommand(create)
    .addCommand(inviteRevokeCommand(terminal));
}

function bounds({ maxUses, maxAge, note }: InviteOptions): { max_uses?: number; max_age?: number; note?: string } {
  return {
    ...(maxUses === undefined ? {} : { max_uses: maxUses }),
    ...(maxAge === undefined ? {} : { max_age: maxAge }),
    ...(note === undefined ? {} : { note }),
  };
}
