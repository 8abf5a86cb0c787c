import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AuditReader, openAuditReader } from '@snug/chat';
import { type AuditEntry, isEventType, isId, LIMITS, usernameKey } from '@snug/protocol';
import { Command, InvalidArgumentError } from 'commander';
import { CliFailure } from '../cli-failure.ts';
import { addSettingOptions, DATA_SETTINGS, settingsOf } from '../setting-options.ts';
import { tableLines } from '../table-lines.ts';
import type { Terminal } from '../terminal.ts';
import { wholeNumberOption } from '../whole-number-option.ts';

const EXAMPLES = `
Examples:
  $ snug audit server 01K9ZC3M5V0000AAAAAAAAAAAA
  $ snug audit server 01K9ZC3M5V0000AAAAAAAAAAAA --actor ada --action BAN_ADD
  $ snug audit server 01K9ZC3M5V0000AAAAAAAAAAAA --limit 10 --json

Actions are types of event, such as ROLE_UPDATE, MEMBER_REMOVE or MESSAGE_DELETE.
Reads only, so the instance may be running.`;

interface ServerAuditOptions {
  actor?: string;
  action?: string;
  before?: number;
  limit?: number;
  json?: true;
}

/** The moderation log of one server. */
export function serverAuditCommand(terminal: Terminal): Command {
  const command = new Command('server')
    .description('Every act of moderation and administration in a server, newest first')
    .argument('<id>', 'the id of the server')
    .option('--actor <who>', 'only by them: a username, or an id')
    .option('--action <type>', 'only such acts', eventType)
    .option('--before <position>', 'go on before this one', wholeNumberOption(1, Number.MAX_SAFE_INTEGER))
    .option('--limit <count>', 'how many (default: 50)', wholeNumberOption(1, LIMITS.PAGE_MAX))
    .option('--json', 'print the page as one JSON line')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action((id: string) =>
    withAuditReader(command, terminal, async (reader) => {
      const { actor, action, before, limit, json } = command.opts<ServerAuditOptions>();
      const actor_id = actor === undefined ? undefined : await idOf(reader, actor);
      const page = await reader.list({ server_id: id, actor_id, action, before, limit });
      if (page === null) throw new CliFailure(`there is no server ${id}`);
      const { items, has_more, names } = page;
      if (json) return terminal.out(JSON.stringify({ items, has_more }));
      for (const line of tableLines(items.map((entry) => rowOf(entry, names)))) terminal.out(line);
      const last = items.at(-1);
      if (has_more && last !== undefined) terminal.err(`There are more: --before ${last.position}`);
    }),
  );
}

async function withAuditReader(
  command: Command,
  terminal: Terminal,
  work: (reader: AuditReader) => Promise<void>,
): Promise<void> {
  const { settings } = settingsOf(command, terminal);
  const data = resolve(terminal.folder, settings.data);
  if (!existsSync(join(data, 'chat.db'))) throw new CliFailure(`there is no instance in ${settings.data}`);
  const reader = openAuditReader(data);
  try {
    await work(reader);
  } finally {
    reader.close();
  }
}

function eventType(given: string): string {
  if (!isEventType(given)) throw new InvalidArgumentError('It is no type of event.');
  return given;
}

async function idOf(reader: AuditReader, who: string): Promise<string> {
  const found = await reader.userOf(usernameKey(who.replace(/^@/, '')));
  if (found !== null) return found;
  if (isId(who)) return who;
  throw new CliFailure(`there is no user ${who}`);
}

function rowOf(entry: AuditEntry, names: ReadonlyMap<string, string>): string[] {
  const { at, action, actor_id, target_id, changes, reason } = entry;
  const actor = actor_id === null ? 'time' : (names.get(actor_id) ?? actor_id);
  const target = target_id === null ? '-' : (names.get(target_id) ?? target_id);
  const set = Object.entries(changes).map(([name, value]) => `${name}=${value === null ? '' : JSON.stringify(value)}`);
  return [at, action, `by ${actor}`, target, [...set, ...(reason === '' ? [] : [`(${reason})`])].join(' ')];
}
