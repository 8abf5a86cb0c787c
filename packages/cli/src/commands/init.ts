import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SETTING_NAMES, SETTINGS } from '@snug/server';
import { Command } from 'commander';
import { addSettingOptions, DATA_SETTINGS } from '../setting-options.ts';
import type { Terminal } from '../terminal.ts';
import { withInstance } from '../with-instance.ts';

const EXAMPLES = `
Examples:
  $ snug init                      snug.yml and ./data in this folder
  $ snug init --data /srv/snug

Nothing is overwritten: what is there stays. \`snug serve\` does this too; \`init\` is for looking around first.`;

export function initCommand(terminal: Terminal): Command {
  const command = new Command('init')
    .description('Prepare a folder: settings to edit, and an empty instance')
    .addHelpText('after', EXAMPLES);
  return addSettingOptions(command, DATA_SETTINGS).action(async () => {
    const file = join(terminal.folder, 'snug.yml');
    if (existsSync(file)) {
      terminal.out('snug.yml is there already and stays as it is.');
    } else {
      writeFileSync(file, settingsTemplate(), { flag: 'wx' });
      terminal.out('Wrote snug.yml: every setting, at its default.');
    }
    await withInstance(command, terminal, async ({ settings }) => {
      // A folder that only the flag names is not where `snug serve` alone would look.
      const { data } = command.opts<{ data?: string }>();
      const start = data === undefined ? 'snug serve' : `snug serve --data ${data}`;
      terminal.out(`The instance is in ${settings.data}. Start it with: ${start}`);
    });
  });
}

/** Every setting as a comment, under the role it belongs to: what is not uncommented keeps following the defaults. */
export function settingsTemplate(): string {
  const lines = ['## Settings of this Snug instance. Take the # away from what you change.', ''];
  for (const role of ['all', 'auth', 'chat'] as const) {
    if (role !== 'all') lines.push(`# ${role}:`);
    const indent = role === 'all' ? '' : '  ';
    for (const name of SETTING_NAMES.filter((each) => SETTINGS[each].role === role)) {
      const { meaning, takes, default: value } = SETTINGS[name];
      lines.push(`# ${indent}# ${meaning} Takes ${takes}.`, `# ${indent}${name}: ${JSON.stringify(value)}`);
    }
    lines.push('');
  }
  return lines.join('\n');
}
