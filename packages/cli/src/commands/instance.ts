import { type InstanceInvite, type InstanceState, RegistrationMode } from '@snug/protocol';
import { Argument, Command } from 'commander';
import { reasonOption } from '../reason-option.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import { withAuthReader } from '../with-auth-reader.ts';
import { withInstance } from '../with-instance.ts';

/** Back to what the settings say. */
const CONFIGURED = 'configured';

export function instanceCommand(terminal: Terminal): Command {
  return new Command('instance')
    .description('Look after the instance itself')
    .addCommand(showCommand(terminal))
    .addCommand(setCommand(terminal))
    .addCommand(invitesCommand(terminal));
}

const SHOW_EXAMPLES = `
Examples:
  $ snug instance show
  $ snug instance show --json | jq -r .registration

Reads only, so the instance may be running.`;

function showCommand(terminal: Terminal): Command {
  const show = new Command('show')
    .description('What administrators may change while it runs')
    .option('--json', 'print it as one JSON line')
    .addHelpText('after', SHOW_EXAMPLES);
  return addSettingOptions(show, [...DATA_SETTINGS, 'registration']).action(() =>
    withAuthReader(show, terminal, async (reader, { registration }) => {
      const state = reader.instance(registration);
      terminal.out(show.opts<{ json?: true }>().json ? JSON.stringify(state) : describe(state));
    }),
  );
}

function describe(state: InstanceState): string {
  const { registration, registration_configured: configured, registration_override: override } = state;
  if (override === null) return `registration: ${registration}, as configured`;
  return `registration: ${registration}, chosen by an administrator (configured: ${configured})`;
}

const SET_EXAMPLES = `
Examples:
  $ snug instance set registration closed         nobody makes an account from now on
  $ snug instance set registration configured     follow snug.yml again

It lasts over restarts and wins over snug.yml, SNUG_REGISTRATION and --registration.
The instance must not be running; on a running one, use Administration in the app.`;

function setCommand(terminal: Terminal): Command {
  const set = new Command('set')
    .description('Change what holds, over restarts and against the settings')
    .addArgument(new Argument('<what>').choices(['registration']))
    .addArgument(new Argument('<value>').choices([...RegistrationMode.options, CONFIGURED]))
    .addOption(reasonOption())
    .option('--json', 'print what holds then as one JSON line')
    .addHelpText('after', SET_EXAMPLES);
  return addSettingOptions(set, DATA_SETTINGS).action(async (_what: string, value: RegistrationMode | 'configured') => {
    const { reason, json } = set.opts<{ reason?: string; json?: true }>();
    const mode = value === CONFIGURED ? null : value;
    const state = await withInstance(set, terminal, ({ auth }) =>
      auth.admin.updateInstance(mode, { actor_id: null, reason }),
    );
    terminal.out(json ? JSON.stringify(state) : describe(state));
  });
}

const INVITES_EXAMPLES = `
Examples:
  $ snug instance invites
  $ snug instance invites --json | jq '.items[] | select(.revoked_at == null)'

Their links were shown once, when they were made; \`snug invite create\` makes another.
Reads only, so the instance may be running.`;

function invitesCommand(terminal: Terminal): Command {
  const invites = new Command('invites')
    .description('The invites to the instance, newest first')
    .option('--json', 'print them as one JSON line')
    .addHelpText('after', INVITES_EXAMPLES);
  return addSettingOptions(invites, DATA_SETTINGS).action(() =>
    withAuthReader(invites, terminal, async (reader) => {
      const page = await reader.listInvites();
      if (invites.opts<{ json?: true }>().json) return terminal.out(JSON.stringify(page));
      for (const line of tableLines(page.items.map(rowOf))) terminal.out(line);
    }),
  );
}

function rowOf({ id, uses, max_uses, expires_at, revoked_at, note }: InstanceInvite): string[] {
  const end = revoked_at === null ? `until ${expires_at ?? 'ever'}` : `revoked ${revoked_at}`;
  return [id, `${uses} of ${max_uses} used`, end, note];
}
