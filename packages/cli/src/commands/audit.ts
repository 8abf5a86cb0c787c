import { COMMANDS, InstanceAuditAction, type InstanceAuditEntry, LIMITS, validate } from '@snug/protocol';
import { Command, Option } from 'commander';
import { findUser } from '../find-user.ts';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';
import { withAuthReader } from '../with-auth-reader.ts';
import { serverAuditCommand } from './server-audit.ts';

const EXAMPLES = `
Examples:
  $ snug audit instance
  $ snug audit instance --actor ada --action user.suspend
  $ snug audit instance --target bob --json

Reads only, so the instance may be running.`;

interface AuditOptions {
  actor?: string;
  target?: string;
  action?: InstanceAuditAction;
  before?: string;
  limit?: number;
  json?: true;
}

export function auditCommand(terminal: Terminal): Command {
  return new Command('audit')
    .description('Who did what')
    .addCommand(instanceAuditCommand(terminal))
    .addCommand(serverAuditCommand(terminal));
}

function instanceAuditCommand(terminal: Terminal): Command {
  const command = new Command('instance')
    .description('Every act of administration on the instance, newest first')
    .option('--actor <who>', 'only by them: a username, or an id')
    .option('--target <who>', 'only to them: a username, or an id')
    .addOption(new Option('--action <action>', 'only such acts').choices(InstanceAuditAction.options))
    .option('--before <id>', 'go on before this one')
    .option('--limit <count>', 'how many (default: 50)', wholeNumberOption(1, LIMITS.PAGE_MAX))
    .option('--json', 'print the page as one JSON line')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(() =>
    withAuthReader(command, terminal, async ({ admin }) => {
      const { actor, target, action, before, limit, json } = command.opts<AuditOptions>();
      const idOf = async (who: string | undefined) => (who === undefined ? undefined : (await findUser(admin, who)).id);
      const [actor_id, target_id] = [await idOf(actor), await idOf(target)];
      const asked = { actor_id, target_id, action, before, limit };
      const page = await admin.audit(validate(COMMANDS['admin.audit'].params, asked));
      if (json) return terminal.out(JSON.stringify(page));
      for (const line of tableLines(page.items.map(rowOf))) terminal.out(line);
      const last = page.items.at(-1);
      if (page.has_more && last !== undefined) terminal.err(`There are more: --before ${last.id}`);
    }),
  );
}

function rowOf(entry: InstanceAuditEntry): string[] {
  const actor = entry.actor_id === null ? 'command line' : (entry.actor_username ?? entry.actor_id);
  const target = entry.target_id === null ? 'instance' : (entry.target_username ?? entry.target_id);
  const changes = Object.entries(entry.changes).map(([name, value]) => `${name}=${value ?? 'as configured'}`);
  return [entry.at, entry.action, `by ${actor}`, target, [...changes, entry.reason].join(' ').trim()];
}
