import { AccountState, type AdminAccount, COMMANDS, LIMITS, validate } from '@snug/protocol';
import type { OpenInstance } from '@snug/server';
import { Command, Option } from 'commander';
import { findUser } from '../find-user.ts';
import { reasonOption } from '../reason-option.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';
import { withAuthReader } from '../with-auth-reader.ts';
import { withInstance } from '../with-instance.ts';
import { userDeleteCommand } from './user-delete.ts';
import { userResetCommand } from './user-reset.ts';

const WHO = 'a username, or an id';
const STOPPED = 'The instance must not be running; on a running one, use Administration in the app.';

/** Accounts, for who looks after the instance. */
export function userCommand(terminal: Terminal): Command {
  const command = new Command('user').description('Look after accounts');
  const parts = [
    listCommand(terminal),
    showCommand(terminal),
    actCommand(terminal, 'suspend', 'Refuse an account everywhere until it is restored', (admin, id, by) =>
      admin.suspend(id, by),
    ),
    actCommand(terminal, 'restore', 'Let a suspended account sign in again', (admin, id, by) => admin.restore(id, by)),
    actCommand(terminal, 'promote', 'Make an account an administrator of the instance', (admin, id, by) =>
      admin.setAdmin(id, true, by),
    ),
    actCommand(terminal, 'demote', 'Take administration of the instance away from an account', (admin, id, by) =>
      admin.setAdmin(id, false, by),
    ),
    userResetCommand(terminal),
    userDeleteCommand(terminal),
  ];
  for (const part of parts) command.addCommand(part);
  return command;
}

const LIST_EXAMPLES = `
Examples:
  $ snug user list
  $ snug user list --query ann --state suspended
  $ snug user list --json | jq -r '.items[].email'

Reads only, so the instance may be running.`;

interface ListOptions {
  query?: string;
  state?: AdminAccount['state'];
  after?: string;
  limit?: number;
  json?: true;
}

function listCommand(terminal: Terminal): Command {
  const list = new Command('list')
    .description('The accounts of the instance, oldest first')
    .option('--query <text>', 'only those whose username or e-mail address begins so')
    .addOption(new Option('--state <state>', 'only those').choices(AccountState.options))
    .option('--after <id>', 'go on after this one')
    .option('--limit <count>', 'how many (default: 50)', wholeNumberOption(1, LIMITS.PAGE_MAX))
    .option('--json', 'print the page as one JSON line')
    .addHelpText('after', LIST_EXAMPLES);
  return addSettingOptions(list, DATA_SETTINGS).action(() =>
    withAuthReader(list, terminal, async ({ admin }) => {
      const { json, query, state, after, limit } = list.opts<ListOptions>();
      const page = await admin.listUsers(validate(COMMANDS['admin.list_users'].params, { query, state, after, limit }));
      if (json) return terminal.out(JSON.stringify(page));
      for (const line of tableLines(page.items.map(rowOf))) terminal.out(line);
      const last = page.items.at(-1);
      if (page.has_more && last !== undefined) terminal.err(`There are more: --after ${last.id}`);
    }),
  );
}

function rowOf(account: AdminAccount): string[] {
  const what = [account.state, ...(account.is_admin ? ['administrator'] : [])].join(', ');
  return [account.id, account.username || '(deleted)', account.email ?? '-', what, account.last_seen_at ?? 'never'];
}

function showCommand(terminal: Terminal): Command {
  const show = new Command('show')
    .description('One account')
    .argument('<who>', WHO)
    .option('--json', 'print it as one JSON line')
    .addHelpText('after', '\nExamples:\n  $ snug user show ada\n\nReads only, so the instance may be running.');
  return addSettingOptions(show, DATA_SETTINGS).action((who: string) =>
    withAuthReader(show, terminal, async ({ admin }) => {
      const account = await findUser(admin, who);
      if (show.opts<{ json?: true }>().json) return terminal.out(JSON.stringify(account));
      const rows = Object.entries(account).map(([name, value]) => [name, String(value ?? '-') || '-']);
      for (const line of tableLines(rows)) terminal.out(line);
    }),
  );
}

type Act = (
  admin: OpenInstance['auth']['admin'],
  userId: string,
  by: { actor_id: null; reason: string | undefined },
) => Promise<AdminAccount>;

function actCommand(terminal: Terminal, name: string, description: string, act: Act): Command {
  const command = new Command(name)
    .description(description)
    .argument('<who>', WHO)
    .addOption(reasonOption())
    .option('--json', 'print the account as one JSON line')
    .addHelpText('after', `\nExamples:\n  $ snug user ${name} ada --reason "as we agreed"\n\n${STOPPED}`);
  return addSettingOptions(command, DATA_SETTINGS).action(async (who: string) => {
    const { reason, json } = command.opts<{ reason?: string; json?: true }>();
    const account = await withInstance(command, terminal, async ({ auth }) => {
      const { id } = await findUser(auth.admin, who);
      return act(auth.admin, id, { actor_id: null, reason });
    });
    terminal.out(json ? JSON.stringify(account) : `${account.username}: ${rowOf(account)[3]}`);
  });
}
